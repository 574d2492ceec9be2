/** How long the answer to an update is remembered, in milliseconds: as long as its signature counts, both clocks' differences included. */
const REMEMBERED_MS = 600_000;
/** The oldest are forgotten first; prerequisites still tell a replay of those from the first time. */
const MOST = 10_000;

interface Seen {
  rcode: Promise<number>;
  until: number;
}

/**
 * Updates by their MAC, which no other message has: one that comes again, because its answer was lost or somebody recorded it, gets
 * the answer of the first and is not carried out twice (RFC 2136 §3.8, RFC 8945 §10).
 */
export class SeenUpdates {
  private readonly seen = new Map<string, Seen>();

  constructor(private readonly now: () => number = Date.now) {}

  get size(): number {
    return this.seen.size;
  }

  /** Carries the update out unless it was seen; what could not be carried out may be tried again. */
  once(key: string, carryOut: () => Promise<number>, failed: (rcode: number) => boolean): Promise<number> {
    this.forget();
    const known = this.seen.get(key);
    if (known && known.until > this.now()) return known.rcode;
    const rcode = carryOut();
    this.seen.delete(key);
    const seen = { rcode, until: this.now() + REMEMBERED_MS };
    this.seen.set(key, seen);
    const drop = (): void => {
      if (this.seen.get(key) === seen) this.seen.delete(key);
    };
    rcode.then((code) => failed(code) && drop(), drop);
    return rcode;
  }

  private forget(): void {
    const now = this.now();
    for (const [key, { until }] of this.seen) {
      if (until > now && this.seen.size < MOST) return;
      this.seen.delete(key);
    }
  }
}
