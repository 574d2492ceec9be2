import type { SecondaryContents } from '@lxdm/entities/zones';
import { NotifyTarget, Rcode, rcodeName, TsigKey, Zone } from '@lxdm/nameserver';
import type { SecondaryNotes } from './secondary-notes';
import { notifiesTotal } from './transfer-metrics';

/** How long the answers to the tries are waited for, in milliseconds (RFC 1996 §3.6). */
const TRIES: readonly number[] = [1_000, 2_000, 4_000, 8_000, 16_000];

/** What a notifier is made of. */
export interface NotifierParts {
  /** Sends once; resolves with the rcode of the answer, or undefined when none came in time. */
  readonly send: (zone: Zone, target: NotifyTarget, timeout: number) => Promise<number | undefined>;
  readonly keyById: (id: string) => TsigKey | undefined;
  readonly notes: Pick<SecondaryNotes, 'note'>;
  /** Origin of the zone whose serial stands for all. */
  readonly forward: string;
  readonly tries?: readonly number[];
  readonly now?: () => number;
}

/** One secondary and one zone. */
interface Pair {
  secondary: SecondaryContents;
  zone: Zone;
  /** The version that it was told of, or that telling was given up for. */
  done: Zone | undefined;
  busy: boolean;
}

/** Tells secondaries of new versions: of each pair of a secondary and a zone at most one message is on its way, and the newest version counts. */
export class Notifier {
  private pairs = new Map<string, Pair>();
  private stopped = false;

  constructor(private readonly parts: NotifierParts) {}

  /** What is served now, and who is to know; cheap when all of them know. */
  update(zones: ReadonlyMap<string, Zone>, secondaries: readonly SecondaryContents[]): void {
    const pairs = new Map<string, Pair>();
    for (const secondary of secondaries) {
      for (const [name, zone] of zones) {
        const key = [secondary.id, secondary.address, secondary.port, secondary.tsigKeyId, name].join(' ');
        const pair = this.pairs.get(key) ?? { secondary, zone, done: undefined, busy: false };
        pair.zone = zone;
        pairs.set(key, pair);
        if (!pair.busy && pair.done !== zone) void this.tell(pair, key);
      }
    }
    this.pairs = pairs;
  }

  stop(): void {
    this.stopped = true;
  }

  private async tell(pair: Pair, key: string): Promise<void> {
    pair.busy = true;
    try {
      // A pair that is not wanted any more is let go.
      do await this.tellVersion(pair, key);
      while (pair.done !== pair.zone && this.isWanted(pair, key));
    } finally {
      pair.busy = false;
    }
  }

  /** The version that is newest at each try; one that is refused is not tried again before the next. */
  private async tellVersion(pair: Pair, key: string): Promise<void> {
    const { tries = TRIES, send } = this.parts;
    for (const timeout of tries) {
      const { zone } = pair;
      const rcode = await send(zone, this.target(pair.secondary), timeout);
      if (!this.isWanted(pair, key)) return;
      if (rcode === undefined) continue;
      pair.done = zone;
      return this.answered(pair.secondary, zone, rcode);
    }
    pair.done = pair.zone;
    notifiesTotal.inc({ outcome: 'unanswered' });
    this.parts.notes.note({ id: pair.secondary.id, error: 'it does not answer when it is told of changes' });
  }

  private answered({ id }: SecondaryContents, zone: Zone, rcode: number): void {
    const { notes, forward, now = Date.now } = this.parts;
    const isAcknowledged = rcode === Rcode.NOERROR;
    notifiesTotal.inc({ outcome: isAcknowledged ? 'acknowledged' : 'refused' });
    if (!isAcknowledged) {
      const name = zone.origin.toString();
      return notes.note({ id, error: `it answers ${rcodeName(rcode)} when it is told of changes of ${name}` });
    }
    if (zone.origin.toString() !== forward) return;
    notes.note({ id, notified: { serial: zone.serial, at: new Date(now()) }, error: null });
  }

  private isWanted(pair: Pair, key: string): boolean {
    return !this.stopped && this.pairs.get(key) === pair;
  }

  private target({ address, port, tsigKeyId }: SecondaryContents): NotifyTarget {
    return { address, port, key: tsigKeyId === null ? undefined : this.parts.keyById(tsigKeyId) };
  }
}
