import { Component, inject } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import type { Host } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { AddHostDialog } from './add-host';
import { HostActions } from './host-actions';
import { hostLook, hostReason, serverText } from './host-state';
import { HostsStore } from './hosts.store';
import { MemoryBar } from './memory-bar';

@Component({
  selector: 'app-host-list',
  imports: [RouterLink, MatButtonModule, MatProgressBarModule, Age, EmptyState, FaultPanel, Icon, MemoryBar, ToneChip],
  templateUrl: './host-list.html',
  styleUrl: './host-list.scss',
})
export class HostList {
  private readonly dialogs = inject(Dialogs);
  protected readonly store = inject(HostsStore);
  protected readonly session = inject(SessionStore);
  protected readonly actions = inject(HostActions);

  protected readonly look = (host: Host) => hostLook(host.state);
  protected readonly reason = hostReason;
  protected readonly server = serverText;

  constructor() {
    void this.store.ensure();
  }

  protected async add(): Promise<void> {
    await this.dialogs.open(AddHostDialog);
  }
}
