import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { Project } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Age } from '../format/age';
import { Icon } from '../shell/icon';
import { NameProjectDialog } from './name-project';
import { roleText } from './project-role';
import { ProjectsStore } from './projects.store';

@Component({
  selector: 'app-project-list',
  imports: [RouterLink, MatButtonModule, MatProgressBarModule, Age, EmptyState, FaultPanel, Icon],
  templateUrl: './project-list.html',
})
export class ProjectList {
  private readonly dialogs = inject(Dialogs);
  protected readonly store = inject(ProjectsStore);
  protected readonly role = roleText;

  constructor() {
    void this.store.ensure();
  }

  protected members(project: Project): string {
    const names = project.members.filter(({ kind }) => kind !== 'service').map(({ username }) => username);
    return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  }

  protected async create(): Promise<void> {
    await this.dialogs.open(NameProjectDialog);
  }
}
