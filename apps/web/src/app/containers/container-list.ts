import { Component, computed, DestroyRef, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router } from '@angular/router';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { HostsStore } from '../hosts/hosts.store';
import { Pager } from '../live/pager';
import { ProjectsStore } from '../projects/projects.store';
import { Icon } from '../shell/icon';
import { writeSetting } from '../shell/setting';
import { Dialogs } from '../feedback/dialogs';
import { ContainerFilters } from './container-filters';
import { defaultQuery, isNarrowed, pageSizes, readQuery, writeQuery, type ContainerQuery } from './container-query';
import { ContainerTable } from './container-table';
import { ContainersStore } from './containers.store';
import { CreateContainerDialog } from './create-container';

@Component({
  selector: 'app-container-list',
  imports: [
    MatButtonModule,
    MatProgressBarModule,
    ContainerFilters,
    ContainerTable,
    EmptyState,
    FaultPanel,
    Icon,
    Pager,
  ],
  templateUrl: './container-list.html',
  styles: `
    .list {
      position: relative;
      overflow: hidden;
    }
    mat-progress-bar {
      position: absolute;
      inset: 0 0 auto;
      --mat-progress-bar-track-height: 2px;
      --mat-progress-bar-active-indicator-height: 2px;
    }
    app-fault-panel {
      margin: 12px;
    }
  `,
})
export class ContainerList {
  protected readonly list = inject(ContainersStore).list;
  private readonly router = inject(Router);
  private readonly dialogs = inject(Dialogs);

  readonly filter = input<string>();
  readonly status = input<string>();
  readonly projectId = input<string>();
  readonly hostId = input<string>();
  readonly sort = input<string>();
  readonly page = input<string>();
  readonly pageSize = input<string>();

  protected readonly sizes = pageSizes;
  protected readonly query = computed(() =>
    readQuery({
      filter: this.filter(),
      status: this.status(),
      projectId: this.projectId(),
      hostId: this.hostId(),
      sort: this.sort(),
      page: this.page(),
      pageSize: this.pageSize(),
    }),
  );
  protected readonly narrowed = computed(() => isNarrowed(this.query()));

  constructor() {
    void inject(HostsStore).ensure();
    void inject(ProjectsStore).ensure();
    inject(DestroyRef).onDestroy(() => this.list.leave());
    effect(() => {
      const query = this.query();
      writeSetting('containers', JSON.stringify(writeQuery({ ...query, page: 1 })));
      void untracked(() => this.list.show(query));
    });
    // The last page may vanish with its last row.
    effect(() => {
      const page = this.list.page();
      if (page === null || page.items.length > 0 || page.total === 0 || page.page === 1) return;
      void untracked(() => this.change({ page: Math.ceil(page.total / page.pageSize) }));
    });
  }

  protected async change(part: Partial<ContainerQuery>): Promise<void> {
    const next = { ...this.query(), page: 1, ...part };
    // Narrowing is no step to go back through; turning a page is.
    await this.router.navigate(['/containers'], { queryParams: writeQuery(next), replaceUrl: !('page' in part) });
  }

  protected async clear(): Promise<void> {
    const { sort, pageSize } = this.query();
    await this.change({ ...defaultQuery, sort, pageSize });
  }

  protected async create(): Promise<void> {
    await this.dialogs.open(CreateContainerDialog);
  }
}
