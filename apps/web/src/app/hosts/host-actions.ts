import { inject, Injectable } from '@angular/core';
import type { Host } from '@lxdm/api-client';
import { faultOf } from '../api/problem';
import { Dialogs } from '../feedback/dialogs';
import { Notices } from '../feedback/notices';
import { ConfirmHostDialog } from './confirm-host';
import { HostsStore } from './hosts.store';

/** What an administrator does with a host that is already known. */
@Injectable({ providedIn: 'root' })
export class HostActions {
  private readonly store = inject(HostsStore);
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);

  async confirm(host: Host): Promise<void> {
    await this.dialogs.open(ConfirmHostDialog, host);
  }

  async remove(host: Host): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: `Remove ${host.name} from management?`,
      text: 'Nothing on the host itself is touched: its containers keep running, but the console forgets the host.',
      action: 'Remove host',
      typed: host.name,
      danger: true,
    });
    if (!sure) return;
    try {
      await this.store.remove(host, false);
    } catch (error) {
      if (faultOf(error).code === 'host-has-containers') await this.removeWithContainers(host, faultOf(error).detail);
      else await this.notices.guard(() => Promise.reject(error));
    }
  }

  private async removeWithContainers(host: Host, detail: string): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: `Forget the containers on ${host.name} too?`,
      text: `${detail} They keep running on the host, but their records, DNS names and kept keys leave the console.`,
      action: 'Remove host and records',
      danger: true,
    });
    if (sure) await this.notices.guard(() => this.store.remove(host, true));
  }
}
