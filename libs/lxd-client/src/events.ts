import { setTimeout as sleep } from 'node:timers/promises';
import { listenOnce } from './event-socket';
import { reconnectDelay } from './event-backoff';
import { LxdError } from './errors';
import type { HostAddress } from './host-address';
import { ItemQueue } from './item-queue';
import type { TlsIdentity } from './pinned-tls';
import type { LxdEvent } from './wire/event';

/** What the stream yields. After every `connected` the reader must rescan the host: events are not resent. */
export type EventStreamItem =
  | { readonly kind: 'connected' }
  | { readonly kind: 'event'; readonly event: LxdEvent }
  | { readonly kind: 'disconnected'; readonly reason: LxdError; readonly retryInMs: number };

/** Patience of the stream, in milliseconds. */
export interface EventStreamOptions {
  readonly signal?: AbortSignal;
  /** How often to ping; default 10 s. */
  readonly pingMs?: number;
  /** Silence after which the host counts as hung; default 20 s. */
  readonly deadMs?: number;
  /** First and longest pause between reconnects; default 0.5 s and 30 s. */
  readonly minBackoffMs?: number;
  readonly maxBackoffMs?: number;
  /** Unread items after which the connection is given up and a rescan is due; default 10,000. */
  readonly maxUnread?: number;
}

const steadyMs = 10_000;

/** Events of one host as `for await (const item of stream)`; reconnects by itself until it is closed. One reader only. */
export class LxdEventStream implements AsyncIterable<EventStreamItem> {
  private readonly stop = new AbortController();
  private readonly queue: ItemQueue<EventStreamItem>;
  private running: Promise<void> | undefined;
  private readonly onAbort = (): void => this.stop.abort();

  constructor(
    private readonly address: HostAddress,
    private readonly identity: TlsIdentity,
    private readonly project: string,
    private readonly connectMs: number,
    private readonly options: EventStreamOptions,
  ) {
    this.queue = new ItemQueue(options.maxUnread ?? 10_000);
    options.signal?.addEventListener('abort', this.onAbort, { once: true });
    if (options.signal?.aborted === true) this.stop.abort();
  }

  [Symbol.asyncIterator](): AsyncIterator<EventStreamItem, undefined> {
    if (this.running !== undefined) throw new LxdError('bad-request', 'An event stream has one reader only');
    this.running = this.run();
    return {
      next: () => this.queue.next(),
      return: async () => {
        await this.close();
        return { done: true, value: undefined };
      },
    };
  }

  /** Ends the stream; the reader's loop ends normally. */
  async close(): Promise<void> {
    this.stop.abort();
    this.options.signal?.removeEventListener('abort', this.onAbort);
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.stop;
    let failures = 0;
    while (!signal.aborted) {
      let openedAt = Number.POSITIVE_INFINITY;
      const reason = await listenOnce({
        address: this.address,
        identity: this.identity,
        project: this.project,
        connectMs: this.connectMs,
        pingMs: this.options.pingMs ?? 10_000,
        deadMs: this.options.deadMs ?? 20_000,
        signal,
        onOpen: () => {
          openedAt = performance.now();
          this.tell({ kind: 'connected' });
        },
        onEvent: (event) => this.queue.push({ kind: 'event', event }),
      });
      if (signal.aborted) break;
      // A host that accepts and drops us at once has not recovered.
      if (performance.now() - openedAt > steadyMs) failures = 0;
      const retryInMs = this.pause(reason, failures);
      failures += 1;
      this.tell({ kind: 'disconnected', reason, retryInMs });
      // An aborted sleep is how close() wakes us.
      await sleep(retryInMs, undefined, { signal }).catch(() => undefined);
    }
    this.queue.end();
  }

  private pause(reason: LxdError, failures: number): number {
    const { minBackoffMs = 500, maxBackoffMs = 30_000 } = this.options;
    // A changed certificate or lost trust is healed by people: asking often helps nobody.
    return reconnectDelay(reason.retryable ? failures : Number.MAX_SAFE_INTEGER, minBackoffMs, maxBackoffMs);
  }

  /** News about the connection goes before unread events: a rescan covers them. */
  private tell(item: EventStreamItem): void {
    if (this.queue.push(item)) return;
    this.queue.clear();
    this.queue.push(item);
  }
}
