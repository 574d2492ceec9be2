import { Answer } from './answer';
import { Name } from './name';
import { RrType } from './rr-type';

/** What answers for a zone's names: a Zone, or what stands in for one that is not there yet. */
export interface Authority {
  readonly origin: Name;
  /** Answers a question for a name of this zone, given its name key; with signatures and proofs for those who ask for them. */
  lookup(key: string, type: number, dnssecOk?: boolean): Answer;
}

/** Several zones; the one with the longest matching suffix answers. Immutable: a change is a new set. */
export class ZoneSet {
  /** A set without zones: everything is REFUSED. */
  static readonly EMPTY = new ZoneSet([]);
  private readonly byKey: ReadonlyMap<string, Authority>;
  private readonly keyLengths: ReadonlySet<number>;

  private constructor(readonly zones: readonly Authority[]) {
    this.byKey = new Map(zones.map((zone) => [zone.origin.key, zone]));
    this.keyLengths = new Set(zones.map((zone) => zone.origin.key.length));
    if (this.byKey.size !== zones.length) throw new RangeError('two zones have the same origin');
  }

  /** A set of zones with distinct origins. */
  static of(zones: readonly Authority[]): ZoneSet {
    return new ZoneSet(zones);
  }

  /**
   * The zone that answers a question, or undefined outside all of them. DS at the top of a zone is the parent's to answer, where
   * the parent is here too (RFC 4035 §3.1.4.1).
   */
  authorityFor(key: string, type: number): Authority | undefined {
    const zone = this.find(key);
    if (type !== RrType.DS || zone?.origin.key !== key || key.length === 1) return zone;
    return this.find(key.slice(1 + key.charCodeAt(0))) ?? zone;
  }

  /** The zone that holds a name, or undefined outside all of them. Takes a name key. */
  find(key: string): Authority | undefined {
    for (let at = 0; at < key.length; at += 1 + key.charCodeAt(at)) {
      if (!this.keyLengths.has(key.length - at)) continue;
      const zone = this.byKey.get(key.slice(at));
      if (zone) return zone;
    }
    return undefined;
  }
}
