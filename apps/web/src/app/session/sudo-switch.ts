import { Component, inject } from '@angular/core';
import { MatTooltipModule } from '@angular/material/tooltip';
import { Notices } from '../feedback/notices';
import { Icon } from '../shell/icon';
import { SessionStore } from './session.store';
import { Sudo } from './sudo';

@Component({
  selector: 'app-sudo-switch',
  imports: [MatTooltipModule, Icon],
  template: `
    <button
      type="button"
      role="switch"
      aria-label="Sudo"
      [attr.aria-checked]="session.isAdmin()"
      [matTooltip]="session.isAdmin() ? 'You act as an administrator' : 'Act as an administrator for 15 minutes'"
      (click)="toggle()"
    >
      <app-icon name="shield" />
      <span class="word">Sudo</span>
      <span class="track" aria-hidden="true"></span>
    </button>
  `,
  styles: `
    button {
      display: inline-flex;
      align-items: center;
      gap: 7px;
      height: 28px;
      padding: 0 8px;
      margin-right: 6px;
      border: 1px solid var(--line);
      border-radius: 14px;
      background: none;
      color: var(--muted);
      font: inherit;
      font-size: 0.78125rem;
      font-weight: 500;
      cursor: pointer;
      --icon-size: 16px;
    }
    .track {
      position: relative;
      width: 24px;
      height: 14px;
      border-radius: 7px;
      background: light-dark(#c3cad4, #46505d);
    }
    .track::after {
      content: '';
      position: absolute;
      top: 2px;
      left: 2px;
      width: 10px;
      height: 10px;
      border-radius: 50%;
      background: #fff;
      transition: left 120ms;
    }
    [aria-checked='true'] {
      color: var(--tone-warn);
      background: var(--tone-warn-bg);
      border-color: transparent;
      .track {
        background: light-dark(#b65200, #e08a2e);
      }
      .track::after {
        left: 12px;
      }
    }
    @media (max-width: 480px) {
      .word {
        display: none;
      }
      button {
        gap: 5px;
        margin-right: 2px;
      }
    }
  `,
})
export class SudoSwitch {
  protected readonly session = inject(SessionStore);
  private readonly sudo = inject(Sudo);
  private readonly notices = inject(Notices);

  protected async toggle(): Promise<void> {
    if (!this.session.isAdmin()) await this.sudo.offer();
    else if (await this.notices.guard(() => this.sudo.leave())) this.notices.say('Sudo is off.');
  }
}
