import { effect, inject, Injectable, signal, untracked } from '@angular/core';
import { PeopleService, type Person } from '@lxdm/api-client';
import { PagedList } from '../live/paged-list';
import { SessionStore } from '../session/session.store';
import type { PeopleQuery } from './people-query';

const pageSize = 50;
/** The stream says nothing of people: how soon a newcomer is noticed. */
const askAgain = 10_000;

/** People, for administrators under sudo: the list that is open, and how many wait. */
@Injectable({ providedIn: 'root' })
export class PeopleStore {
  private readonly api = inject(PeopleService);
  private readonly session = inject(SessionStore);
  private readonly known = signal(0);
  private timer: ReturnType<typeof setInterval> | undefined;

  readonly waiting = this.known.asReadonly();
  readonly list = new PagedList<Person, PeopleQuery>(
    ({ standing, filter, page }) =>
      this.api.listPeople({ page, pageSize, ...(standing && { standing }), ...(filter && { filter }) }),
    (query, before, after) => query.standing !== '' && before.standing !== after.standing,
  );

  constructor() {
    effect(() => {
      const sudo = this.session.isAdmin();
      untracked(() => (sudo ? this.watch() : this.clear()));
    });
  }

  get(id: string): Person | undefined {
    return this.list.items().find((person) => person.id === id);
  }

  async setStanding(person: Person, standing: 'active' | 'blocked', reason: string): Promise<void> {
    this.heard(await this.api.changeStanding({ id: person.id, body: { standing, ...(reason && { reason }) } }));
  }

  async setAdmin(person: Person, isAdmin: boolean, reason: string): Promise<void> {
    this.heard(await this.api.changeAdmin({ id: person.id, body: { isAdmin, ...(reason && { reason }) } }));
  }

  clear(): void {
    clearInterval(this.timer);
    this.list.clear();
    this.known.set(0);
  }

  refresh(): void {
    void this.list.load();
    if (this.session.isAdmin()) void this.count();
  }

  private heard(person: Person): void {
    this.list.apply({ kind: 'is', item: person });
    void this.count();
  }

  private watch(): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.count();
    }, askAgain);
    void this.count();
  }

  /** A badge that could not be asked for keeps its number: the page itself says what is wrong. */
  private async count(): Promise<void> {
    const before = this.known();
    const total = await this.api.listPeople({ standing: 'waiting', page: 1, pageSize: 1 }).then(
      (page) => page.total,
      () => before,
    );
    if (!this.session.isAdmin() || total === before) return;
    this.known.set(total);
    void this.list.load();
  }
}
