import { inject, Injectable } from '@angular/core';
import type { ChangeContainerState, Container } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { Notices } from '../feedback/notices';
import { ContainerNames } from './container-names';
import { ContainersStore } from './containers.store';
import { StopDialog } from './stop-dialog';

type Named = Pick<Container, 'id' | 'name'>;

/** Asks where something would be lost, sends, and tells a refusal; the outcome comes later, from the operation. */
@Injectable({ providedIn: 'root' })
export class ContainerActions {
  private readonly names = inject(ContainerNames);
  private readonly store = inject(ContainersStore);
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);

  async change(container: Named, action: ChangeContainerState['action']): Promise<void> {
    await this.notices.guard(() => this.store.changeState(container.id, { action }));
  }

  async stopWithOptions(container: Named, action: 'stop' | 'restart'): Promise<void> {
    const body = await this.dialogs.open<ChangeContainerState, object>(StopDialog, { name: container.name, action });
    if (body) await this.notices.guard(() => this.store.changeState(container.id, body));
  }

  async remove(container: Named): Promise<boolean> {
    const sure = await this.dialogs.confirm({
      title: `Delete ${container.name}?`,
      text: `The container and all its data are deleted from its host, and ${this.names.fqdn(container.name)} leaves the DNS zone. A running container is stopped first. This cannot be undone.`,
      action: 'Delete container',
      typed: container.name,
      danger: true,
    });
    return sure && (await this.notices.guard(() => this.store.remove(container.id)));
  }
}
