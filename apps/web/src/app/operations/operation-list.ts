import { Component, computed, DestroyRef, effect, inject, input, untracked } from '@angular/core';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router } from '@angular/router';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Pager } from '../live/pager';
import { Icon } from '../shell/icon';
import { OperationCard } from './operation-card';
import { operationLook } from './operation-text';
import { OperationsStore, type OperationStatus } from './operations.store';

const statuses: OperationStatus[] = ['Running', 'Pending', 'Success', 'Failure', 'Cancelled'];

@Component({
  selector: 'app-operation-list',
  imports: [MatProgressBarModule, EmptyState, FaultPanel, Icon, OperationCard, Pager],
  templateUrl: './operation-list.html',
  styleUrl: './operation-list.scss',
})
export class OperationList {
  protected readonly list = inject(OperationsStore).list;
  private readonly router = inject(Router);

  readonly status = input<string>();
  readonly page = input<string>();

  private readonly query = computed(() => ({
    status: statuses.find((status) => status === this.status()) ?? ('' as const),
    page: Math.max(1, Math.trunc(Number(this.page() ?? 1)) || 1),
  }));
  protected readonly options = computed(() =>
    ['' as const, ...statuses].map((status) => ({
      status,
      on: this.query().status === status,
      look: status === '' ? null : operationLook(status),
    })),
  );

  constructor() {
    inject(DestroyRef).onDestroy(() => this.list.leave());
    effect(() => {
      const query = this.query();
      void untracked(() => this.list.show(query));
    });
  }

  protected async show(status: string, page: number): Promise<void> {
    await this.router.navigate(['/operations'], {
      queryParams: { status: status || null, page: page > 1 ? page : null },
    });
  }

  protected async turn(page: number): Promise<void> {
    await this.show(this.query().status, page);
  }
}
