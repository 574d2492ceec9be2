/** How often the refusals of one key are written down, in milliseconds. */
const INTERVAL_MS = 60_000;
const MOST_KEYS = 1_000;

/** Keeps a client that does not give up from filling the log: the first refusal is told, further ones are counted for a minute. */
export class RefusalNotes {
  private readonly keys = new Map<string, { at: number; times: number }>();

  constructor(private readonly now: () => number = Date.now) {}

  /** How many refusals of the key are to be told now; 0 to keep silent. */
  count(key: string): number {
    const now = this.now();
    const known = this.keys.get(key);
    if (known && now - known.at < INTERVAL_MS) {
      known.times += 1;
      return 0;
    }
    if (!known && this.keys.size >= MOST_KEYS) this.keys.clear();
    this.keys.set(key, { at: now, times: 0 });
    return 1 + (known?.times ?? 0);
  }
}
