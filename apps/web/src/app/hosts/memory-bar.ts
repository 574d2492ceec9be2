import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { Host } from '@lxdm/api-client';
import { BytesPipe } from '../format/bytes-pipe';
import { memoryUse } from './host-state';

@Component({
  selector: 'app-memory-bar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [BytesPipe],
  template: `
    @if (use(); as use) {
      <span
        class="bar"
        role="meter"
        aria-label="Memory"
        aria-valuemin="0"
        aria-valuemax="100"
        [attr.aria-valuenow]="use.percent"
      >
        <span [class.tight]="use.tight" [style.width.%]="use.percent"></span>
      </span>
      <span class="small muted nowrap">
        {{ memory()?.usedBytes | bytes }} of {{ memory()?.totalBytes | bytes }}{{ use.tight ? ', nearly full' : '' }}
      </span>
    } @else {
      <span class="muted small">Memory unknown</span>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 4px;
      min-width: 120px;
    }
    .bar {
      height: 6px;
      border-radius: 3px;
      background: var(--mat-sys-surface-container-highest);
      overflow: hidden;
    }
    .bar > span {
      display: block;
      height: 100%;
      border-radius: 3px;
      background: var(--mat-sys-primary);
    }
    .bar > .tight {
      background: light-dark(#c77700, #f4b450);
    }
  `,
})
export class MemoryBar {
  readonly memory = input.required<Host['memory']>();
  protected readonly use = computed(() => memoryUse(this.memory()));
}
