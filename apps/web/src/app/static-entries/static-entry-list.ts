import { Component, effect, inject, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { RouterLink } from '@angular/router';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Age } from '../format/age';
import { revisit } from '../live/latest';
import { NeedsSudo } from '../session/needs-sudo';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { exampleText } from './example-text';
import { StaticEntriesStore } from './static-entries.store';

/** Texts that administrators wrote into the zones. */
@Component({
  selector: 'app-static-entry-list',
  imports: [RouterLink, MatButtonModule, MatProgressBarModule, Age, EmptyState, FaultPanel, Icon, NeedsSudo],
  templateUrl: './static-entry-list.html',
  styleUrl: '../dns/list.scss',
})
export class StaticEntryList {
  protected readonly session = inject(SessionStore);
  protected readonly list = inject(StaticEntriesStore).list;
  protected readonly example = exampleText;

  constructor() {
    revisit([this.list]);
    effect(() => {
      const may = this.session.isAdmin();
      untracked(() => (may ? void this.list.ask('') : this.list.clear()));
    });
  }
}
