import { Component, inject } from '@angular/core';
import { FormControl, ReactiveFormsModule } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';

/** A decision about somebody, which is kept with its reason. */
export interface Decision {
  title: string;
  text: string;
  action: string;
  danger?: boolean;
}

/** Closes with the reason, which may be empty, or with nothing. */
@Component({
  selector: 'app-reason-dialog',
  imports: [ReactiveFormsModule, MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule],
  template: `
    <h2 mat-dialog-title>{{ data.title }}</h2>
    <form (submit)="decide($event)">
      <mat-dialog-content class="form">
        <p>{{ data.text }}</p>
        <mat-form-field>
          <mat-label>Reason (optional)</mat-label>
          <input matInput [formControl]="reason" maxlength="200" autocomplete="off" cdkFocusInitial />
          <mat-hint>Kept in the audit log and shown to administrators</mat-hint>
        </mat-form-field>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [class.danger-button]="data.danger">{{ data.action }}</button>
      </mat-dialog-actions>
    </form>
  `,
})
export class ReasonDialog {
  protected readonly data = inject<Decision>(MAT_DIALOG_DATA);
  private readonly dialog = inject<MatDialogRef<ReasonDialog, string>>(MatDialogRef);
  protected readonly reason = new FormControl('', { nonNullable: true });

  protected decide(event: Event): void {
    event.preventDefault();
    this.dialog.close(this.reason.value.trim());
  }
}
