import { computed, signal } from '@angular/core';
import { faultOf, type Fault } from '../api/problem';
import type { Change } from './live-event';

export interface Page<T> {
  items: T[];
  total: number;
  page: number;
  pageSize: number;
}

/** How long changes gather before the page is asked for again: a host's sync may touch hundreds of rows. */
const settleTime = 1_000;

/**
 * One page of a server-side list, kept current by events: rows that are shown change in place; whatever may move,
 * add or drop rows makes one quiet request when the dust has settled.
 */
export class PagedList<T extends { id: string }, Query> {
  private readonly shown = signal<Page<T> | null>(null);
  private readonly failed = signal<Fault | null>(null);
  private readonly busy = signal(false);
  private asked = 0;
  private query: Query | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly page = this.shown.asReadonly();
  readonly items = computed(() => this.shown()?.items ?? []);
  readonly total = computed(() => this.shown()?.total ?? 0);
  readonly fault = this.failed.asReadonly();
  readonly loading = this.busy.asReadonly();

  constructor(
    private readonly fetch: (query: Query) => Promise<Page<T>>,
    private readonly moves: (query: Query, before: T, after: T) => boolean,
  ) {}

  async show(query: Query): Promise<void> {
    this.query = query;
    await this.load();
  }

  /** The page was left: events still change rows, but nothing is asked for. */
  leave(): void {
    this.query = null;
    clearTimeout(this.timer);
  }

  async load(): Promise<void> {
    const query = this.query;
    if (query === null) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    const ticket = ++this.asked;
    this.busy.set(true);
    try {
      const page = await this.fetch(query);
      if (ticket !== this.asked) return;
      this.shown.set(page);
      this.failed.set(null);
    } catch (error) {
      if (ticket === this.asked) this.failed.set(faultOf(error));
    } finally {
      if (ticket === this.asked) this.busy.set(false);
    }
  }

  apply(change: Change<T>): void {
    const id = change.kind === 'is' ? change.item.id : change.id;
    const before = this.items().find((item) => item.id === id);
    if (change.kind === 'is' && before !== undefined) {
      this.replace(before, change.item);
      if (this.query !== null && this.moves(this.query, before, change.item)) this.later();
      return;
    }
    if (change.kind === 'gone' && before !== undefined) this.remove(before);
    this.later();
  }

  clear(): void {
    this.asked += 1;
    this.leave();
    this.shown.set(null);
    this.failed.set(null);
    this.busy.set(false);
  }

  private replace(before: T, after: T): void {
    this.shown.update((page) => page && { ...page, items: page.items.map((item) => (item === before ? after : item)) });
  }

  private remove(gone: T): void {
    this.shown.update(
      (page) => page && { ...page, total: page.total - 1, items: page.items.filter((item) => item !== gone) },
    );
  }

  /** The first change sets the timer and later ones ride along, so that a busy fleet cannot put it off for ever. */
  private later(): void {
    if (this.query === null) return;
    this.timer ??= setTimeout(() => void this.load(), settleTime);
  }
}
