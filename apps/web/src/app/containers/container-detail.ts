import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatExpansionModule } from '@angular/material/expansion';
import { MatMenuModule } from '@angular/material/menu';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import { CopyButton } from '../feedback/copy-button';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Age } from '../format/age';
import { OperationCard } from '../operations/operation-card';
import { OperationsStore } from '../operations/operations.store';
import { Icon } from '../shell/icon';
import { PageTitle } from '../shell/page-title';
import { ContainerActions } from './container-actions';
import { ContainerDetailStore } from './container-detail.store';
import { allowedActions, shownStatus } from './container-status';
import { ContainersStore } from './containers.store';
import { StatusChip } from './status-chip';

@Component({
  selector: 'app-container-detail',
  imports: [
    RouterLink,
    MatButtonModule,
    MatExpansionModule,
    MatMenuModule,
    MatProgressBarModule,
    Age,
    CopyButton,
    EmptyState,
    FaultPanel,
    Icon,
    OperationCard,
    StatusChip,
  ],
  providers: [ContainerDetailStore],
  templateUrl: './container-detail.html',
  styleUrl: './container-detail.scss',
})
export class ContainerDetailPage {
  private readonly containers = inject(ContainersStore);
  private readonly operations = inject(OperationsStore);
  protected readonly actions = inject(ContainerActions);
  protected readonly store = inject(ContainerDetailStore);

  readonly id = input.required<string>();

  protected readonly can = computed(() => {
    const container = this.store.container();
    if (container === null || this.containers.isSending(container.id)) return null;
    return allowedActions(shownStatus(container, this.operations.running().get(container.id)));
  });
  protected readonly documents = computed(() => {
    const container = this.store.container();
    if (container === null) return [];
    return [
      { name: 'user-data', about: 'accounts and authorised SSH keys', text: container.userData },
      { name: 'vendor-data', about: 'SSH host keys; private parts are left out', text: container.vendorDataPreview },
      { name: 'network-config', about: 'interfaces and addresses', text: container.networkConfig },
    ].filter((document) => document.text);
  });

  constructor() {
    const title = inject(PageTitle);
    effect(() => {
      const id = this.id();
      void untracked(() => this.store.open(id));
    });
    effect(() => {
      const name = this.store.container()?.name;
      if (name) title.show(name);
    });
  }
}
