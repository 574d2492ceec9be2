import { Rcode } from './rcode';
import { Rrset } from './rrset';

/** Records with their owners spelt out, ready to be copied into a section. */
export interface Additional {
  readonly count: number;
  readonly body: Buffer;
}

/** What a lookup found, still without question, EDNS or size limit. */
export interface Answer {
  readonly rcode: number;
  readonly authoritative: boolean;
  /** Owned by the question's name, or, after a CNAME, by that CNAME's target. */
  readonly answers: readonly Rrset[];
  /** Owned by an ancestor of the last name looked up. */
  readonly authority: readonly Rrset[];
  /** The rest of the authority section: what proves a denial, at owners of its own (RFC 4035 §3.1.3). */
  readonly proofs: readonly Additional[];
  /** Must be sent whole or the answer marked as truncated: in-domain glue (RFC 9471 §3). */
  readonly glue: Additional;
  /** May be left out where space is short: glue of sibling zones. */
  readonly optional: Additional;
}

const NONE: readonly Rrset[] = [];
const NO_PROOFS: readonly Additional[] = [];
const NOTHING: Additional = { count: 0, body: Buffer.alloc(0) };

/** An answer of the zone's own data. */
export function authoritativeAnswer(
  answers: readonly Rrset[],
  authority: readonly Rrset[] = NONE,
  rcode: number = Rcode.NOERROR,
): Answer {
  return { rcode, authoritative: true, answers, authority, proofs: NO_PROOFS, glue: NOTHING, optional: NOTHING };
}

/** A delegation: the NS RRset in the authority section, not authoritative (RFC 1034 §4.3.2 step 3b). */
export function referral(ns: Rrset, glue: readonly Rrset[], optional: readonly Rrset[]): Answer {
  return {
    rcode: Rcode.NOERROR,
    authoritative: false,
    answers: [],
    authority: [ns],
    proofs: NO_PROOFS,
    glue: additional(glue),
    optional: additional(optional),
  };
}

/** An answer without any records. */
export function emptyAnswer(rcode: number): Answer {
  return {
    rcode,
    authoritative: false,
    answers: [],
    authority: [],
    proofs: NO_PROOFS,
    glue: NOTHING,
    optional: NOTHING,
  };
}

/** RRsets that can stand in any section of any message. */
export function additional(rrsets: readonly Rrset[]): Additional {
  return {
    count: rrsets.reduce((sum, rrset) => sum + rrset.count, 0),
    body: Buffer.concat(rrsets.map((rrset) => rrset.encodeWithOwner())),
  };
}
