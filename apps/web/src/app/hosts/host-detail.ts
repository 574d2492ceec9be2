import { Component, computed, effect, inject, input, resource } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import { faultOf } from '../api/problem';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { BytesPipe } from '../format/bytes-pipe';
import { OperationCard } from '../operations/operation-card';
import { OperationsStore } from '../operations/operations.store';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { PageTitle } from '../shell/page-title';
import { Fingerprint } from './fingerprint';
import { HostActions } from './host-actions';
import { hostLook, hostReason, serverText } from './host-state';
import { HostsStore } from './hosts.store';
import { imageName } from './image-text';
import { MemoryBar } from './memory-bar';

@Component({
  selector: 'app-host-detail',
  imports: [
    RouterLink,
    MatButtonModule,
    MatProgressBarModule,
    Age,
    BytesPipe,
    EmptyState,
    FaultPanel,
    Fingerprint,
    Icon,
    MemoryBar,
    OperationCard,
    ToneChip,
  ],
  templateUrl: './host-detail.html',
  styleUrl: './host-detail.scss',
})
export class HostDetail {
  protected readonly store = inject(HostsStore);
  protected readonly session = inject(SessionStore);
  protected readonly actions = inject(HostActions);
  private readonly operations = inject(OperationsStore);

  readonly id = input.required<string>();

  protected readonly host = computed(() => this.store.get(this.id()) ?? null);
  protected readonly running = computed(() => this.operations.running().get(this.id()) ?? null);
  protected readonly images = resource({
    params: () => this.id(),
    loader: ({ params }) => this.store.images(params),
  });
  protected readonly imagesFault = computed(() => (this.images.error() ? faultOf(this.images.error()) : null));

  protected readonly look = hostLook;
  protected readonly reason = hostReason;
  protected readonly server = serverText;
  protected readonly imageName = imageName;

  constructor() {
    const title = inject(PageTitle);
    void this.store.ensure();
    effect(() => {
      const name = this.host()?.name;
      if (name) title.show(name);
    });
  }
}
