import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { ContainerAddress } from '@lxdm/api-client';
import { MatTooltipModule } from '@angular/material/tooltip';

@Component({
  selector: 'app-address-chips',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [MatTooltipModule],
  template: `
    @for (item of shown(); track item.interface + item.address) {
      <span class="chip" [class]="item.state" [matTooltip]="hint(item)">
        <span class="family">{{ item.address.includes(':') ? 'v6' : 'v4' }}</span>
        <code>{{ item.address }}</code>
        @switch (item.state) {
          @case ('pendingAdd') {
            <em>adding</em>
          }
          @case ('pendingDel') {
            <em>removing</em>
          }
        }
      </span>
    }
    @if (hidden() > 0) {
      <span class="muted small">+{{ hidden() }} more</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 4px;
    }
    .chip {
      display: inline-flex;
      align-items: baseline;
      gap: 6px;
      max-width: 100%;
      padding: 1px 7px 1px 6px;
      border: 1px solid var(--line);
      border-radius: 6px;
      background: var(--mat-sys-surface-container-low);
    }
    code {
      font-size: 0.75rem;
      overflow-wrap: anywhere;
    }
    .family,
    em {
      font-size: 0.6875rem;
      font-style: normal;
      color: var(--muted);
    }
    .pendingAdd {
      border-style: dashed;
      border-color: var(--tone-busy);
      em {
        color: var(--tone-busy);
      }
    }
    .pendingDel {
      border-style: dashed;
      border-color: var(--tone-warn);
      em {
        color: var(--tone-warn);
      }
      code {
        text-decoration: line-through;
        opacity: 0.7;
      }
    }
  `,
})
export class AddressChips {
  readonly addresses = input.required<ContainerAddress[]>();
  readonly limit = input(4);
  protected readonly shown = computed(() => this.addresses().slice(0, this.limit()));
  protected readonly hidden = computed(() => this.addresses().length - this.shown().length);

  protected hint(item: ContainerAddress): string {
    switch (item.state) {
      case undefined:
        return `${item.interface}, seen on the container`;
      case 'pendingAdd':
        return `${item.interface}, assigned but not yet seen`;
      case 'pendingDel':
        return `${item.interface}, still seen but no longer assigned`;
    }
  }
}
