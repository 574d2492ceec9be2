import { Component, computed, DestroyRef, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router, RouterLink } from '@angular/router';
import type { Project } from '@lxdm/api-client';
import { defaultQuery } from '../containers/container-query';
import { ContainerTable } from '../containers/container-table';
import { ContainersStore } from '../containers/containers.store';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { Age } from '../format/age';
import { SessionStore } from '../session/session.store';
import { Sudo } from '../session/sudo';
import { Icon } from '../shell/icon';
import { PageTitle } from '../shell/page-title';
import { NameProjectDialog } from './name-project';
import { GroupCard } from './group-card';
import { mayManage } from './member-rules';
import { MembersCard } from './members-card';
import { roleText } from './project-role';
import { ProjectsStore } from './projects.store';
import { ServicesCard } from './services-card';

@Component({
  selector: 'app-project-detail',
  imports: [
    RouterLink,
    MatButtonModule,
    MatProgressBarModule,
    Age,
    ContainerTable,
    EmptyState,
    FaultPanel,
    GroupCard,
    Icon,
    MembersCard,
    ServicesCard,
  ],
  templateUrl: './project-detail.html',
  styles: `
    .kept {
      margin: -8px 0 16px;
    }
    .lead {
      margin: -8px 0 16px;
      white-space: pre-line;
      overflow-wrap: anywhere;
    }
  `,
})
export class ProjectDetail {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  protected readonly session = inject(SessionStore);
  protected readonly sudo = inject(Sudo);
  protected readonly store = inject(ProjectsStore);
  protected readonly containers = inject(ContainersStore).list;
  readonly id = input.required<string>();
  protected readonly project = computed(() => this.store.get(this.id()) ?? null);
  protected readonly manages = computed(() => {
    const project = this.project();
    return project !== null && mayManage(project, this.session.isAdmin());
  });
  protected readonly role = roleText;

  constructor() {
    const title = inject(PageTitle);
    void this.store.ensure();
    inject(DestroyRef).onDestroy(() => this.containers.leave());
    effect(() => {
      const projectId = this.id();
      void untracked(() => this.containers.show({ ...defaultQuery, projectId, pageSize: 250 }));
    });
    effect(() => {
      const name = this.project()?.name;
      if (name) title.show(name);
    });
  }

  protected async edit(project: Project): Promise<void> {
    await this.dialogs.open<undefined, Project>(NameProjectDialog, project);
  }

  protected async remove(project: Project): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: `Delete ${project.name}?`,
      text: 'The project, its memberships, its services and their tokens are deleted. This cannot be undone.',
      action: 'Delete project',
      typed: project.name,
      danger: true,
    });
    if (!sure || !(await this.notices.guard(() => this.store.remove(project.id)))) return;
    this.notices.say(`${project.name} is deleted.`);
    await this.router.navigate(['/projects']);
  }
}
