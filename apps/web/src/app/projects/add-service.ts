import { Component, inject, signal } from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { MatSelectModule } from '@angular/material/select';
import type { Project } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { ProjectsStore } from './projects.store';

@Component({
  selector: 'app-add-service',
  imports: [
    ReactiveFormsModule,
    MatButtonModule,
    MatDialogModule,
    MatFormFieldModule,
    MatInputModule,
    MatSelectModule,
    FaultPanel,
  ],
  template: `
    <h2 mat-dialog-title>Add a service to {{ project.name }}</h2>
    <form [formGroup]="form" (ngSubmit)="send()">
      <mat-dialog-content class="form">
        @if (fault(); as f) {
          <app-fault-panel [fault]="f" [retryable]="false" />
        }
        <mat-form-field>
          <mat-label>Name</mat-label>
          <input matInput formControlName="name" autocomplete="off" spellcheck="false" placeholder="ci-pipeline" />
          <mat-hint>Services and people share one set of names</mat-hint>
          <mat-error>{{ form.controls.name.getError('server') ?? 'Enter a name' }}</mat-error>
        </mat-form-field>
        <mat-form-field>
          <mat-label>Role</mat-label>
          <mat-select formControlName="role">
            <mat-option value="operator">Operator: make, start, stop and delete containers</mat-option>
            <mat-option value="viewer">Viewer: look only</mat-option>
          </mat-select>
          <mat-error>{{ form.controls.role.getError('server') }}</mat-error>
        </mat-form-field>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="busy()">Add service</button>
      </mat-dialog-actions>
    </form>
  `,
})
export class AddServiceDialog {
  private readonly store = inject(ProjectsStore);
  private readonly dialog = inject<MatDialogRef<AddServiceDialog, Project>>(MatDialogRef);
  protected readonly project = inject<Project>(MAT_DIALOG_DATA);
  protected readonly form = new FormGroup({
    name: textControl(Validators.required),
    role: new FormControl<'operator' | 'viewer'>('operator', { nonNullable: true }),
  });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { name, role } = this.form.getRawValue();
      this.dialog.close(await this.store.createService(this.project.id, name.trim(), role));
    } catch (error) {
      const fault = faultOf(error);
      if (fault.code === 'name-taken') fault.fields = { name: fault.detail };
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }
}
