import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import { AuditService, type AuditEntry } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import { LiveStream } from '../live/live-stream';
import type { AuditFilter } from './audit-query';

const pageSize = 50;
/** The stream says that something happened, not what was written down: one look a while later finds it. */
const settleTime = 1_500;

/** The log as one page of it shows it: older entries on request, newer ones by themselves. */
@Injectable()
export class AuditStore {
  private readonly api = inject(AuditService);
  private readonly all = signal<AuditEntry[] | null>(null);
  private readonly failed = signal<Fault | null>(null);
  private readonly busy = signal(false);
  private readonly next = signal<number | null>(null);
  private filter: AuditFilter = {};
  private asked = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly loaded = computed(() => this.all() !== null);
  readonly items = computed(() => this.all() ?? []);
  readonly fault = this.failed.asReadonly();
  readonly loading = this.busy.asReadonly();
  readonly hasOlder = computed(() => this.next() !== null);

  constructor() {
    const events = inject(LiveStream).events.subscribe(() => this.later());
    inject(DestroyRef).onDestroy(() => {
      events.unsubscribe();
      clearTimeout(this.timer);
      this.asked += 1;
    });
  }

  async show(filter: AuditFilter): Promise<void> {
    this.filter = filter;
    this.all.set(null);
    await this.reload();
  }

  /** From the newest on, forgetting how far back one had gone. */
  async reload(): Promise<void> {
    await this.ask({}, ({ items, next }) => {
      this.all.set(items);
      this.next.set(next);
    });
  }

  async older(): Promise<void> {
    const before = this.next();
    if (before === null || this.busy()) return;
    await this.ask({ before }, ({ items, next }) => {
      this.all.update((known) => merged(known ?? [], items));
      this.next.set(next);
    });
  }

  /** What came since; with more than a page of it, the list starts afresh rather than have a hole. */
  private async newer(): Promise<void> {
    if (!this.loaded() || this.busy()) return this.later();
    await this.ask({}, ({ items, next }) => {
      const newest = this.items()[0]?.seq ?? 0;
      const joined = items.some(({ seq }) => seq <= newest) || next === null;
      this.all.set(joined ? merged(this.items(), items) : items);
      if (!joined) this.next.set(next);
    });
  }

  private later(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.newer();
    }, settleTime);
  }

  private async ask(
    place: { before?: number },
    take: (page: { items: AuditEntry[]; next: number | null }) => void,
  ): Promise<void> {
    const ticket = ++this.asked;
    this.busy.set(true);
    try {
      const page = await this.api.listAudit({ ...this.filter, ...place, limit: pageSize });
      if (ticket !== this.asked) return;
      take(page);
      this.failed.set(null);
    } catch (error) {
      if (ticket === this.asked) this.failed.set(faultOf(error));
    } finally {
      if (ticket === this.asked) this.busy.set(false);
    }
  }
}

/** Each entry once, newest first; what was heard last of one counts, as its operation may have ended. */
function merged(known: AuditEntry[], heard: AuditEntry[]): AuditEntry[] {
  const bySeq = new Map([...known, ...heard].map((entry) => [entry.seq, entry]));
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}
