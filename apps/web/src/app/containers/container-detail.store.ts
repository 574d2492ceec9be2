import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';
import type { Container, ContainerDetail, Operation } from '@lxdm/api-client';
import { faultOf, type Fault } from '../api/problem';
import type { Change } from '../live/live-event';
import { isFinished } from '../operations/operation-text';
import { OperationsStore } from '../operations/operations.store';
import { ContainersStore } from './containers.store';

const settleTime = 700;
/** What an event leaves out because it is not so any more. */
const saidAgain = { statusDetail: undefined, pending: undefined, stale: undefined };

/** One container with all that its page shows: events change it at once, what they lack is asked for afterwards. */
@Injectable()
export class ContainerDetailStore {
  private readonly containers = inject(ContainersStore);
  private readonly operations = inject(OperationsStore);
  private readonly loaded = signal<ContainerDetail | null>(null);
  private readonly failed = signal<Fault | null>(null);
  private readonly vanished = signal(false);
  private id = '';
  private timer: ReturnType<typeof setTimeout> | undefined;

  readonly container = this.loaded.asReadonly();
  readonly fault = this.failed.asReadonly();
  /** It was here while the page was open, and is not any more. */
  readonly gone = this.vanished.asReadonly();
  /** The server's last operations, with what the stream has said about them since. */
  readonly history = computed<Operation[]>(() => {
    const container = this.loaded();
    if (container === null) return [];
    const byId = new Map(container.operations.map((operation) => [operation.id, operation]));
    for (const live of this.operations.ofTarget(container.id)) {
      const known = byId.get(live.id);
      if (known === undefined || !isFinished(known)) byId.set(live.id, live);
    }
    return [...byId.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  });

  constructor() {
    const changes = this.containers.changes.subscribe((change) => this.heard(change));
    inject(DestroyRef).onDestroy(() => {
      changes.unsubscribe();
      clearTimeout(this.timer);
    });
  }

  async open(id: string): Promise<void> {
    if (id !== this.id) this.loaded.set(null);
    this.id = id;
    this.vanished.set(false);
    await this.load();
  }

  async load(): Promise<void> {
    const id = this.id;
    try {
      const detail = await this.containers.get(id);
      if (id !== this.id) return;
      this.loaded.set(detail);
      this.operations.know(detail.operations);
      this.failed.set(null);
    } catch (error) {
      if (id === this.id) this.refused(faultOf(error));
    }
  }

  private heard(change: Change<Container> | 'reset'): void {
    if (change === 'reset') return this.later();
    if (change.kind === 'gone') {
      if (change.id !== this.id) return;
      clearTimeout(this.timer);
      this.vanished.set(true);
      return;
    }
    if (change.item.id !== this.id) return;
    this.loaded.update((detail) => detail && { ...detail, ...saidAgain, ...change.item });
    this.later();
  }

  private refused(fault: Fault): void {
    if (fault.status === 404 && this.loaded() !== null) this.vanished.set(true);
    else this.failed.set(fault);
  }

  private later(): void {
    clearTimeout(this.timer);
    if (this.id !== '') this.timer = setTimeout(() => void this.load(), settleTime);
  }
}
