import { Component, inject, signal } from '@angular/core';
import { FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import type { Project } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { ProjectsStore } from './projects.store';

@Component({
  selector: 'app-edit-project',
  imports: [ReactiveFormsModule, MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule, FaultPanel],
  template: `
    <h2 mat-dialog-title>Name and description</h2>
    <form [formGroup]="form" (ngSubmit)="send()">
      <mat-dialog-content class="form">
        @if (fault(); as f) {
          <app-fault-panel [fault]="f" [retryable]="false" />
        }
        <mat-form-field>
          <mat-label>Name</mat-label>
          <input matInput formControlName="name" autocomplete="off" maxlength="100" />
          <mat-error>{{ form.controls.name.getError('server') ?? 'Enter a name' }}</mat-error>
        </mat-form-field>
        <mat-form-field>
          <mat-label>Description (optional)</mat-label>
          <textarea matInput formControlName="description" rows="4"></textarea>
          <mat-error>{{ form.controls.description.getError('server') }}</mat-error>
        </mat-form-field>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="busy()">Save</button>
      </mat-dialog-actions>
    </form>
  `,
})
export class EditProjectDialog {
  private readonly store = inject(ProjectsStore);
  private readonly dialog = inject(MatDialogRef);
  private readonly project = inject<Project>(MAT_DIALOG_DATA);
  protected readonly form = new FormGroup({ name: textControl(Validators.required), description: textControl() });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);

  constructor() {
    this.form.setValue({ name: this.project.name, description: this.project.description });
  }

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { name, description } = this.form.getRawValue();
      await this.store.change(this.project.id, { name: name.trim(), description: description.trim() });
      this.dialog.close();
    } catch (error) {
      const fault = faultOf(error);
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }
}
