import { Component, input } from '@angular/core';
import { Icon } from '../shell/icon';
import type { IconName } from '../shell/icons';

export type Tone = 'ok' | 'busy' | 'warn' | 'bad' | 'idle';

/** How a state looks: a word and an icon; the colour only repeats what they say. */
export interface Look {
  tone: Tone;
  icon: IconName;
  label: string;
}

@Component({
  selector: 'app-tone-chip',
  imports: [Icon],
  host: {
    '[style.--tone]': '"var(--tone-" + look().tone + ")"',
    '[style.--tone-bg]': '"var(--tone-" + look().tone + "-bg)"',
    '[class.spin]': 'look().icon === "sync"',
  },
  template: '<app-icon [name]="look().icon" /><span>{{ look().label }}</span>',
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 5px;
      height: 24px;
      padding: 0 9px 0 7px;
      border-radius: 12px;
      background: var(--tone-bg);
      color: var(--tone);
      font-size: 0.78125rem;
      font-weight: 570;
      white-space: nowrap;
      --icon-size: 15px;
    }
    :host(.spin) app-icon {
      animation: turn 1.4s linear infinite;
    }
    @keyframes turn {
      to {
        transform: rotate(-360deg);
      }
    }
  `,
})
export class ToneChip {
  readonly look = input.required<Look>();
}
