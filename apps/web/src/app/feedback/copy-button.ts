import { Component, inject, input, signal } from '@angular/core';
import { Clipboard } from '@angular/cdk/clipboard';
import { LiveAnnouncer } from '@angular/cdk/a11y';
import { MatButtonModule } from '@angular/material/button';
import { MatTooltipModule } from '@angular/material/tooltip';
import { Icon } from '../shell/icon';

@Component({
  selector: 'app-copy-button',
  imports: [MatButtonModule, MatTooltipModule, Icon],
  template: `
    <button
      matIconButton
      type="button"
      [attr.aria-label]="'Copy ' + what()"
      [matTooltip]="'Copy ' + what()"
      (click)="copy()"
    >
      <app-icon [name]="done() ? 'check' : 'copy'" />
    </button>
  `,
  styles: `
    button {
      --mat-icon-button-state-layer-size: 28px;
      --mat-icon-button-icon-size: 16px;
      --icon-size: 16px;
      --mat-icon-button-touch-target-display: none;
      width: 28px;
      height: 28px;
      padding: 6px;
      color: var(--muted);
    }
  `,
})
export class CopyButton {
  private readonly clipboard = inject(Clipboard);
  private readonly announcer = inject(LiveAnnouncer);

  readonly text = input.required<string>();
  readonly what = input.required<string>();
  protected readonly done = signal(false);

  protected copy(): void {
    if (!this.clipboard.copy(this.text())) return;
    this.done.set(true);
    void this.announcer.announce(`Copied ${this.what()}`);
    setTimeout(() => this.done.set(false), 1500);
  }
}
