import { Component, computed, DestroyRef, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { ServerClock } from '../api/server-clock';
import { Notices } from '../feedback/notices';
import { Icon } from '../shell/icon';
import { SessionStore } from './session.store';
import { Sudo } from './sudo';
import { timeLeft } from './time-left';

/** While sudo is on, nobody who looks at the page can miss it. */
@Component({
  selector: 'app-sudo-bar',
  imports: [MatButtonModule, Icon],
  host: { role: 'region', 'aria-label': 'Sudo' },
  template: `
    <app-icon name="shield" />
    <p><strong>Sudo is on.</strong> <span class="about">&ngsp;You act as an administrator.</span></p>
    <span class="left" role="timer" aria-label="Time that remains">{{ left() }}</span>
    <button matButton="outlined" type="button" (click)="leave()">Leave sudo</button>
  `,
  styles: `
    :host {
      display: flex;
      align-items: center;
      gap: 10px;
      min-height: 40px;
      padding: 4px 16px 4px 24px;
      background: light-dark(#8a3b00, #ffb968);
      color: light-dark(#fff, #2b1500);
    }
    p {
      flex: 1;
      min-width: 0;
    }
    .left {
      font-weight: 600;
      font-variant-numeric: tabular-nums;
    }
    button {
      --mat-button-outlined-label-text-color: currentColor;
      --mat-button-outlined-outline-color: currentColor;
      --mat-button-outlined-state-layer-color: currentColor;
      height: 30px;
    }
    @media (max-width: 560px) {
      :host {
        padding: 4px 8px 4px 14px;
      }
      .about {
        display: none;
      }
    }
  `,
})
export class SudoBar {
  private readonly session = inject(SessionStore);
  private readonly sudo = inject(Sudo);
  private readonly notices = inject(Notices);
  private readonly clock = inject(ServerClock);
  private readonly now = signal(this.clock.now());
  protected readonly left = computed(() => timeLeft(Date.parse(this.session.sudoUntil() ?? '') - this.now() || 0));

  constructor() {
    const ticks = setInterval(() => this.now.set(this.clock.now()), 1_000);
    inject(DestroyRef).onDestroy(() => clearInterval(ticks));
  }

  protected async leave(): Promise<void> {
    if (await this.notices.guard(() => this.sudo.leave())) this.notices.say('Sudo is off.');
  }
}
