import { Rcode } from './rcode';
import { Rrset } from './rrset';

/** Records with their owners spelt out, ready to be copied into the additional section. */
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
  /** Must be sent whole or the answer marked as truncated: in-domain glue (RFC 9471 §3). */
  readonly glue: Additional;
  /** May be left out where space is short: glue of sibling zones. */
  readonly optional: Additional;
}

const NONE: readonly Rrset[] = [];
const NOTHING: Additional = { count: 0, body: Buffer.alloc(0) };

/** An answer of the zone's own data. */
export function authoritativeAnswer(
  answers: readonly Rrset[],
  authority: readonly Rrset[] = NONE,
  rcode: number = Rcode.NOERROR,
): Answer {
  return { rcode, authoritative: true, answers, authority, glue: NOTHING, optional: NOTHING };
}

/** A delegation: the NS RRset in the authority section, not authoritative (RFC 1034 §4.3.2 step 3b). */
export function referral(ns: Rrset, glue: readonly Rrset[], optional: readonly Rrset[]): Answer {
  return {
    rcode: Rcode.NOERROR,
    authoritative: false,
    answers: [],
    authority: [ns],
    glue: additional(glue),
    optional: additional(optional),
  };
}

/** An answer without any records. */
export function emptyAnswer(rcode: number): Answer {
  return { rcode, authoritative: false, answers: [], authority: [], glue: NOTHING, optional: NOTHING };
}

function additional(rrsets: readonly Rrset[]): Additional {
  return {
    count: rrsets.reduce((sum, rrset) => sum + rrset.count, 0),
    body: Buffer.concat(rrsets.map((rrset) => rrset.encodeWithOwner())),
  };
}
