import { QueryEvent, rcodeName, RrType, typeName } from '@lxdm/nameserver';
import { answerSeconds, queriesTotal, rateLimitedTotal, truncatedTotal } from '../dns-metrics';

const KNOWN_TYPES: ReadonlySet<number> = new Set(Object.values(RrType));
const DROPPED = 0xff;
const UNREAD = 0x1_0000;

/** Counts queries at the price of a number in a map; the metrics take them over now and then. */
export class QueryTally {
  private readonly counts = new Map<number, number>();
  private truncated = 0;
  private dropped = 0;
  private slipped = 0;

  /** Notes one message. */
  count({ protocol, rcode = DROPPED, type = UNREAD, truncated, verdict, milliseconds }: QueryEvent): void {
    // Strangers choose the type: only those that we know become labels of their own.
    const label = type === UNREAD || KNOWN_TYPES.has(type) ? type : 0;
    const key = ((rcode * (UNREAD + 1) + label) << 1) | (protocol === 'tcp' ? 1 : 0);
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    // One in sixteen is timed: cheap enough to go straight to the histogram.
    if (milliseconds !== undefined) answerSeconds.observe(milliseconds / 1_000);
    if (truncated) this.truncated += 1;
    if (verdict === 'drop') this.dropped += 1;
    else if (verdict === 'slip') this.slipped += 1;
  }

  /** Hands what was counted over to the metrics. */
  flush(): void {
    for (const [key, count] of this.counts) queriesTotal.inc(labelsOf(key), count);
    this.counts.clear();
    truncatedTotal.inc(this.truncated);
    this.truncated = 0;
    rateLimitedTotal.inc({ how: 'dropped' }, this.dropped);
    rateLimitedTotal.inc({ how: 'slipped' }, this.slipped);
    this.dropped = 0;
    this.slipped = 0;
  }
}

function labelsOf(key: number): { protocol: string; rcode: string; type: string } {
  const rcode = Math.floor((key >>> 1) / (UNREAD + 1));
  const type = (key >>> 1) % (UNREAD + 1);
  return {
    protocol: (key & 1) === 1 ? 'tcp' : 'udp',
    rcode: rcode === DROPPED ? 'dropped' : rcodeName(rcode),
    type: type === UNREAD ? 'none' : type === 0 ? 'other' : typeName(type),
  };
}
