import type { SecondaryObservation } from '@lxdm/entities/zones';
import type { Logger } from 'pino';

/** Where observations are written down. */
export interface SecondaryStore {
  record: (observations: readonly SecondaryObservation[]) => Promise<void>;
}

/** Pauses in milliseconds: a storm of changes writes seldom. */
const GAP_MS = 500;
const RETRY_MS = 10_000;

/** Collects what is seen of secondaries, one entry each, and writes it down now and then; nothing waits for it. */
export class SecondaryNotes {
  private pending = new Map<string, SecondaryObservation>();
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> | undefined;
  private failing = false;
  private stopped = false;

  constructor(
    private readonly store: SecondaryStore,
    private readonly log: Logger,
    private readonly gapMs = GAP_MS,
  ) {}

  /** Notes something for later; the newest of each kind counts. */
  note(observation: SecondaryObservation): void {
    this.pending.set(observation.id, { ...this.pending.get(observation.id), ...observation });
    this.plan(this.gapMs);
  }

  /** Writes what is left, once. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.writing;
    await this.write();
  }

  private plan(milliseconds: number): void {
    if (this.timer || this.writing || this.stopped) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.writing = this.write().finally(() => {
        this.writing = undefined;
        if (this.pending.size > 0) this.plan(this.failing ? RETRY_MS : this.gapMs);
      });
    }, milliseconds);
    this.timer.unref();
  }

  private async write(): Promise<void> {
    const batch = this.pending;
    if (batch.size === 0) return;
    this.pending = new Map();
    try {
      await this.store.record([...batch.values()]);
      this.failing = false;
    } catch (err) {
      if (!this.failing)
        this.log.warn({ err }, 'what is seen of secondaries cannot be written down; it is tried again');
      this.failing = true;
      // What came meanwhile is newer.
      for (const [id, older] of batch) this.pending.set(id, { ...older, ...this.pending.get(id) });
    }
  }
}
