import { Component, input } from '@angular/core';
import { CopyButton } from '../feedback/copy-button';

/** Lines to take away as they are. */
@Component({
  selector: 'app-copy-block',
  imports: [CopyButton],
  template: `
    <pre class="document" tabindex="0" role="group" [attr.aria-label]="what()">{{ text() }}</pre>
    <app-copy-button [text]="text()" [what]="what()" />
  `,
  styles: `
    :host {
      position: relative;
      display: block;
      min-width: 0;
    }
    pre {
      padding-right: 44px !important;
    }
    app-copy-button {
      position: absolute;
      top: 5px;
      right: 5px;
      border-radius: 6px;
      background: var(--mat-sys-surface-container-low);
    }
  `,
})
export class CopyBlock {
  readonly text = input.required<string>();
  readonly what = input.required<string>();
}
