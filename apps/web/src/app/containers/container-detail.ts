import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatExpansionModule } from '@angular/material/expansion';
import { MatMenuModule } from '@angular/material/menu';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { ContainerDetail } from '@lxdm/api-client';
import { CopyButton } from '../feedback/copy-button';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Dialogs } from '../feedback/dialogs';
import { Age } from '../format/age';
import { OperationCard } from '../operations/operation-card';
import { OperationsStore } from '../operations/operations.store';
import { ProjectsStore } from '../projects/projects.store';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { PageTitle } from '../shell/page-title';
import { ContainerActions } from './container-actions';
import { ContainerKeysCard } from './container-keys-card';
import { ContainerDnsCard } from './container-dns-card';
import { ContainerDetailStore } from './container-detail.store';
import { allowedActions, shownStatus } from './container-status';
import { ContainersStore } from './containers.store';
import { moveTargets } from './move-rules';
import { MoveContainerDialog } from './move-container';
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
    ContainerDnsCard,
    ContainerKeysCard,
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
  private readonly dialogs = inject(Dialogs);
  private readonly projects = inject(ProjectsStore);
  private readonly session = inject(SessionStore);
  protected readonly actions = inject(ContainerActions);
  protected readonly store = inject(ContainerDetailStore);

  readonly id = input.required<string>();

  protected readonly can = computed(() => {
    const container = this.store.container();
    if (container === null || this.containers.isSending(container.id)) return null;
    return allowedActions(shownStatus(container, this.operations.running().get(container.id)));
  });
  protected readonly mayMove = computed(() => {
    const container = this.store.container();
    return container !== null && moveTargets(container, this.projects.items(), this.session.isAdmin()).length > 0;
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
    void this.projects.ensure();
    effect(() => {
      const id = this.id();
      void untracked(() => this.store.open(id));
    });
    effect(() => {
      const name = this.store.container()?.name;
      if (name) title.show(name);
    });
  }

  protected async move(container: ContainerDetail): Promise<void> {
    await this.dialogs.open<undefined, ContainerDetail>(MoveContainerDialog, container);
  }
}
