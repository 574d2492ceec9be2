import { TestBed } from '@angular/core/testing';
import type { Container, ContainerKey, ContainerKeys } from '@lxdm/api-client';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../live/live-event';
import { container } from '../testing/samples';
import { ContainerKeysStore } from './container-keys.store';
import { ContainersStore } from './containers.store';

function key(state: ContainerKey['state']): ContainerKey {
  return {
    fingerprint: 'SHA256:x',
    type: 'ssh-ed25519',
    comment: 'ada',
    owner: null,
    source: null,
    state,
    detail: null,
  };
}

class FakeContainers {
  readonly changes = new Subject<Change<Container> | 'reset'>();
  asked: string[] = [];
  answer: ContainerKeys = { checkedAt: null, error: null, keys: [key('placed')] };
  down = false;
  keys(id: string): Promise<ContainerKeys> {
    this.asked.push(id);
    return this.down ? Promise.reject(new Error('down')) : Promise.resolve(this.answer);
  }
}

describe('ContainerKeysStore', () => {
  let containers: FakeContainers;
  let store: ContainerKeysStore;

  beforeEach(() => {
    vi.useFakeTimers();
    containers = new FakeContainers();
    TestBed.configureTestingModule({
      providers: [ContainerKeysStore, { provide: ContainersStore, useValue: containers }],
    });
    store = TestBed.inject(ContainerKeysStore);
  });
  afterEach(() => vi.useRealTimers());

  it('asks again only while keys are on their way', async () => {
    containers.answer = { ...containers.answer, keys: [key('placed'), key('pending')] };
    await store.open('c1');
    expect(store.moving()).toBe(true);
    containers.answer = { ...containers.answer, keys: [key('placed'), key('placed')] };
    await vi.advanceTimersByTimeAsync(3_000);
    expect(store.moving()).toBe(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(containers.asked).toHaveLength(2);
  });

  it.each([
    ['its own change', { kind: 'is', item: container({ id: 'c1' }) }, 2],
    ['a reset', 'reset', 2],
    ['another container', { kind: 'is', item: container({ id: 'c2' }) }, 1],
  ] as [string, Change<Container> | 'reset', number][])('looks after %s', async (_what, change, times) => {
    await store.open('c1');
    containers.changes.next(change);
    containers.changes.next(change);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(containers.asked).toHaveLength(times);
  });

  it('keeps what it knows when the server is down', async () => {
    await store.open('c1');
    containers.down = true;
    await store.load();
    expect([store.keys().length, store.fault() === null]).toEqual([1, false]);
  });

  it('shows nothing of the container before', async () => {
    await store.open('c1');
    const opened = store.open('c2');
    expect(store.state()).toBeNull();
    await opened;
    expect(containers.asked).toEqual(['c1', 'c2']);
  });
});
