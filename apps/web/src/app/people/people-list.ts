import { Component, computed, DestroyRef, effect, inject, input, linkedSignal, untracked } from '@angular/core';
import { MatButtonModule } from '@angular/material/button';
import { MatMenuModule } from '@angular/material/menu';
import { MatProgressBarModule } from '@angular/material/progress-bar';
import { Router } from '@angular/router';
import type { Person } from '@lxdm/api-client';
import { Dialogs } from '../feedback/dialogs';
import { EmptyState } from '../feedback/empty-state';
import { FaultPanel } from '../feedback/fault-panel';
import { ToneChip } from '../feedback/tone-chip';
import { Age } from '../format/age';
import { Pager } from '../live/pager';
import { NeedsSudo } from '../session/needs-sudo';
import { SessionStore } from '../session/session.store';
import { Icon } from '../shell/icon';
import { PeopleStore } from './people.store';
import { readPeopleQuery, writePeopleQuery, type PeopleQuery } from './people-query';
import { PersonDecisions } from './person-decisions';
import { PersonDialog } from './person-dialog';
import { personActions, standingLooks, standingReason, standings } from './person-rules';

const typingPause = 250;

@Component({
  selector: 'app-people-list',
  imports: [
    MatButtonModule,
    MatMenuModule,
    MatProgressBarModule,
    Age,
    EmptyState,
    FaultPanel,
    Icon,
    NeedsSudo,
    Pager,
    ToneChip,
  ],
  templateUrl: './people-list.html',
  styleUrl: './people-list.scss',
})
export class PeopleList {
  private readonly dialogs = inject(Dialogs);
  private readonly router = inject(Router);
  protected readonly session = inject(SessionStore);
  protected readonly store = inject(PeopleStore);
  protected readonly list = this.store.list;
  protected readonly decisions = inject(PersonDecisions);
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly standing = input<string>();
  readonly filter = input<string>();
  readonly page = input<string>();

  protected readonly query = computed(() =>
    readPeopleQuery({ standing: this.standing(), filter: this.filter(), page: this.page() }),
  );
  protected readonly text = linkedSignal(() => this.query().filter);
  protected readonly options = computed(() =>
    ['' as const, ...standings].map((standing) => ({
      standing,
      on: this.query().standing === standing,
      look: standing === '' ? null : standingLooks[standing],
    })),
  );
  protected readonly looks = standingLooks;
  protected readonly reason = standingReason;

  constructor() {
    inject(DestroyRef).onDestroy(() => this.list.leave());
    effect(() => {
      const query = this.query();
      if (this.session.isAdmin()) void untracked(() => this.list.show(query));
    });
  }

  protected can(person: Person) {
    return personActions(person, this.session.user()?.id);
  }

  protected typed(text: string): void {
    this.text.set(text);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.show({ filter: text.trim() }), typingPause);
  }

  protected async show(part: Partial<PeopleQuery>): Promise<void> {
    const query = { ...this.query(), page: 1, ...part };
    await this.router.navigate(['/people'], { queryParams: writePeopleQuery(query), replaceUrl: 'filter' in part });
  }

  protected async open(person: Person): Promise<void> {
    await this.dialogs.open<undefined, Person>(PersonDialog, person);
  }
}
