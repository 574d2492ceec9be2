import { Component, computed, inject, input, output } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import type { Fault } from '../api/problem';
import { Sudo } from '../session/sudo';
import { Icon } from '../shell/icon';

/** A request that failed: what happened, what to quote, and a way on. */
@Component({
  selector: 'app-fault-panel',
  imports: [MatButtonModule, Icon],
  host: { role: 'alert' },
  template: `
    <app-icon name="alert" />
    <div class="text">
      <strong>{{ fault().status === 404 ? 'Not found' : fault().title }}</strong>
      @if (fault().detail !== fault().title) {
        <p>{{ fault().detail }}</p>
      }
      @if (fault().requestId; as id) {
        <p class="small">
          Request <code>{{ id }}</code>
        </p>
      }
    </div>
    @if (sudoHelps()) {
      <button matButton="outlined" type="button" (click)="turnSudoOn()">Turn on sudo</button>
    }
    @if (retryable()) {
      <button matButton="outlined" type="button" (click)="again.emit()">Try again</button>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      gap: 8px 12px;
      padding: 12px 16px;
      border-radius: 10px;
      background: var(--tone-bad-bg);
      color: var(--tone-bad);
      overflow-wrap: anywhere;
    }
    .text {
      flex: 1 1 220px;
      min-width: 0;
    }
  `,
})
export class FaultPanel {
  readonly fault = input.required<Fault>();
  readonly retryable = input(true);
  readonly again = output();
  private readonly sudo = inject(Sudo);
  protected readonly sudoHelps = computed(() => this.sudo.couldHelp(this.fault()));

  protected async turnSudoOn(): Promise<void> {
    if (await this.sudo.offer()) this.again.emit();
  }
}
