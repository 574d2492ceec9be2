import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { icons, type IconName } from './icons';

/** An inline SVG; decorative, so the words beside it or the button's label say what it means. */
@Component({
  selector: 'app-icon',
  changeDetection: ChangeDetectionStrategy.OnPush,
  // Material's buttons and menus size and space whatever carries this class.
  host: { class: 'mat-icon', 'aria-hidden': 'true' },
  template: '<svg viewBox="0 0 24 24" focusable="false"><path [attr.d]="path()" /></svg>',
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      width: var(--icon-size, 20px);
      height: var(--icon-size, 20px);
    }
    svg {
      width: 100%;
      height: 100%;
      fill: currentColor;
    }
  `,
})
export class Icon {
  readonly name = input.required<IconName>();
  protected readonly path = computed(() => icons[this.name()]);
}
