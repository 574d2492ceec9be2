import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { CopyButton } from '../feedback/copy-button';
import { FingerprintPipe } from '../format/fingerprint-pipe';

@Component({
  selector: 'app-fingerprint',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [CopyButton, FingerprintPipe],
  template: '<code>{{ value() | fingerprint }}</code><app-copy-button [text]="value()" what="the fingerprint" />',
  styles: `
    :host {
      display: flex;
      align-items: start;
      gap: 4px;
      padding: 8px 4px 8px 12px;
      border-radius: 8px;
      background: var(--mat-sys-surface-container-highest);
    }
    code {
      flex: 1;
      /* Eight groups of four a line: two lines are a whole SHA-256. */
      max-width: 40ch;
      font-size: 0.78125rem;
      line-height: 1.7;
    }
    app-copy-button {
      margin-left: auto;
    }
  `,
})
export class Fingerprint {
  readonly value = input.required<string>();
}
