import { TestBed } from '@angular/core/testing';
import { HttpErrorResponse } from '@angular/common/http';
import type { Container, ContainerDetail, Operation } from '@lxdm/api-client';
import { Subject } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Change } from '../live/live-event';
import { OperationsStore } from '../operations/operations.store';
import { container, containerDetail, operation } from '../testing/samples';
import { ContainerDetailStore } from './container-detail.store';
import { ContainersStore } from './containers.store';

class FakeContainers {
  readonly changes = new Subject<Change<Container> | 'reset'>();
  answer: ContainerDetail | HttpErrorResponse = containerDetail();
  asked = 0;
  get(): Promise<ContainerDetail> {
    this.asked += 1;
    return this.answer instanceof HttpErrorResponse ? Promise.reject(this.answer) : Promise.resolve(this.answer);
  }
}

class FakeOperations {
  live: Operation[] = [];
  know(): void {
    return;
  }
  ofTarget(): Operation[] {
    return this.live;
  }
}

describe('ContainerDetailStore', () => {
  let containers: FakeContainers;
  let operations: FakeOperations;
  let store: ContainerDetailStore;

  beforeEach(() => {
    vi.useFakeTimers();
    containers = new FakeContainers();
    operations = new FakeOperations();
    TestBed.configureTestingModule({
      providers: [
        ContainerDetailStore,
        { provide: ContainersStore, useValue: containers },
        { provide: OperationsStore, useValue: operations },
      ],
    });
    store = TestBed.inject(ContainerDetailStore);
  });
  afterEach(() => vi.useRealTimers());

  it('changes at once and asks for the rest once', async () => {
    await store.open('id-web1');
    for (const status of ['Stopping', 'Stopped'] as const)
      containers.changes.next({ kind: 'is', item: container({ status }) });
    expect(store.container()?.status).toBe('Stopped');
    expect(store.container()?.fqdn).toBe('web1.ct.example.org');
    expect(store.container()?.hostKeys).toEqual([]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(containers.asked).toBe(2);
  });

  it('forgets what an event does not say any more', async () => {
    containers.answer = containerDetail({ pending: true, stale: true, statusDetail: 'wait for the host' });
    await store.open('id-web1');
    containers.changes.next({ kind: 'is', item: container() });
    const { pending, stale, statusDetail } = store.container() ?? containerDetail({ pending: true });
    expect([pending, stale, statusDetail]).toEqual([undefined, undefined, undefined]);
  });

  it('does not care for other containers', async () => {
    await store.open('id-web1');
    containers.changes.next({ kind: 'is', item: container({ name: 'other', status: 'Error' }) });
    containers.changes.next({ kind: 'gone', id: 'id-other' });
    expect(store.container()?.status).toBe('Running');
    expect(store.gone()).toBe(false);
  });

  it('tells that it is gone, by event or by the next answer', async () => {
    await store.open('id-web1');
    containers.changes.next({ kind: 'gone', id: 'id-web1' });
    expect(store.gone()).toBe(true);
    await store.open('id-web1');
    expect(store.gone()).toBe(false);
    containers.answer = new HttpErrorResponse({ status: 404 });
    await store.load();
    expect(store.gone()).toBe(true);
    expect(store.fault()).toBeNull();
  });

  it('tells a 404 of an address that never led anywhere as a fault', async () => {
    containers.answer = new HttpErrorResponse({ status: 404 });
    await store.open('nowhere');
    expect(store.fault()?.status).toBe(404);
    expect(store.gone()).toBe(false);
  });

  it('shows the newest word on each operation, newest first', async () => {
    containers.answer = containerDetail({
      operations: [
        operation({ id: 'a', status: 'Running', createdAt: '2026-01-01T00:00:00Z' }),
        operation({ id: 'b', status: 'Success', createdAt: '2026-01-02T00:00:00Z' }),
      ],
    });
    operations.live = [
      operation({ id: 'a', status: 'Success', createdAt: '2026-01-01T00:00:00Z' }),
      operation({ id: 'c', status: 'Pending', createdAt: '2026-01-03T00:00:00Z' }),
    ];
    await store.open('id-web1');
    expect(store.history().map((known) => `${known.id} ${known.status}`)).toEqual([
      'c Pending',
      'b Success',
      'a Success',
    ]);
  });
});
