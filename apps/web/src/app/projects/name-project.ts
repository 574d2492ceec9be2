import { Component, inject, signal } from '@angular/core';
import { FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import type { Project } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { ProjectsStore } from './projects.store';

/** Names and describes a project: a new one, or the one that it is opened with. */
@Component({
  selector: 'app-name-project',
  imports: [ReactiveFormsModule, MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule, FaultPanel],
  template: `
    <h2 mat-dialog-title>{{ project ? 'Name and description' : 'Create project' }}</h2>
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
        <button matButton="filled" type="submit" [disabled]="busy()">
          {{ project ? 'Save' : 'Create project' }}
        </button>
      </mat-dialog-actions>
    </form>
  `,
})
export class NameProjectDialog {
  private readonly store = inject(ProjectsStore);
  private readonly router = inject(Router);
  private readonly dialog = inject(MatDialogRef);
  protected readonly project = inject<Project | null>(MAT_DIALOG_DATA, { optional: true });
  protected readonly form = new FormGroup({ name: textControl(Validators.required), description: textControl() });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);

  constructor() {
    if (this.project) this.form.setValue({ name: this.project.name, description: this.project.description });
  }

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      await this.save();
    } catch (error) {
      const fault = faultOf(error);
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }

  private async save(): Promise<void> {
    const { name, description } = this.form.getRawValue();
    const wanted = { name: name.trim(), description: description.trim() };
    if (this.project) {
      await this.store.change(this.project.id, wanted);
      this.dialog.close();
      return;
    }
    const { id } = await this.store.create(wanted);
    this.dialog.close();
    await this.router.navigate(['/projects', id]);
  }
}
