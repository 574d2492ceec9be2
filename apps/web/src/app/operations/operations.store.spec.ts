import { TestBed } from '@angular/core/testing';
import { OperationsService, type Operation } from '@lxdm/api-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Notices } from '../feedback/notices';
import { operation } from '../testing/samples';
import { OperationsStore } from './operations.store';

class FakeNotices {
  said: string[] = [];
  warned: string[] = [];
  say(text: string): void {
    this.said.push(text);
  }
  warn(text: string): void {
    this.warned.push(text);
  }
}

class FakeApi {
  operations: Operation[] = [];
  asked = 0;
  getOperation({ id }: { id: string }): Promise<Operation> {
    this.asked += 1;
    const found = this.operations.find((known) => known.id === id);
    return found ? Promise.resolve(found) : Promise.reject(new Error('down'));
  }
  listOperations({ status }: { status?: string }) {
    const items = this.operations.filter((known) => known.status === status);
    return Promise.resolve({ items, total: items.length, page: 1, pageSize: 50 });
  }
}

describe('OperationsStore', () => {
  let notices: FakeNotices;
  let api: FakeApi;
  let store: OperationsStore;

  beforeEach(() => {
    vi.useFakeTimers();
    notices = new FakeNotices();
    api = new FakeApi();
    TestBed.configureTestingModule({
      providers: [
        { provide: Notices, useValue: notices },
        { provide: OperationsService, useValue: api },
      ],
    });
    store = TestBed.inject(OperationsStore);
  });
  afterEach(() => {
    store.clear();
    vi.useRealTimers();
  });

  const success = operation({ status: 'Success' });

  it('shows an action at once and tells its end', () => {
    store.follow(operation());
    expect(store.running().get('id-web1')?.id).toBe('o1');
    store.apply({ kind: 'is', item: success });
    expect(store.running().size).toBe(0);
    expect(notices.said).toEqual(['web1 is started.']);
  });

  it('tells the end only once, and only to who asked for it', () => {
    store.apply({ kind: 'is', item: operation({ id: 'other', status: 'Success' }) });
    store.follow(operation());
    store.apply({ kind: 'is', item: success });
    store.apply({ kind: 'is', item: success });
    expect(notices.said).toHaveLength(1);
  });

  it('tells why something failed', () => {
    store.follow(operation());
    store.apply({
      kind: 'is',
      item: operation({ status: 'Failure', error: { code: 'timeout', message: 'hydra did not answer' } }),
    });
    expect(notices.warned).toEqual(['Start container web1 failed: hydra did not answer']);
  });

  it('is not fooled when the end was faster than the answer to the request', () => {
    store.apply({ kind: 'is', item: success });
    store.follow(operation({ status: 'Pending' }));
    expect(store.running().size).toBe(0);
    expect(notices.said).toHaveLength(1);
  });

  it('an end stays an end, whatever arrives late', () => {
    store.apply({ kind: 'is', item: success });
    store.apply({ kind: 'is', item: operation() });
    expect(store.running().size).toBe(0);
  });

  it('asks when the stream is silent, also after a failed question', async () => {
    store.follow(operation());
    await vi.advanceTimersByTimeAsync(4000);
    api.operations = [success];
    await vi.advanceTimersByTimeAsync(4000);
    expect(notices.said).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(api.asked).toBe(2);
  });

  it('after a reset forgets what ended unseen and learns what runs', async () => {
    store.apply({ kind: 'is', item: operation({ id: 'ended', target: { kind: 'container', id: 'x', name: 'x' } }) });
    api.operations = [operation({ id: 'runs', target: { kind: 'container', id: 'y', name: 'y' } })];
    store.refresh();
    await vi.advanceTimersByTimeAsync(0);
    expect([...store.running().keys()]).toEqual(['y']);
  });

  it('remembers a bounded number', () => {
    for (let i = 0; i < 500; i += 1) {
      store.apply({
        kind: 'is',
        item: operation({ id: `o${i}`, target: { kind: 'container', id: `${i}`, name: '' } }),
      });
    }
    expect(store.running().size).toBe(300);
  });

  it('keys under way do not hide a stop', () => {
    store.apply({ kind: 'is', item: operation({ id: 'o1', type: 'container.stop' }) });
    const keys = operation({ id: 'o2', type: 'container.redeploy-keys', createdAt: '2026-01-02T00:00:00.000Z' });
    store.apply({ kind: 'is', item: keys });
    expect(store.running().get('id-web1')?.type).toBe('container.stop');
  });
});
