import { Component, computed, inject, input, resource, signal } from '@angular/core';
import { FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { MatButtonModule } from '@angular/material/button';
import { MatFormFieldModule } from '@angular/material/form-field';
import { MatInputModule } from '@angular/material/input';
import type { Project } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { Dialogs } from '../feedback/dialogs';
import { showFieldFaults } from '../feedback/field-faults';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { textControl } from '../feedback/text-control';
import { Age } from '../format/age';
import { gitlabPage } from '../session/gitlab-url';
import { SessionStore } from '../session/session.store';
import { SignInMeans } from '../session/sign-in-means';
import { Icon } from '../shell/icon';
import { mayManage } from './member-rules';
import { ProjectsStore } from './projects.store';

/** The GitLab group whose members are the project's, how the last look at it went, and the way to bind one. */
@Component({
  selector: 'app-group-card',
  imports: [ReactiveFormsModule, MatButtonModule, MatFormFieldModule, MatInputModule, Age, FaultPanel, Icon],
  templateUrl: './group-card.html',
  styleUrl: './project-rows.scss',
})
export class GroupCard {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly means = inject(SignInMeans);
  private readonly session = inject(SessionStore);
  private readonly store = inject(ProjectsStore);

  protected readonly page = gitlabPage;
  readonly project = input.required<Project>();
  protected readonly manages = computed(() => mayManage(this.project(), this.session.isAdmin()));
  private readonly options = resource({ loader: () => this.means.load() });
  protected readonly gitlabs = computed(() => (this.options.hasValue() ? this.options.value().gitlab.length : 0));
  protected readonly form = new FormGroup({ path: textControl(Validators.required), issuer: textControl() });
  protected readonly busy = signal(false);
  protected readonly fault = signal<Fault | null>(null);

  protected async bind(): Promise<void> {
    this.form.markAllAsTouched();
    if (this.form.invalid || this.busy()) return;
    this.busy.set(true);
    this.fault.set(null);
    try {
      const { path, issuer } = this.form.getRawValue();
      await this.store.bindGroup(this.project().id, path.trim().replace(/^\/+|\/+$/g, ''), issuer.trim());
      this.form.reset();
    } catch (error) {
      const fault = faultOf(error);
      if (!showFieldFaults(this.form, fault)) this.fault.set(fault);
    } finally {
      this.busy.set(false);
    }
  }

  protected async unbind(): Promise<void> {
    const { id, gitlab } = this.project();
    const sure = await this.dialogs.confirm({
      title: `Unbind from ${gitlab?.groupPath ?? 'the group'}?`,
      text: 'The members that came from the group leave the project, and their SSH keys its containers. Members that were added by hand stay.',
      action: 'Unbind',
      danger: true,
    });
    if (sure) await this.notices.guard(() => this.store.unbindGroup(id));
  }
}
