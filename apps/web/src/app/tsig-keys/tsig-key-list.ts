import { Component, effect, inject, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { MatTooltipModule } from '@angular/material/tooltip';
import type { TsigKey } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { Age } from '../format/age';
import { revisit } from '../live/latest';
import { SecondariesStore } from '../secondaries/secondaries.store';
import { NeedsSudo } from '../session/needs-sudo';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { EditTsigKeyDialog } from './edit-tsig-key';
import { rightsText } from './tsig-rules';
import { TsigKeysStore } from './tsig-keys.store';

/** Keys that sign updates and transfers. */
@Component({
  selector: 'app-tsig-key-list',
  imports: [MatButtonModule, MatProgressBarModule, MatTooltipModule, Age, EmptyState, FaultPanel, Icon, NeedsSudo],
  templateUrl: './tsig-key-list.html',
  styleUrl: '../dns/list.scss',
})
export class TsigKeyList {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly store = inject(TsigKeysStore);
  private readonly secondaries = inject(SecondariesStore).list;
  protected readonly session = inject(SessionStore);
  protected readonly list = this.store.list;
  protected readonly rights = rightsText;

  constructor() {
    revisit([this.list]);
    effect(() => {
      const may = this.session.isAdmin();
      untracked(() => {
        if (!may) return this.list.clear();
        void this.list.ask();
        void this.secondaries.ask();
      });
    });
  }

  protected usedBy(key: TsigKey): string[] {
    return (this.secondaries.value() ?? []).filter(({ tsigKey }) => tsigKey?.id === key.id).map(({ name }) => name);
  }

  protected async create(): Promise<void> {
    await this.dialogs.open<boolean>(EditTsigKeyDialog);
  }

  protected async edit(key: TsigKey): Promise<void> {
    if (await this.dialogs.open<boolean, TsigKey>(EditTsigKeyDialog, key)) this.notices.say(`${key.name} is changed.`);
  }

  protected async remove(key: TsigKey): Promise<void> {
    await this.secondaries.ask();
    const users = this.usedBy(key);
    const used =
      users.length > 0
        ? ` These secondaries use it, and the key stays until they are removed or use another: ${users.join(', ')}.`
        : ' No secondary uses it.';
    const sure = await this.dialogs.confirm({
      title: `Delete ${key.name}?`,
      text: `Whatever signs with it is refused from now on. Records that it made stay.${used}`,
      action: 'Delete key',
      danger: true,
    });
    if (sure && (await this.notices.guard(() => this.store.remove(key.id))))
      this.notices.say(`${key.name} is deleted.`);
  }
}
