import { Component, effect, inject, untracked } from '@angular/core';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { ToneChip } from '../feedback/tone-chip';
import { revisit } from '../live/latest';
import { NeedsSudo } from '../session/needs-sudo';
import { SessionStore } from '../session/session.store';
import { signedLook } from './signed-look';
import { ZonesStore } from './zones.store';

/** The zones that are served. */
@Component({
  selector: 'app-zone-list',
  imports: [RouterLink, MatProgressBarModule, EmptyState, FaultPanel, NeedsSudo, ToneChip],
  templateUrl: './zone-list.html',
  styleUrl: '../dns/list.scss',
})
export class ZoneList {
  protected readonly session = inject(SessionStore);
  protected readonly list = inject(ZonesStore).list;
  protected readonly signed = signedLook;

  constructor() {
    revisit([this.list]);
    effect(() => {
      const may = this.session.isAdmin();
      untracked(() => (may ? void this.list.ask() : this.list.clear()));
    });
  }
}
