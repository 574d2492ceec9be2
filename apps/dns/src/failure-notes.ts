import type { Logger } from 'pino';

/** How often failures of one kind are told, in milliseconds. */
const INTERVAL_MS = 10_000;
const MOST_KINDS = 100;

/**
 * Keeps senders of packets from filling the disk: the first failure of a kind is told whole, those that follow are counted until
 * some time has passed.
 */
export class FailureNotes {
  private readonly kinds = new Map<string, { at: number; untold: number }>();

  constructor(
    private readonly log: Pick<Logger, 'error'>,
    private readonly now: () => number = Date.now,
  ) {}

  readonly note = (err: Error): void => {
    const kind = (err as NodeJS.ErrnoException).code ?? err.name;
    const now = this.now();
    const known = this.kinds.get(kind);
    if (known && now - known.at < INTERVAL_MS) {
      known.untold += 1;
      return;
    }
    if (this.kinds.size >= MOST_KINDS) this.kinds.clear();
    this.kinds.set(kind, { at: now, untold: 0 });
    this.log.error({ err, untold: known?.untold ?? 0 }, 'a socket or a packet failed');
  };
}
