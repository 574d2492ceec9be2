import { TestBed } from '@angular/core/testing';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AuditService, type AuditEntry } from '@lxdm/api-client';
import { LiveStream } from '../live/live-stream';
import { auditEntry } from '../testing/audit';
import { AuditStore } from './audit.store';

class FakeApi {
  log: AuditEntry[] = [];
  asked: object[] = [];
  down = false;
  write(count: number): void {
    for (let more = count; more > 0; more -= 1) this.log.unshift(auditEntry({ seq: this.log.length + 1 }));
  }
  listAudit(query: { before?: number; limit?: number }) {
    this.asked.push(query);
    if (this.down) return Promise.reject(new Error('down'));
    const older = this.log.filter(({ seq }) => seq < (query.before ?? Infinity));
    const items = older.slice(0, query.limit);
    return Promise.resolve({ items, next: older.length > items.length ? (items.at(-1)?.seq ?? null) : null });
  }
}

describe('AuditStore', () => {
  const events = new Subject<object>();
  let api: FakeApi;
  let store: AuditStore;

  beforeEach(() => {
    vi.useFakeTimers();
    api = new FakeApi();
    api.write(120);
    TestBed.configureTestingModule({
      providers: [AuditStore, { provide: AuditService, useValue: api }, { provide: LiveStream, useValue: { events } }],
    });
    store = TestBed.inject(AuditStore);
  });
  afterEach(() => vi.useRealTimers());
  const seqs = () => store.items().map(({ seq }) => seq);
  const down = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => from - index);
  async function heard(): Promise<void> {
    events.next({});
    events.next({});
    await vi.advanceTimersByTimeAsync(2_000);
  }

  it('goes back to the first entry, without a gap and without a double', async () => {
    await store.show({ text: 'web' });
    expect(seqs()).toEqual(down(120, 71));
    await store.older();
    await store.older();
    expect(seqs()).toEqual(down(120, 1));
    expect(store.hasOlder()).toBe(false);
    await store.older();
    expect(api.asked).toHaveLength(3);
    expect(api.asked).toEqual(api.asked.map(() => expect.objectContaining({ text: 'web' })));
  });

  it('shows what came since above what is shown, once for many events', async () => {
    await store.show({});
    await store.older();
    api.write(3);
    await heard();
    expect(seqs()).toEqual(down(123, 21));
    expect(api.asked).toHaveLength(3);
  });

  it('starts afresh when more came than fits', async () => {
    await store.show({});
    await store.older();
    api.write(80);
    await heard();
    expect(seqs()).toEqual(down(200, 151));
    await store.older();
    expect(seqs()).toEqual(down(200, 101));
  });

  it('knows how an operation ended meanwhile', async () => {
    await store.show({});
    api.log[0] = auditEntry({ seq: 120, operation: { id: 'o', status: 'Success' } });
    await heard();
    expect(store.items()[0]?.operation?.status).toBe('Success');
  });

  it('keeps what it has when the server is down', async () => {
    await store.show({});
    api.down = true;
    await store.older();
    expect(store.fault()).not.toBeNull();
    expect(seqs()).toEqual(down(120, 71));
    api.down = false;
    await store.older();
    expect([store.fault(), seqs().length]).toEqual([null, 100]);
  });
});
