import { Component, effect, inject, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router, RouterLink } from '@angular/router';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { ToneChip } from '../feedback/tone-chip';
import { revisit } from '../live/latest';
import { NeedsSudo } from '../session/needs-sudo';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { AddZoneDialog } from './add-zone';
import { signedLook } from './dnssec-text';
import { ZonesStore } from './zones.store';

/** The zones that are served. */
@Component({
  selector: 'app-zone-list',
  imports: [RouterLink, MatButtonModule, MatProgressBarModule, EmptyState, FaultPanel, Icon, NeedsSudo, ToneChip],
  templateUrl: './zone-list.html',
  styleUrl: '../dns/list.scss',
})
export class ZoneList {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  private readonly store = inject(ZonesStore);
  protected readonly session = inject(SessionStore);
  protected readonly list = this.store.list;
  protected readonly signed = signedLook;

  constructor() {
    revisit([this.list]);
    effect(() => {
      const may = this.session.isAdmin();
      untracked(() => (may ? void this.list.ask() : this.list.clear()));
    });
  }

  protected async add(): Promise<void> {
    const name = await this.dialogs.open<string>(AddZoneDialog);
    if (name === undefined) return;
    this.notices.say(`${name} is served.`);
    await this.router.navigate(['/dns/zones', name]);
  }
}
