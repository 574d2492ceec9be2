import { Component, computed, DOCUMENT, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router, RouterLink } from '@angular/router';
import type { DynamicEntry } from '@lxdm/api-client';
import { Snippets } from '../dns/snippets';
import { CopyButton } from '../feedback/copy-button';
import { Dialogs } from '../feedback/dialogs';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { Age } from '../format/age';
import { Latest, revisit } from '../live/latest';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { PageTitle } from '../shell/page-title';
import { DynamicEntriesStore } from './dynamic-entries.store';
import { EditEntryDialog } from './edit-entry';
import { entrySnippets } from './entry-snippets';
import { EntryTokensCard } from './entry-tokens-card';
import { ValuesCard } from './values-card';

/** One dynamic entry: what it says, who and what may change that, and how. */
@Component({
  selector: 'app-dynamic-entry-page',
  imports: [
    RouterLink,
    MatButtonModule,
    MatProgressBarModule,
    Age,
    CopyButton,
    EntryTokensCard,
    FaultPanel,
    Icon,
    Snippets,
    ValuesCard,
  ],
  templateUrl: './dynamic-entry-page.html',
})
export class DynamicEntryPage {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly router = inject(Router);
  private readonly store = inject(DynamicEntriesStore);
  private readonly origin = inject(DOCUMENT).location.origin;
  protected readonly session = inject(SessionStore);

  readonly id = input.required<string>();
  protected readonly entry = new Latest<DynamicEntry, string>((id) => this.store.get(id));
  /** A container's own entry follows the container. */
  protected readonly mayEdit = computed(() => this.session.isAdmin() && this.entry.value()?.container === null);
  protected readonly snippets = computed(() => {
    const entry = this.entry.value();
    return entry === null ? [] : entrySnippets(entry, { origin: this.origin });
  });

  constructor() {
    const title = inject(PageTitle);
    revisit([this.entry]);
    effect(() => {
      const id = this.id();
      this.session.isAdmin();
      untracked(() => {
        if (this.entry.value()?.id !== id) this.entry.clear();
        void this.entry.ask(id);
      });
    });
    effect(() => {
      const name = this.entry.value()?.title;
      if (name) title.show(name);
    });
  }

  protected async edit(entry: DynamicEntry): Promise<void> {
    const changed = await this.dialogs.open<DynamicEntry, DynamicEntry>(EditEntryDialog, entry);
    if (changed) this.entry.hold(changed);
  }

  protected async remove(entry: DynamicEntry): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: `Delete ${entry.title}?`,
      text: `${entry.owner} loses the values of this entry, and its tokens are refused from now on.`,
      action: 'Delete entry',
      danger: true,
    });
    if (!sure || !(await this.notices.guard(() => this.store.remove(entry.id)))) return;
    this.notices.say(`${entry.title} is deleted.`);
    await this.router.navigate(['/dns/dynamic']);
  }
}
