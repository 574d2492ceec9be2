import { Additional, additional, Answer, authoritativeAnswer } from './answer';
import { lateRrsets } from './late-name';
import { Name } from './name';
import { RrType } from './rr-type';
import { Rrset } from './rrset';
import { TypeMap } from './type-map';
import { LateName } from './zone-data';

/** Where the signatures of an RRset are kept among a name's RRsets: those of one owner have the TTLs of what they sign (RFC 4034 §3). */
export function signatureKey(covered: number): number {
  return covered * 0x1_0000 + RrType.RRSIG;
}

/** One name of a zone; without RRsets it is an empty non-terminal (RFC 4592 §2.2.2). */
export class ZoneNode {
  private made: TypeMap<Rrset> | undefined;
  private nsecProof: Additional | undefined;
  /** The delegation that this name is at or below; its data is then glue, not an answer. */
  cut: ZoneNode | undefined;
  /** Set on the node that delegates. */
  referral: Answer | undefined;

  constructor(
    readonly owner: Name,
    /** What the name has, until somebody wants it. */
    private late?: LateName,
  ) {}

  /** By type; the signatures of a type by its signatureKey, so that everything that the name holds is here. */
  get rrsets(): TypeMap<Rrset> {
    return this.made ?? this.make();
  }

  /** How many RRsets there are. */
  get size(): number {
    return this.made?.size ?? this.late?.size ?? 0;
  }

  /** Stores an RRset. */
  add(rrset: Rrset): void {
    this.rrsets.set(rrset.type, rrset);
  }

  /** Stores the signatures of one of the RRsets. */
  addSignature(covered: number, signatures: Rrset): void {
    this.rrsets.set(signatureKey(covered), signatures);
  }

  /** The signatures of a type. */
  signatures(covered: number): Rrset | undefined {
    return this.rrsets.get(signatureKey(covered));
  }

  /** True when both hold the same records, and are under the same delegation if under one. */
  equals(other: ZoneNode): boolean {
    if (this.cut?.owner.key !== other.cut?.owner.key || this.size !== other.size) return false;
    if (this.late && this.late.likeness === other.late?.likeness) return true;
    for (const [type, rrset] of this.rrsets) {
      // The body holds the TTL and the data of every record.
      if (!other.rrsets.get(type)?.body.equals(rrset.body)) return false;
    }
    return true;
  }

  /** The answer of a type, made here: a zone of many names that kept them all would be half as big again. */
  answer(type: number): Answer | undefined {
    const rrset = this.rrsets.get(type) ?? (type === RrType.ANY || type === RrType.RRSIG ? this.any(type) : undefined);
    return rrset && authoritativeAnswer([rrset]);
  }

  /** ANY gets one RRset, the smallest; who asks for signatures gets one such set (RFC 8482 §4.1). */
  private any(type: number): Rrset | undefined {
    let found: Rrset | undefined;
    for (const rrset of this.rrsets.values()) {
      if ((rrset.type === RrType.RRSIG) !== (type === RrType.RRSIG) || rrset.type === RrType.NSEC) continue;
      if (!found || (type === RrType.ANY && rrset.octets < found.octets)) found = rrset;
    }
    return found;
  }

  /** The NSEC record with its signature for other names' answers, made when it is first wanted; undefined where the name has none. */
  proof(): Additional | undefined {
    const nsec = this.rrsets.get(RrType.NSEC);
    const signatures = this.signatures(RrType.NSEC);
    if (nsec && signatures) this.nsecProof ??= additional([nsec, signatures]);
    return this.nsecProof;
  }

  private make(): TypeMap<Rrset> {
    const { late, owner } = this;
    const made = new TypeMap<Rrset>();
    if (late) for (const rrset of lateRrsets(owner, late)) made.set(rrset.type, rrset);
    this.late = undefined;
    return (this.made = made);
  }
}
