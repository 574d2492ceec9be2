/** Kinds of a thing that are remembered: who makes up more of them than this is told of each. */
const MOST_KINDS = 1_000;

/** Keeps those who do not give up from filling the log: the first thing of a kind is told, those that follow are counted for a while. */
export class NowAndThen {
  private readonly kinds = new Map<string, { at: number; times: number }>();

  /** @param interval milliseconds */
  constructor(
    private readonly interval: number,
    private readonly now: () => number = Date.now,
  ) {}

  /** How many of the kind are to be told now, this one included; 0 to keep silent. */
  count(kind: string): number {
    const now = this.now();
    const known = this.kinds.get(kind);
    if (known && now - known.at < this.interval) {
      known.times += 1;
      return 0;
    }
    if (!known && this.kinds.size >= MOST_KINDS) this.kinds.clear();
    this.kinds.set(kind, { at: now, times: 0 });
    return 1 + (known?.times ?? 0);
  }
}
