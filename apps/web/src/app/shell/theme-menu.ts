import { Component, computed, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { MatTooltipModule } from '@angular/material/tooltip';
import { Icon } from './icon';
import { Theme, themeChoices } from './theme';

@Component({
  selector: 'app-theme-menu',
  imports: [MatButtonModule, MatMenuModule, MatTooltipModule, Icon],
  template: `
    <button matIconButton [matMenuTriggerFor]="menu" [attr.aria-label]="'Theme: ' + theme.choice()" matTooltip="Theme">
      <app-icon [name]="theme.choice()" />
    </button>
    <mat-menu #menu="matMenu">
      @for (option of options(); track option.choice) {
        <button
          mat-menu-item
          role="menuitemradio"
          [attr.aria-checked]="option.on"
          (click)="theme.choice.set(option.choice)"
        >
          <app-icon matMenuItemIcon [name]="option.choice" />
          <span>{{ option.label }}</span>
          @if (option.on) {
            <app-icon class="tick" name="check" />
          }
        </button>
      }
    </mat-menu>
  `,
  styles: `
    .tick {
      margin: 0 0 0 12px;
      vertical-align: middle;
    }
  `,
})
export class ThemeMenu {
  protected readonly theme = inject(Theme);
  protected readonly options = computed(() =>
    themeChoices.map((choice) => ({ choice, label: labels[choice], on: choice === this.theme.choice() })),
  );
}

const labels = { system: 'As the system', light: 'Light', dark: 'Dark' };
