import { computed, signal } from '@angular/core';
import { faultOf, type Fault } from '../api/problem';
import type { Change } from './live-event';

/** A list that is short enough to be held whole (hosts, projects), sorted by name and kept current by events. */
export class EntityList<T extends { id: string; name: string }> {
  private readonly all = signal<T[] | null>(null);
  private readonly failed = signal<Fault | null>(null);
  private loadingNow: Promise<void> | null = null;
  private generation = 0;

  readonly items = computed(() => this.all() ?? []);
  readonly loaded = computed(() => this.all() !== null);
  readonly fault = this.failed.asReadonly();

  constructor(private readonly fetch: () => Promise<T[]>) {}

  get(id: string): T | undefined {
    return this.items().find((item) => item.id === id);
  }

  /** Loads once; pages call it freely. */
  async ensure(): Promise<void> {
    if (!this.loaded()) await this.load();
  }

  async load(): Promise<void> {
    this.loadingNow ??= this.fetchAll().finally(() => (this.loadingNow = null));
    await this.loadingNow;
  }

  apply(change: Change<T>): void {
    const items = this.all();
    if (items === null) return;
    const id = change.kind === 'is' ? change.item.id : change.id;
    const others = items.filter((item) => item.id !== id);
    this.all.set(change.kind === 'is' ? sorted([...others, change.item]) : others);
  }

  /** After a reset: only what somebody has looked at. */
  refresh(): void {
    if (this.loaded()) void this.load();
  }

  clear(): void {
    this.generation += 1;
    this.all.set(null);
    this.failed.set(null);
  }

  private async fetchAll(): Promise<void> {
    const generation = this.generation;
    try {
      const items = await this.fetch();
      if (generation !== this.generation) return;
      this.all.set(sorted(items));
      this.failed.set(null);
    } catch (error) {
      if (generation === this.generation) this.failed.set(faultOf(error));
    }
  }
}

function sorted<T extends { name: string }>(items: T[]): T[] {
  return [...items].sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true, sensitivity: 'base' }));
}
