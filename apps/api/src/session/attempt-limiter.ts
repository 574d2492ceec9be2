interface Window {
  attempts: number;
  endsAt: number;
}

/** Counts attempts per key in windows of time, for a bounded number of keys. */
export class AttemptLimiter {
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly limit: number,
    private readonly windowMs: number,
    private readonly maxKeys = 10_000,
    private readonly now: () => number = Date.now,
  ) {}

  /** Counts an attempt before it is made, so that attempts at the same moment count too; returns the seconds to wait, 0 when it is allowed. */
  take(key: string): number {
    const now = this.now();
    const known = this.windows.get(key);
    const window = known && known.endsAt > now ? known : { attempts: 0, endsAt: now + this.windowMs };
    if (window !== known) this.add(key, window, now);
    if (window.attempts >= this.limit) return Math.max(1, Math.ceil((window.endsAt - now) / 1000));
    window.attempts++;
    return 0;
  }

  /** Takes an attempt back that turned out to be good. */
  refund(key: string): void {
    const window = this.windows.get(key);
    if (window && window.attempts > 0) window.attempts--;
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.windows.size;
  }

  private add(key: string, window: Window, now: number): void {
    this.windows.delete(key);
    if (this.windows.size >= this.maxKeys)
      for (const [old, { endsAt }] of this.windows) if (endsAt <= now) this.windows.delete(old);
    // Insertion order is age: when all are live, the one that ends first makes room.
    const [oldest] = this.windows.keys();
    if (this.windows.size >= this.maxKeys && oldest !== undefined) this.windows.delete(oldest);
    this.windows.set(key, window);
  }
}

/** The network that an address is counted under: an IPv6 customer has a whole /64 to change addresses in (RFC 6177). */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').split('%')[0] ?? '';
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = !tail ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  const groups = tail === undefined ? left : [...left, ...zeros, ...right];
  return `${groups
    .slice(0, 4)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
