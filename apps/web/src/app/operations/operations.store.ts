import { computed, inject, Injectable, signal } from '@angular/core';
import { OperationsService, type Operation } from '@lxdm/api-client';
import { Notices } from '../feedback/notices';
import type { Change } from '../live/live-event';
import { PagedList } from '../live/paged-list';
import { isFinished, outcomeText } from './operation-text';

export type OperationStatus = Operation['status'];

export interface OperationQuery {
  status: OperationStatus | '';
  page: number;
}

const unfinished = ['Pending', 'Running'] as const;
const remembered = 300;
/** Where the stream is down, or was faster than the answer, asking settles it. */
const askAgain = 4_000;

/** Operations as they run: what the operations page lists, what rows show as progress, what ends in a notice. */
@Injectable({ providedIn: 'root' })
export class OperationsStore {
  private readonly api = inject(OperationsService);
  private readonly notices = inject(Notices);
  private readonly recent = signal<ReadonlyMap<string, Operation>>(new Map());
  private readonly followed = new Set<string>();

  readonly list = new PagedList<Operation, OperationQuery>(
    ({ status, page }) => this.api.listOperations({ page, pageSize: 50, ...(status === '' ? {} : { status }) }),
    (query, before, after) => query.status !== '' && before.status !== after.status,
  );

  /** The operation that is outstanding on a thing, by the thing's id; the newest wins. */
  readonly running = computed(() => {
    const byTarget = new Map<string, Operation>();
    for (const operation of this.recent().values()) {
      // Keys are delivered beside whatever else is done: that neither shows as a status nor hides one.
      if (isFinished(operation) || operation.type === 'container.redeploy-keys') continue;
      const known = byTarget.get(operation.target.id);
      if (!known || known.createdAt <= operation.createdAt) byTarget.set(operation.target.id, operation);
    }
    return byTarget;
  });

  readonly ofTarget = (id: string): Operation[] =>
    [...this.recent().values()].filter((operation) => operation.target.id === id);

  apply(change: Change<Operation>): void {
    this.list.apply(change);
    if (change.kind === 'gone') return;
    const known = this.recent().get(change.item.id);
    // Two answers may cross on the way: an end stays an end.
    if (!known || !isFinished(known)) this.learn(change.item);
  }

  /** This user's own action: shown at once, and its outcome is told wherever the user is by then. */
  follow(operation: Operation): Operation {
    this.followed.add(operation.id);
    const seen = this.recent().get(operation.id);
    this.learn(seen && isFinished(seen) ? seen : operation);
    this.watch(operation.id);
    return operation;
  }

  /** After a (re)connection: what runs now began before anybody listened, and what ran may have ended meanwhile. */
  refresh(): void {
    void this.list.load();
    this.resync().catch(() => undefined);
  }

  /** What a page has loaded on its own. */
  know(operations: Operation[]): void {
    for (const operation of operations) {
      const known = this.recent().get(operation.id);
      if (!known || (!isFinished(known) && isFinished(operation))) this.learn(operation);
    }
  }

  clear(): void {
    this.followed.clear();
    this.recent.set(new Map());
    this.list.clear();
  }

  private async resync(): Promise<void> {
    const before = [...this.recent().values()].filter((operation) => !isFinished(operation));
    const pages = await Promise.all(
      unfinished.map((status) => this.api.listOperations({ status, pageSize: remembered })),
    );
    const now = pages.flatMap((page) => page.items);
    const running = new Set(now.map((operation) => operation.id));
    const ended = before.filter(({ id }) => !running.has(id) && !this.followed.has(id));
    if (ended.length > 0) {
      const next = new Map(this.recent());
      for (const { id } of ended) next.delete(id);
      this.recent.set(next);
    }
    this.know(now);
  }

  private learn(operation: Operation): void {
    const next = new Map(this.recent());
    next.delete(operation.id);
    next.set(operation.id, operation);
    for (const id of next.keys()) {
      if (next.size <= remembered) break;
      next.delete(id);
    }
    this.recent.set(next);
    if (isFinished(operation)) this.tell(operation);
  }

  private tell(operation: Operation): void {
    if (!this.followed.delete(operation.id)) return;
    const text = outcomeText(operation);
    if (operation.status === 'Success') this.notices.say(text);
    else this.notices.warn(text);
  }

  private watch(id: string): void {
    setTimeout(() => {
      if (!this.followed.has(id)) return;
      this.api.getOperation({ id }).then(
        (operation) => this.apply({ kind: 'is', item: operation }),
        () => undefined,
      );
      this.watch(id);
    }, askAgain);
  }
}
