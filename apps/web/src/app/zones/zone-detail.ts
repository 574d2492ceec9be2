import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router, RouterLink } from '@angular/router';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { revisit } from '../live/latest';
import { NeedsSudo } from '../session/needs-sudo';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { PageTitle } from '../shell/page-title';
import { DelegationCard } from './delegation-card';
import { DnssecCard } from './dnssec-card';
import { TraceCard } from './trace-card';
import { ZoneRecords } from './zone-records';
import { ZonesStore } from './zones.store';

/** One zone: what is served of it and why, how a name is answered, how it is delegated and signed. */
@Component({
  selector: 'app-zone-detail',
  imports: [
    RouterLink,
    MatButtonModule,
    MatMenuModule,
    MatProgressBarModule,
    DelegationCard,
    DnssecCard,
    EmptyState,
    FaultPanel,
    Icon,
    NeedsSudo,
    TraceCard,
    ZoneRecords,
  ],
  templateUrl: './zone-detail.html',
})
export class ZoneDetail {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  protected readonly store = inject(ZonesStore);
  protected readonly session = inject(SessionStore);
  protected readonly list = this.store.list;

  readonly name = input.required<string>();
  readonly filter = input<string>();
  readonly type = input<string>();
  readonly source = input<string>();
  readonly page = input<string>();

  protected readonly zone = computed(() => this.list.value()?.find(({ name }) => name === this.name()));
  protected readonly exportUrl = computed(() => `/api/zones/${encodeURIComponent(this.name())}/export`);
  protected readonly fileName = computed(() => `${this.name().replace(/\.$/, '').replaceAll('/', '-')}.zone`);

  constructor() {
    const title = inject(PageTitle);
    revisit([this.list]);
    effect(() => {
      const may = this.session.isAdmin();
      untracked(() => (may ? void this.list.ask() : this.list.clear()));
    });
    effect(() => title.show(this.name()));
  }

  protected async remove(): Promise<void> {
    const name = this.name();
    const sure = await this.dialogs.confirm({
      title: `Remove ${name}?`,
      text: 'Its addresses no longer have names, and what was written into it is gone. Take its delegation out of the parent zone as well.',
      action: 'Remove zone',
      typed: name,
      danger: true,
    });
    if (!sure || !(await this.notices.guard(() => this.store.remove(name)))) return;
    this.notices.say(`${name} is removed.`);
    await this.router.navigate(['/dns/zones']);
  }
}
