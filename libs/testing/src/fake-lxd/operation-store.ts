import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';

/** One operation of the fake, in the shape of the wire. */
export interface FakeOperation {
  readonly id: string;
  readonly class: string;
  readonly description: string;
  readonly created_at: string;
  updated_at: string;
  status: string;
  status_code: number;
  readonly resources: Record<string, string[]>;
  metadata: Record<string, unknown> | null;
  may_cancel: boolean;
  err: string;
  readonly location: string;
}

const states = { Running: 103, Success: 200, Failure: 400, Cancelled: 401 } as const;

/** Operations live in memory only and vanish some time after their end, as LXD's do. */
export class OperationStore {
  private readonly operations = new Map<string, FakeOperation>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly changes = new EventEmitter().setMaxListeners(0);

  constructor(
    private readonly timings: { readonly operationTtlMs: number },
    private readonly announce: (operation: FakeOperation) => void,
  ) {}

  list(): FakeOperation[] {
    return [...this.operations.values()];
  }

  get(id: string): FakeOperation | undefined {
    return this.operations.get(id);
  }

  /** Begins an operation; `work` runs in the background and its rejection is the operation's failure. */
  begin(
    description: string,
    resources: Record<string, string[]>,
    work: (operation: FakeOperation) => Promise<void>,
    extra: Partial<Pick<FakeOperation, 'class' | 'metadata' | 'may_cancel'>> = {},
  ): FakeOperation {
    const now = new Date().toISOString();
    const operation: FakeOperation = {
      id: randomUUID(),
      class: extra.class ?? 'task',
      description,
      created_at: now,
      updated_at: now,
      status: 'Running',
      status_code: states.Running,
      resources,
      metadata: extra.metadata ?? null,
      may_cancel: extra.may_cancel ?? false,
      err: '',
      location: 'none',
    };
    this.operations.set(operation.id, operation);
    this.announce(operation);
    void work(operation).then(
      () => this.end(operation, 'Success', ''),
      (error: unknown) => this.end(operation, 'Failure', error instanceof Error ? error.message : String(error)),
    );
    return operation;
  }

  /** Ends it as it is told; a second end is ignored. */
  end(operation: FakeOperation, status: 'Success' | 'Failure' | 'Cancelled', err: string): void {
    if (operation.status_code !== states.Running) return;
    operation.status = status;
    operation.status_code = states[status];
    operation.err = err;
    operation.may_cancel = false;
    operation.updated_at = new Date().toISOString();
    this.announce(operation);
    this.changes.emit(operation.id);
    this.later(this.timings.operationTtlMs, () => this.operations.delete(operation.id));
  }

  /** Resolves at the operation's end or after `ms`, whichever comes first. */
  async wait(operation: FakeOperation, ms: number): Promise<void> {
    if (operation.status_code !== states.Running || ms <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = this.later(ms, () => done());
      const done = (): void => {
        clearTimeout(timer);
        this.timers.delete(timer);
        this.changes.off(operation.id, done);
        resolve();
      };
      this.changes.once(operation.id, done);
    });
  }

  /** A daemon that restarts has forgotten everything. */
  forgetAll(): void {
    const ids = [...this.operations.keys()];
    this.operations.clear();
    for (const id of ids) this.changes.emit(id);
  }

  close(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.forgetAll();
  }

  private later(ms: number, run: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      run();
    }, ms);
    this.timers.add(timer);
    return timer.unref();
  }
}
