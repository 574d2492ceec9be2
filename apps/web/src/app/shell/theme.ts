import { DOCUMENT, effect, inject, Injectable, signal } from '@angular/core';
import { readSetting, writeSetting } from './setting';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** Light, dark, or as the system says; kept on this device. */
@Injectable({ providedIn: 'root' })
export class Theme {
  private readonly root = inject(DOCUMENT).documentElement;
  readonly choice = signal<ThemeChoice>(restored());

  constructor() {
    effect(() => {
      const choice = this.choice();
      this.root.classList.toggle('theme-light', choice === 'light');
      this.root.classList.toggle('theme-dark', choice === 'dark');
      writeSetting('theme', choice);
    });
  }
}

function restored(): ThemeChoice {
  const saved = readSetting('theme');
  return themeChoices.find((choice) => choice === saved) ?? 'system';
}
