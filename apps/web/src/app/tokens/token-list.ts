import { Component, inject, input, OnInit, signal } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import type { Token } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { Notices } from '../feedback/notices';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { dateText } from '../format/age-text';
import { Clock } from '../format/clock';
import { Icon } from '../shell/icon';
import { CreateTokenDialog } from './create-token';
import { scopeTexts, tokenLook } from './token-rules';
import type { TokenSource } from './token-source';

/** Tokens with what they may and when they were used; new ones are made here, old ones revoked. */
@Component({
  selector: 'app-token-list',
  imports: [MatButtonModule, MatProgressBarModule, Age, EmptyState, FaultPanel, Icon, ToneChip],
  templateUrl: './token-list.html',
  styleUrl: './token-list.scss',
})
export class TokenList implements OnInit {
  private readonly dialogs = inject(Dialogs);
  private readonly notices = inject(Notices);
  private readonly clock = inject(Clock);

  readonly source = input.required<TokenSource>();
  protected readonly tokens = signal<Token[] | null>(null);
  protected readonly fault = signal<Fault | null>(null);
  protected readonly scopeTexts = scopeTexts;
  protected readonly date = dateText;

  ngOnInit(): void {
    void this.load();
  }

  protected look(token: Token) {
    return tokenLook(token, this.clock.now());
  }

  protected async load(): Promise<void> {
    try {
      this.tokens.set(await this.source().list());
      this.fault.set(null);
    } catch (error) {
      this.fault.set(faultOf(error));
    }
  }

  protected async create(): Promise<void> {
    const made = await this.dialogs.open<Token, TokenSource>(CreateTokenDialog, this.source());
    if (made) this.tokens.update((known) => [made, ...(known ?? [])]);
  }

  protected async revoke(token: Token): Promise<void> {
    const sure = await this.dialogs.confirm({
      title: `Revoke ${token.name}?`,
      text: 'Whatever uses this token is refused from now on. This cannot be undone.',
      action: 'Revoke token',
      danger: true,
    });
    if (!sure || !(await this.notices.guard(() => this.source().revoke(token.id)))) return;
    this.tokens.update((known) => known && known.filter(({ id }) => id !== token.id));
    this.notices.say(`${token.name} is revoked.`);
  }
}
