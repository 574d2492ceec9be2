import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PeopleService, type Person } from '@lxdm/api-client';
import { SessionStore } from '../session/session.store';
import { person } from '../testing/people';
import { PeopleStore } from './people.store';

class FakeApi {
  people: Person[] = [];
  asked: object[] = [];
  listPeople(query: { standing?: string }) {
    this.asked.push(query);
    const items = this.people.filter(({ standing }) => !query.standing || standing === query.standing);
    return Promise.resolve({ items, total: items.length, page: 1, pageSize: 50 });
  }
  changeStanding({ id, body }: { id: string; body: { standing: 'active' | 'blocked'; reason?: string } }) {
    this.people = this.people.map((known) => (known.id === id ? { ...known, ...body } : known));
    return Promise.resolve(this.people.find((known) => known.id === id));
  }
}

describe('PeopleStore', () => {
  const sudo = signal(false);
  let api: FakeApi;
  let store: PeopleStore;

  beforeEach(() => {
    vi.useFakeTimers();
    sudo.set(false);
    api = new FakeApi();
    api.people = [person({ username: 'new', standing: 'waiting' }), person()];
    TestBed.configureTestingModule({
      providers: [
        { provide: PeopleService, useValue: api },
        { provide: SessionStore, useValue: { isAdmin: sudo } },
      ],
    });
    store = TestBed.inject(PeopleStore);
    TestBed.tick();
  });
  afterEach(() => {
    store.clear();
    vi.useRealTimers();
  });
  const settle = () => vi.advanceTimersByTimeAsync(1_100);
  async function withSudo(): Promise<void> {
    sudo.set(true);
    TestBed.tick();
    await settle();
  }

  it('asks for nobody without sudo', async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    expect(api.asked).toEqual([]);
  });

  it('counts who waits, and notices newcomers', async () => {
    await withSudo();
    expect(store.waiting()).toBe(1);
    api.people.push(person({ username: 'newer', standing: 'waiting' }));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.waiting()).toBe(2);
  });

  it('an approval takes the row out of the inbox and lowers the number', async () => {
    await withSudo();
    await store.list.show({ standing: 'waiting', filter: '', page: 1 });
    const [waiting] = store.list.items();
    if (!waiting) throw new Error('Nobody waits.');
    await store.setStanding(waiting, 'active', '');
    await settle();
    expect(store.waiting()).toBe(0);
    expect(store.list.items()).toEqual([]);
    expect(api.people[0]).not.toHaveProperty('reason', undefined);
  });

  it('forgets everybody when sudo ends', async () => {
    await withSudo();
    await store.list.show({ standing: '', filter: '', page: 1 });
    expect(store.list.items()).toHaveLength(2);
    sudo.set(false);
    TestBed.tick();
    expect([store.list.items().length, store.waiting()]).toEqual([0, 0]);
  });
});
