import { Additional, Answer, authoritativeAnswer } from '../answer';
import { isWithinKey } from '../name';
import { Rcode } from '../rcode';
import { RrType } from '../rr-type';
import { Rrset } from '../rrset';
import { MAX_CNAME_CHAIN, wildcardKey, Zone } from '../zone';
import { ZoneNode } from '../zone-node';
import { NsecChain } from './nsec-chain';
import { SignatureWindow } from './rrsig';

/** What the signatures of a zone follow from: those of another version are the same where this is. */
export interface Signing {
  readonly window: SignatureWindow;
  /** The keys that sign all records, as one text. */
  readonly signers: string;
  /** All keys, as one text. */
  readonly keys: string;
}

/** A zone with signatures and NSEC records; who does not ask for them gets what the unsigned zone answers. */
export class SignedZone extends Zone {
  /** The SOA of negative answers, with its signature. */
  private readonly denialSoa: readonly Rrset[];

  constructor(
    /** What was signed. */
    readonly unsigned: Zone,
    nodes: ReadonlyMap<string, ZoneNode>,
    /** @internal The names in canonical order. */
    readonly chain: NsecChain,
    readonly signing: Signing,
  ) {
    super(unsigned.origin, unsigned.serial, nodes, unsigned.negativeSoa);
    const { origin, negativeSoa } = unsigned;
    const signatures = nodes.get(origin.key)?.signatures(RrType.SOA)?.rdatas ?? [];
    this.denialSoa = [negativeSoa, new Rrset(origin, RrType.RRSIG, negativeSoa.ttl, signatures)];
  }

  override lookup(key: string, type: number, dnssecOk = false): Answer {
    return dnssecOk ? this.proven(key, type) : super.lookup(key, type);
  }

  /** The same answer with its signatures, and with what proves that there is no other (RFC 4035 §3.1). */
  private proven(key: string, type: number): Answer {
    const chain: Rrset[] = [];
    const proofs = new Set<Additional>();
    const seen = [key];
    for (let name = key; ;) {
      const node = this.find(name);
      // Expanded from a wildcard: nothing closer exists (RFC 4035 §3.1.3.3).
      if (node && !node.cut && node.owner.key !== name) this.prove(name, proofs);
      const cname = this.chainStart(node, type);
      if (!node || !cname) return joined(chain, this.end(node, name, type, proofs));
      chain.push(...signed(node, cname));
      const target = cname.target ?? name;
      const isEnd = seen.length >= MAX_CNAME_CHAIN || seen.includes(target) || !isWithinKey(target, this.origin.key);
      if (isEnd) return { ...authoritativeAnswer(chain), proofs: [...proofs] };
      seen.push(target);
      name = target;
    }
  }

  /** What stands at the last name. */
  private end(node: ZoneNode | undefined, name: string, type: number, proofs: Set<Additional>): Answer {
    if (!node) return this.noSuchName(name, proofs);
    const { cut } = node;
    if (cut?.referral && !(type === RrType.DS && cut.owner.key === name))
      return this.referralTo(cut, cut.referral, proofs);
    const found = node.answer(type);
    const [rrset] = found?.answers ?? [];
    if (found && rrset) {
      const answers = rrset.type === RrType.RRSIG ? found.answers : signed(node, rrset);
      return { ...found, answers, proofs: [...proofs] };
    }
    this.prove(node.owner.key, proofs);
    return { ...authoritativeAnswer([], this.denialSoa), proofs: [...proofs] };
  }

  /** Neither the name nor a wildcard that would stand for it exists (RFC 4035 §3.1.3.2). */
  private noSuchName(name: string, proofs: Set<Additional>): Answer {
    const encloser = this.closestEncloser(name)?.owner ?? this.origin;
    this.prove(name, proofs);
    this.prove(wildcardKey(encloser.key), proofs);
    return { ...authoritativeAnswer([], this.denialSoa, Rcode.NXDOMAIN), proofs: [...proofs] };
  }

  /** A delegation says whether the zone below is signed (RFC 4035 §3.1.4). */
  private referralTo(cut: ZoneNode, referral: Answer, proofs: Set<Additional>): Answer {
    const node = this.nodes.get(cut.owner.key);
    const ds = node?.rrsets.get(RrType.DS);
    if (node && ds)
      return { ...referral, authority: [...referral.authority, ...signed(node, ds)], proofs: [...proofs] };
    this.prove(cut.owner.key, proofs);
    return { ...referral, proofs: [...proofs] };
  }

  /** Adds the NSEC record of a name, or the one that covers it. */
  private prove(key: string, proofs: Set<Additional>): void {
    const proof = this.nodes.get(key)?.proof() ?? this.nodes.get(this.chain.atOrBefore(key))?.proof();
    if (proof) proofs.add(proof);
  }
}

function signed(node: ZoneNode, rrset: Rrset): Rrset[] {
  const signatures = node.signatures(rrset.type);
  return signatures ? [rrset, signatures] : [rrset];
}

/** An answer behind the CNAMEs that led to it. */
function joined(chain: readonly Rrset[], end: Answer): Answer {
  return chain.length === 0 ? end : { ...end, authoritative: true, answers: [...chain, ...end.answers] };
}
