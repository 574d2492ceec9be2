import { Component, computed, DestroyRef, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import { defaultQuery } from '../containers/container-query';
import { ContainerTable } from '../containers/container-table';
import { ContainersStore } from '../containers/containers.store';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Age } from '../format/age';
import { Icon } from '../shell/icon';
import { PageTitle } from '../shell/page-title';
import { roleText } from './project-role';
import { ProjectsStore } from './projects.store';

@Component({
  selector: 'app-project-detail',
  imports: [RouterLink, MatButtonModule, MatProgressBarModule, Age, ContainerTable, EmptyState, FaultPanel, Icon],
  templateUrl: './project-detail.html',
  styles: `
    .members {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(180px, 1fr));
      gap: 8px 20px;

      li {
        display: flex;
        align-items: center;
        gap: 8px;
        min-width: 0;
        overflow-wrap: anywhere;
      }
    }
    .lead {
      margin: -8px 0 16px;
      white-space: pre-line;
    }
  `,
})
export class ProjectDetail {
  protected readonly store = inject(ProjectsStore);
  protected readonly containers = inject(ContainersStore).list;
  readonly id = input.required<string>();
  protected readonly project = computed(() => this.store.get(this.id()) ?? null);
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
}
