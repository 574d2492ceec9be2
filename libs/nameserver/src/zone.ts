import { Answer, authoritativeAnswer } from './answer';
import { isWithinKey, Name } from './name';
import { Rcode } from './rcode';
import { RrType } from './rr-type';
import { Rrset } from './rrset';
import { ZoneNode } from './zone-node';
import { shapeOf, ZoneShape } from './zone-shape';

/** A chain of CNAMEs is followed this far; a resolver goes on from there. */
export const MAX_CNAME_CHAIN = 8;

/**
 * An immutable zone: lookups read records that are encoded, those of a late name from the first look at it on, and touch neither disk nor
 * network. Made by buildZone.
 */
export class Zone {
  private readonly noData: Answer;
  private readonly noName: Answer;

  constructor(
    readonly origin: Name,
    readonly serial: number,
    /** @internal By name key; amendZone derives another zone from them. */
    readonly nodes: ReadonlyMap<string, ZoneNode>,
    /** The SOA with the TTL of negative answers (RFC 2308 §3). */
    readonly negativeSoa: Rrset,
    /** @internal Of these nodes. */
    readonly shape: ZoneShape = shapeOf(nodes, origin.key),
  ) {
    this.noData = authoritativeAnswer([], [negativeSoa]);
    this.noName = authoritativeAnswer([], [negativeSoa], Rcode.NXDOMAIN);
  }

  /** How many RRsets the zone holds. */
  get size(): number {
    return this.shape.size;
  }

  /** Answers a question for a name of this zone (RFC 1034 §4.3.2 with RFC 4592), given its name key. */
  lookup(key: string, type: number): Answer {
    const node = this.find(key);
    const cname = this.chainStart(node, type);
    return cname ? this.chase(key, cname, type) : this.answerAt(node, key, type);
  }

  /** The node itself, else the delegation or the wildcard of its closest encloser, else nothing. */
  protected find(key: string): ZoneNode | undefined {
    const exact = this.nodes.get(key);
    if (exact) return exact;
    const encloser = this.closestEncloser(key);
    if (!encloser || encloser.cut) return encloser;
    return this.nodes.get(wildcardKey(encloser.owner.key));
  }

  /** The longest ancestor that exists (RFC 4592 §3.3.1) of a name that does not. */
  protected closestEncloser(key: string): ZoneNode | undefined {
    const { longestKey } = this.shape;
    for (let at = 1 + key.charCodeAt(0); ; at += 1 + key.charCodeAt(at)) {
      // Made-up names of a hundred labels cost no more than the longest real one.
      if (key.length - at > longestKey) continue;
      const encloser = this.nodes.get(key.slice(at));
      if (encloser || at >= key.length) return encloser;
    }
  }

  private answerAt(node: ZoneNode | undefined, key: string, type: number): Answer {
    if (!node) return this.noName;
    const { cut } = node;
    // DS of the cut itself, not of names below, lives on the parent's side (RFC 4035 §3.1.4.1).
    if (cut?.referral && !(type === RrType.DS && cut.owner.key === key)) return cut.referral;
    return node.answer(type) ?? this.noData;
  }

  /** The CNAME to follow: not one that is asked for itself, nor where what proves it is (RFC 4034 §3, §4). */
  protected chainStart(node: ZoneNode | undefined, type: number): Rrset | undefined {
    const cname = node?.rrsets.get(RrType.CNAME);
    if (!cname || node?.cut || type === RrType.ANY || type === RrType.RRSIG) return undefined;
    return node?.rrsets.has(type) ? undefined : cname;
  }

  /** Follows CNAMEs inside the zone; the rcode is that of the last name (RFC 6604 §3). */
  private chase(key: string, first: Rrset, type: number): Answer {
    const chain = [first];
    const seen = [key];
    for (let last = first; ;) {
      const target = last.target ?? key;
      if (chain.length >= MAX_CNAME_CHAIN || seen.includes(target) || !isWithinKey(target, this.origin.key)) {
        return authoritativeAnswer(chain);
      }
      seen.push(target);
      const node = this.find(target);
      const next = this.chainStart(node, type);
      if (!next) {
        const end = this.answerAt(node, target, type);
        return { ...end, authoritative: true, answers: [...chain, ...end.answers] };
      }
      chain.push(next);
      last = next;
    }
  }
}

/** The key of the wildcard right below a name. */
export function wildcardKey(parent: string): string {
  return `\x01*${parent}`;
}
