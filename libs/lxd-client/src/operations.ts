import type { Api } from './api';
import { isLxdError, LxdError } from './errors';
import { operationError } from './operation-error';
import { defaultTimeouts, type CallOptions } from './timeouts';
import { isFinalCode, StatusCode } from './wire/status-code';
import type { Operation } from './wire/operation';

/** How a wait ended. `gone` and `deadline` mean: look at the object itself, the host decides what is true. */
export type OperationOutcome =
  | { readonly outcome: 'success'; readonly operation: Operation }
  | { readonly outcome: 'failure'; readonly operation: Operation; readonly error: LxdError }
  | { readonly outcome: 'cancelled'; readonly operation: Operation }
  | { readonly outcome: 'gone' }
  | { readonly outcome: 'deadline'; readonly operation: Operation | undefined };

/** How long to wait, and who wants to hear about progress. */
export interface WaitOptions {
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  /** Length of one slice of waiting in seconds; the default is 10. */
  readonly sliceSeconds?: number;
  /** Called with every version of the operation that differs from the one before. */
  readonly onProgress?: (operation: Operation) => void;
}

/** The running operations of one host; LXD forgets each a few seconds after its end. */
export class Operations {
  constructor(private readonly api: Api) {}

  async get(id: string, options: CallOptions = {}): Promise<Operation> {
    return this.api.get<Operation>(['operations', id], options);
  }

  async cancel(id: string, options: CallOptions = {}): Promise<void> {
    await this.api.call('DELETE', ['operations', id], options);
  }

  /** Waits in slices, so that a dead connection is noticed; transport errors are thrown, everything else is an outcome. */
  async wait(operation: Operation | string, options: WaitOptions): Promise<OperationOutcome> {
    const id = typeof operation === 'string' ? operation : operation.id;
    const end = performance.now() + options.deadlineMs;
    let last = typeof operation === 'string' ? undefined : operation;
    for (;;) {
      if (last !== undefined && isFinalCode(last.status_code)) return settled(last, this.api.origin);
      const leftMs = end - performance.now();
      if (leftMs <= 0) return { outcome: 'deadline', operation: last };
      const next = await this.slice(id, Math.min((options.sliceSeconds ?? 10) * 1000, leftMs), options.signal);
      if (next === undefined) return { outcome: 'gone' };
      if (JSON.stringify(next) !== JSON.stringify(last)) options.onProgress?.(next);
      last = next;
    }
  }

  /** One slice; undefined where LXD no longer knows the operation. */
  private async slice(id: string, ms: number, signal: AbortSignal | undefined): Promise<Operation | undefined> {
    // LXD counts whole seconds and 0 means: answer at once.
    const seconds = Math.max(1, Math.ceil(ms / 1000));
    const patience = seconds * 1000 + defaultTimeouts.idleMs;
    const timeouts = { headersMs: patience, idleMs: patience, totalMs: patience };
    try {
      return await this.api.get<Operation>(['operations', id, 'wait'], {
        signal,
        timeouts,
        query: { timeout: String(seconds) },
      });
    } catch (error) {
      if (isLxdError(error, 'not-found')) return undefined;
      if (!isSliceOver(error)) throw error;
      return this.peek(id, signal);
    }
  }

  private async peek(id: string, signal: AbortSignal | undefined): Promise<Operation | undefined> {
    try {
      return await this.get(id, { signal });
    } catch (error) {
      if (isLxdError(error, 'not-found')) return undefined;
      throw error;
    }
  }
}

/** Newer servers end a slice with an error instead of the running operation. */
function isSliceOver(error: unknown): boolean {
  return isLxdError(error) && /context deadline exceeded|timed? ?out/i.test(error.lxdMessage ?? '');
}

function settled(operation: Operation, origin: string): OperationOutcome {
  if (operation.status_code === StatusCode.Success) return { outcome: 'success', operation };
  if (operation.status_code === StatusCode.Cancelled) return { outcome: 'cancelled', operation };
  return { outcome: 'failure', operation, error: operationError(operation, origin) };
}
