import { Component, computed, inject, signal } from '@angular/core';
import { FormControl, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MAT_DIALOG_DATA, MatDialogModule, MatDialogRef } from '@angular/material/dialog';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatSelectModule } from '@angular/material/select';
import type { ContainerDetail } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { ProjectsStore } from '../projects/projects.store';
import { SessionStore } from '../session/session.store';
import { ContainersStore } from './containers.store';
import { moveTargets } from './move-rules';

@Component({
  selector: 'app-move-container',
  imports: [ReactiveFormsModule, MatButtonModule, MatDialogModule, MatFormFieldModule, MatSelectModule, FaultPanel],
  template: `
    <h2 mat-dialog-title>Move {{ container.name }} to another project</h2>
    <form (submit)="send($event)">
      <mat-dialog-content class="form">
        @if (fault(); as f) {
          <app-fault-panel [fault]="f" [retryable]="false" />
        }
        <p>
          Its owners and operators may then use the container, and their SSH keys replace those of
          {{ container.project?.name ?? 'nobody' }}. It keeps running, and keeps its name and addresses.
        </p>
        <mat-form-field>
          <mat-label>Project</mat-label>
          <mat-select [formControl]="projectId">
            @for (project of targets(); track project.id) {
              <mat-option [value]="project.id">{{ project.name }}</mat-option>
            }
          </mat-select>
          <mat-hint>Those in which you are an owner or operator</mat-hint>
          <mat-error>Choose a project</mat-error>
        </mat-form-field>
      </mat-dialog-content>
      <mat-dialog-actions align="end">
        <button matButton type="button" mat-dialog-close>Cancel</button>
        <button matButton="filled" type="submit" [disabled]="busy()">Move container</button>
      </mat-dialog-actions>
    </form>
  `,
})
export class MoveContainerDialog {
  private readonly store = inject(ContainersStore);
  private readonly projects = inject(ProjectsStore);
  private readonly session = inject(SessionStore);
  private readonly notices = inject(Notices);
  private readonly dialog = inject(MatDialogRef);
  protected readonly container = inject<ContainerDetail>(MAT_DIALOG_DATA);

  protected readonly projectId = new FormControl('', { nonNullable: true, validators: Validators.required });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);
  protected readonly targets = computed(() =>
    moveTargets(this.container, this.projects.items(), this.session.isAdmin()),
  );

  protected async send(event: Event): Promise<void> {
    event.preventDefault();
    this.projectId.markAsTouched();
    if (this.projectId.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const moved = await this.store.move(this.container.id, this.projectId.value);
      this.notices.say(`${moved.name} is in ${moved.project?.name ?? 'no project'} now.`);
      this.dialog.close();
    } catch (error) {
      this.fault.set(faultOf(error));
    } finally {
      this.busy.set(false);
    }
  }
}
