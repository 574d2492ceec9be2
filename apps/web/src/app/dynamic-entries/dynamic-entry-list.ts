import { Component, computed, DestroyRef, effect, inject, input, linkedSignal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router, RouterLink } from '@angular/router';
import type { DynamicEntry } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { revisit } from '../live/latest';
import { Pager } from '../live/pager';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { DynamicEntriesStore, type EntriesQuery } from './dynamic-entries.store';
import { EditEntryDialog } from './edit-entry';

const typingPause = 250;

/** Names whose values one may set. */
@Component({
  selector: 'app-dynamic-entry-list',
  imports: [RouterLink, MatButtonModule, MatProgressBarModule, EmptyState, FaultPanel, Icon, Pager],
  templateUrl: './dynamic-entry-list.html',
  styleUrl: '../dns/list.scss',
})
export class DynamicEntryList {
  private readonly dialogs = inject(Dialogs);
  private readonly router = inject(Router);
  protected readonly session = inject(SessionStore);
  protected readonly list = inject(DynamicEntriesStore).list;
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly filter = input<string>();
  readonly page = input<string>();
  protected readonly query = computed<EntriesQuery>(() => {
    const page = Number(this.page());
    return { filter: (this.filter() ?? '').trim(), page: Number.isInteger(page) && page > 0 ? page : 1 };
  });
  protected readonly text = linkedSignal(() => this.query().filter);

  constructor() {
    revisit([this.list]);
    inject(DestroyRef).onDestroy(() => this.list.clear());
    effect(() => {
      const query = this.query();
      // With sudo there is more to see.
      this.session.isAdmin();
      untracked(() => void this.list.ask(query));
    });
  }

  protected typed(text: string): void {
    this.text.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.show({ filter: text.trim() }), typingPause);
  }

  protected async show(part: Partial<EntriesQuery>): Promise<void> {
    const { filter, page } = { ...this.query(), page: 1, ...part };
    const queryParams = { filter: filter || null, page: page > 1 ? page : null };
    await this.router.navigate(['/dns/dynamic'], { queryParams, replaceUrl: 'filter' in part });
  }

  protected async create(): Promise<void> {
    const made = await this.dialogs.open<DynamicEntry>(EditEntryDialog);
    if (made) await this.router.navigate(['/dns/dynamic', made.id]);
  }
}
