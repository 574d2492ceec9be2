import { Component, inject, signal } from '@angular/core';
import { FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import { Router } from '@angular/router';
import { faultOf, type Fault } from '../api/problem';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { textControl } from '../feedback/text-control';
import { ProjectsStore } from './projects.store';

@Component({
  selector: 'app-create-project',
  imports: [ReactiveFormsModule, MatButtonModule, MatDialogModule, MatFormFieldModule, MatInputModule, FaultPanel],
  template: `
    <h2 mat-dialog-title>Create project</h2>
    <form [formGroup]="form" (ngSubmit)="send()">
      <mat-dialog-content class="form">
        @if (fault(); as f) {
          <app-fault-panel [fault]="f" [retryable]="false" />
        }
        <mat-form-field>
          <mat-label>Name</mat-label>
          <input matInput formControlName="name" autocomplete="off" maxlength="63" />
          <mat-error>{{ form.controls.name.getError('server') ?? 'Enter a name' }}</mat-error>
        </mat-form-field>
        <mat-form-field>
          <mat-label>Description (optional)</mat-label>
          <textarea matInput formControlName="description" rows="2"></textarea>
          <mat-error>{{ form.controls.description.getError('server') }}</mat-error>
        </mat-form-field>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="busy()">Create project</button>
      </mat-dialog-actions>
    </form>
  `,
})
export class CreateProjectDialog {
  private readonly store = inject(ProjectsStore);
  private readonly router = inject(Router);
  private readonly dialog = inject(MatDialogRef);
  protected readonly form = new FormGroup({ name: textControl(Validators.required), description: textControl() });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);

  protected async send(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { name, description } = this.form.getRawValue();
      const project = await this.store.create({
        name: name.trim(),
        ...(description.trim() === '' ? {} : { description: description.trim() }),
      });
      this.dialog.close();
      await this.router.navigate(['/projects', project.id]);
    } catch (error) {
      const fault = faultOf(error);
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }
}
