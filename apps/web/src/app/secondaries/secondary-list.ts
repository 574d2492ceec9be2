import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatTooltipModule } from '@angular/material/tooltip';
import type { Secondary } from '@lxdm/api-client';
import { Snippets } from '../dns/snippets';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { revisit } from '../live/latest';
import { NeedsSudo } from '../session/needs-sudo';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { ZonesStore } from '../zones/zones.store';
import { AddSecondaryDialog } from './add-secondary';
import { SecondariesStore } from './secondaries.store';
import { secondarySnippets } from './secondary-snippets';
import { secondaryLook } from './secondary-state';

/** Servers that carry copies, and how far each one is. */
@Component({
  selector: 'app-secondary-list',
  imports: [
    MatButtonModule,
    MatProgressBarModule,
    MatTooltipModule,
    Age,
    EmptyState,
    FaultPanel,
    Icon,
    NeedsSudo,
    Snippets,
    ToneChip,
  ],
  templateUrl: './secondary-list.html',
  styleUrl: '../dns/list.scss',
})
export class SecondaryList {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly store = inject(SecondariesStore);
  private readonly zones = inject(ZonesStore);
  protected readonly session = inject(SessionStore);
  protected readonly list = this.store.list;
  private readonly opened = signal<string | null>(null);
  protected readonly open = computed(() => this.list.value()?.find(({ id }) => id === this.opened()));
  protected readonly snippets = computed(() => {
    const secondary = this.open();
    return secondary ? secondarySnippets(secondary, this.zones.list.value() ?? []) : [];
  });

  constructor() {
    revisit([this.list, this.zones.list]);
    effect(() => {
      const may = this.session.isAdmin();
      untracked(() => {
        if (!may) return this.list.clear();
        void this.list.ask();
        void this.zones.list.ask();
      });
    });
  }

  protected look(secondary: Secondary) {
    return secondaryLook(secondary, this.zones.forward()?.serial);
  }

  protected toggle({ id }: Secondary): void {
    this.opened.update((open) => (open === id ? null : id));
  }

  protected async add(): Promise<void> {
    const made = await this.dialogs.open<Secondary>(AddSecondaryDialog);
    if (made) this.opened.set(made.id);
  }

  protected async remove(secondary: Secondary): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: `Remove ${secondary.name}?`,
      text: 'It is no longer told of changes and gets no more transfers by its address. It goes on answering with its last copy until that expires: take it out of the parent zone as well.',
      action: 'Remove secondary',
      danger: true,
    });
    if (sure && (await this.notices.guard(() => this.store.remove(secondary.id))))
      this.notices.say(`${secondary.name} is removed.`);
  }
}
