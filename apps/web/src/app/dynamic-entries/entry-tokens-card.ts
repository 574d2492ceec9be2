import { Component, effect, inject, input, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import type { DynamicEntry, EntryToken } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { ToneChip, type Look } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { dateText } from '../format/age-text';
import { Latest, revisit } from '../live/latest';
import { Icon } from '../shell/icon';
import { CreateEntryTokenDialog } from './create-entry-token';
import { DynamicEntriesStore } from './dynamic-entries.store';

/** The tokens that set one entry and do nothing else. */
@Component({
  selector: 'app-entry-tokens',
  imports: [MatButtonModule, MatProgressBarModule, Age, EmptyState, FaultPanel, Icon, ToneChip],
  templateUrl: './entry-tokens-card.html',
  styleUrl: '../tokens/token-list.scss',
})
export class EntryTokensCard {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly store = inject(DynamicEntriesStore);
  readonly entry = input.required<DynamicEntry>();
  protected readonly tokens = new Latest<EntryToken[], string>((id) => this.store.tokens(id));
  protected readonly looks = looks;
  protected readonly date = dateText;

  constructor() {
    revisit([this.tokens], 30_000);
    let before = '';
    effect(() => {
      const { id } = this.entry();
      if (id !== before) untracked(() => void this.tokens.ask(id));
      before = id;
    });
  }

  protected async create(): Promise<void> {
    const made = await this.dialogs.open<EntryToken, DynamicEntry>(CreateEntryTokenDialog, this.entry());
    if (made) await this.tokens.load();
  }

  protected async revoke(token: EntryToken): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: `Revoke ${token.name}?`,
      text: 'Whatever uses this token is refused from now on. This cannot be undone; values that it set stay.',
      action: 'Revoke token',
      danger: true,
    });
    if (!sure || !(await this.notices.guard(() => this.store.revokeToken(this.entry().id, token.id)))) return;
    this.notices.say(`${token.name} is revoked.`);
    await this.tokens.load();
  }
}

const looks: Record<EntryToken['state'], Look | null> = {
  active: null,
  expired: { tone: 'idle', icon: 'clock', label: 'Expired' },
  'maker-gone': { tone: 'idle', icon: 'clock', label: 'Maker may not set it: refused' },
};
