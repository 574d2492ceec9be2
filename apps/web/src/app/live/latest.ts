import { DestroyRef, inject, signal } from '@angular/core';
import { faultOf, type Fault } from '../api/problem';

/** What the server answered last. Asking again keeps it on the screen, and a failure is told beside it. */
export class Latest<T, Query = void> {
  private readonly shown = signal<T | null>(null);
  private readonly failed = signal<Fault | null>(null);
  private readonly busy = signal(false);
  private question: { of: Query } | null = null;
  private asked = 0;

  readonly value = this.shown.asReadonly();
  readonly fault = this.failed.asReadonly();
  readonly loading = this.busy.asReadonly();

  constructor(private readonly fetch: (query: Query) => Promise<T>) {}

  ask(query: Query): Promise<void> {
    this.question = { of: query };
    return this.load();
  }

  /** The last question again; an answer to an older one is dropped. */
  async load(): Promise<void> {
    const question = this.question;
    if (question === null) return;
    const ticket = ++this.asked;
    this.busy.set(true);
    try {
      const value = await this.fetch(question.of);
      if (ticket === this.asked) this.hold(value);
    } catch (error) {
      if (ticket === this.asked) this.failed.set(faultOf(error));
    } finally {
      if (ticket === this.asked) this.busy.set(false);
    }
  }

  /** An answer that came by another way, such as that to a change. */
  hold(value: T): void {
    this.shown.set(value);
    this.failed.set(null);
  }

  update(change: (value: T) => T): void {
    this.shown.update((value) => (value === null ? null : change(value)));
  }

  clear(): void {
    this.asked += 1;
    this.question = null;
    this.shown.set(null);
    this.failed.set(null);
    this.busy.set(false);
  }
}

/** Asks again now and then while the page is open and seen: the stream says nothing of names. */
export function revisit(latest: { load(): Promise<void> }[], milliseconds = 10_000): void {
  const timer = setInterval(() => {
    if (document.visibilityState === 'visible') for (const one of latest) void one.load();
  }, milliseconds);
  inject(DestroyRef).onDestroy(() => clearInterval(timer));
}
