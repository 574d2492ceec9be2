import { Component, computed, inject, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';

/** A question before something is lost; with `typed`, that word has to be typed first. */
export interface Confirmation {
  title: string;
  text: string;
  action: string;
  typed?: string;
  danger?: boolean;
}

@Component({
  selector: 'app-confirm-dialog',
  imports: [MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule],
  template: `
    <h2 mat-dialog-title>{{ data.title }}</h2>
    <mat-dialog-content>
      <p>{{ data.text }}</p>
      @if (data.typed; as expected) {
        <form id="confirm" (submit)="confirm($event)">
          <label for="confirm-word">
            Type <code>{{ expected }}</code> to confirm
          </label>
          <mat-form-field>
            <input
              matInput
              id="confirm-word"
              cdkFocusInitial
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              #word
              (input)="entered.set(word.value)"
            />
          </mat-form-field>
        </form>
      }
    </mat-dialog-content>
    <mat-dialog-actions align="end">
      <button matButton [mat-dialog-close]="false">Cancel</button>
      <button
        matButton="filled"
        [class.danger-button]="data.danger"
        [disabled]="!typedRight()"
        [mat-dialog-close]="true"
      >
        {{ data.action }}
      </button>
    </mat-dialog-actions>
  `,
  styles: `
    form {
      margin-top: 16px;
      display: grid;
      gap: 6px;
    }
  `,
})
export class ConfirmDialog {
  protected readonly data = inject<Confirmation>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<ConfirmDialog, boolean>>(MatDialogRef);
  protected readonly entered = signal('');
  protected readonly typedRight = computed(() => !this.data.typed || this.entered().trim() === this.data.typed);

  /** Enter in the field does what the button does. */
  protected confirm(event: Event): void {
    event.preventDefault();
    if (this.typedRight()) this.dialog.close(true);
  }
}
