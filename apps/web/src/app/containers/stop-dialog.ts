import { Component, inject } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatRadioModule } from '@angular/material/radio';
import type { ChangeContainerState } from '@lxdm/api-client';

@Component({
  selector: 'app-stop-dialog',
  imports: [ReactiveFormsModule, MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule, MatRadioModule],
  template: `
    <h2 mat-dialog-title>{{ verb }} {{ data.name }}</h2>
    <form [formGroup]="form" (ngSubmit)="send()">
      <mat-dialog-content class="form">
        <mat-radio-group formControlName="force" aria-label="How to stop">
          <mat-radio-button [value]="false"
            >Ask it to shut down, then switch it off after a time limit</mat-radio-button
          >
          <mat-radio-button [value]="true">Switch it off at once (what it has not written is lost)</mat-radio-button>
        </mat-radio-group>
        @if (!form.controls.force.value) {
          <mat-form-field>
            <mat-label>Time limit in seconds</mat-label>
            <input matInput type="number" formControlName="timeoutSeconds" min="1" max="600" />
            <mat-error>Between 1 and 600 seconds</mat-error>
          </mat-form-field>
        }
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit">{{ verb }}</button>
      </mat-dialog-actions>
    </form>
  `,
})
export class StopDialog {
  private readonly dialog = inject<MatDialogRef<StopDialog, ChangeContainerState>>(MatDialogRef);
  protected readonly data = inject<{ name: string; action: 'stop' | 'restart' }>(MAT_DIALOG_DATA);
  protected readonly verb = this.data.action === 'stop' ? 'Stop' : 'Restart';
  protected readonly form = new FormGroup({
    force: new FormControl(false, { nonNullable: true }),
    timeoutSeconds: new FormControl(30, {
      nonNullable: true,
      validators: [Validators.required, Validators.min(1), Validators.max(600), Validators.pattern(/^\d+$/)],
    }),
  });

  protected send(): void {
    const { force, timeoutSeconds } = this.form.getRawValue();
    if (!force && this.form.invalid) return;
    this.dialog.close({ action: this.data.action, ...(force ? { force } : { timeoutSeconds }) });
  }
}
