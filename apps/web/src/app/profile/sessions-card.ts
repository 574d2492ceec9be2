import { Component, computed, inject, resource } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { ProfileService, type OwnSession } from '@lxdm/api-client';
import { faultOf } from '../api/problem';
import { Dialogs } from '../feedback/dialogs';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { Icon } from '../shell/icon';
import { deviceText } from './user-agent';

/** Where one is signed in, and the means to end it elsewhere. */
@Component({
  selector: 'app-sessions-card',
  imports: [MatButtonModule, MatProgressBarModule, Age, FaultPanel, Icon, ToneChip],
  templateUrl: './sessions-card.html',
  styleUrl: './rows.scss',
})
export class SessionsCard {
  private readonly api = inject(ProfileService);
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);

  protected readonly sessions = resource({
    loader: async () => {
      const all = await this.api.listSessions();
      return all.sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt));
    },
  });
  protected readonly items = computed(() => (this.sessions.hasValue() ? this.sessions.value() : []));
  protected readonly others = computed(() => this.items().filter(({ current }) => !current));
  protected readonly fault = computed(() => (this.sessions.error() ? faultOf(this.sessions.error()) : null));
  protected readonly device = deviceText;

  protected async end(session: OwnSession): Promise<void> {
    await this.notices.guard(() => this.api.endSession({ id: session.id }));
    this.sessions.reload();
  }

  protected async endOthers(): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: 'End all other sessions?',
      text: 'You are signed out everywhere but in this browser.',
      action: 'End them',
      danger: true,
    });
    if (!sure) return;
    await this.notices.guard(() => Promise.all(this.others().map(({ id }) => this.api.endSession({ id }))));
    this.sessions.reload();
  }
}
