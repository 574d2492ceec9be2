import { Component, computed, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { ToneChip } from '../feedback/tone-chip';
import { revisit } from '../live/latest';
import { NeedsSudo } from '../session/needs-sudo';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { PageTitle } from '../shell/page-title';
import { DelegationCard } from './delegation-card';
import { signedLook } from './signed-look';
import { ZonesStore } from './zones.store';

/** One zone: how it is delegated, and whether it is signed. */
@Component({
  selector: 'app-zone-detail',
  imports: [
    RouterLink,
    MatButtonModule,
    MatProgressBarModule,
    DelegationCard,
    EmptyState,
    FaultPanel,
    Icon,
    NeedsSudo,
    ToneChip,
  ],
  templateUrl: './zone-detail.html',
})
export class ZoneDetail {
  protected readonly session = inject(SessionStore);
  protected readonly list = inject(ZonesStore).list;

  readonly name = input.required<string>();

  protected readonly signed = signedLook;
  protected readonly zone = computed(() => this.list.value()?.find(({ name }) => name === this.name()));

  constructor() {
    const title = inject(PageTitle);
    revisit([this.list]);
    effect(() => {
      const may = this.session.isAdmin();
      untracked(() => (may ? void this.list.ask() : this.list.clear()));
    });
    effect(() => title.show(this.name()));
  }
}
