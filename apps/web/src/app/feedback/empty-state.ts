import { Component, input } from '@angular/core';
import { Icon } from '../shell/icon';
import type { IconName } from '../shell/icons';

@Component({
  selector: 'app-empty-state',
  imports: [Icon],
  template: `
    <app-icon [name]="icon()" />
    <h2>{{ heading() }}</h2>
    <ng-content />
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: 8px;
      padding: 56px 20px;
      text-align: center;
      color: var(--muted);
      --icon-size: 36px;
    }
    h2 {
      margin-top: 4px;
      font-size: 1rem;
      font-weight: 600;
      color: var(--mat-sys-on-surface);
    }
    ::ng-deep app-empty-state > p {
      max-width: 46ch;
    }
    ::ng-deep app-empty-state > .mdc-button {
      margin-top: 10px;
      --icon-size: 18px;
    }
  `,
})
export class EmptyState {
  readonly icon = input.required<IconName>();
  readonly heading = input.required<string>();
}
