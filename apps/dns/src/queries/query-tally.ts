import { QueryEvent, rcodeName, RrType, typeName } from '@lxdm/nameserver';
import { answerSeconds, queriesTotal, rateLimitedTotal, truncatedTotal } from '../dns-metrics';

/** Strangers choose the type: only those that we know become labels of their own. */
const TYPE_LABELS: readonly string[] = ['other', 'none', ...Object.values(RrType).map((type) => typeName(type))];
const OTHER = 0;
const NONE = 1;
const labelOfType = new Uint8Array(65_536).fill(OTHER);
for (const [at, type] of Object.values(RrType).entries()) labelOfType[type] = NONE + 1 + at;
/** One more than the highest response code of a message (RFC 7873 §8). */
const DROPPED = 24;
const PROTOCOLS = ['udp', 'tcp'] as const;

/** Counts queries at the price of a number in an array; the metrics take them over now and then. */
export class QueryTally {
  /** For each response code, each type of each protocol. */
  private readonly counts = new Uint32Array((DROPPED + 1) * TYPE_LABELS.length * PROTOCOLS.length);
  private truncated = 0;
  private dropped = 0;
  private slipped = 0;

  /** Notes one message. */
  count({ protocol, rcode = DROPPED, type, truncated, verdict, milliseconds }: QueryEvent): void {
    const label = type === undefined ? NONE : (labelOfType[type] as number);
    const at = ((rcode * TYPE_LABELS.length + label) << 1) | (protocol === 'tcp' ? 1 : 0);
    this.counts[at] = (this.counts[at] as number) + 1;
    // Few are timed: cheap enough to go straight to the histogram.
    if (milliseconds !== undefined) answerSeconds.observe(milliseconds / 1_000);
    if (truncated) this.truncated += 1;
    if (verdict === 'drop') this.dropped += 1;
    else if (verdict === 'slip') this.slipped += 1;
  }

  /** Hands what was counted over to the metrics. */
  flush(): void {
    for (const [at, count] of this.counts.entries()) if (count > 0) queriesTotal.inc(labelsAt(at), count);
    this.counts.fill(0);
    truncatedTotal.inc(this.truncated);
    this.truncated = 0;
    rateLimitedTotal.inc({ how: 'dropped' }, this.dropped);
    rateLimitedTotal.inc({ how: 'slipped' }, this.slipped);
    this.dropped = 0;
    this.slipped = 0;
  }
}

function labelsAt(at: number): { protocol: string; rcode: string; type: string } {
  const rcode = Math.floor((at >> 1) / TYPE_LABELS.length);
  return {
    protocol: PROTOCOLS[(at & 1) as 0 | 1],
    rcode: rcode === DROPPED ? 'dropped' : rcodeName(rcode),
    type: TYPE_LABELS[(at >> 1) % TYPE_LABELS.length] as string,
  };
}
