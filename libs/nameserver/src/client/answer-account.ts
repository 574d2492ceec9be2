import { Answer } from '../answer';
import { Rcode } from '../rcode';

/** The kind of an answer without records, to a question that could have some (RFC 2308 §2.2). */
export const NODATA = 0x2_0000;

/** Answers that are the same to somebody who forges questions: an RRset by type; denials, referrals and errors as such. */
export function kindOf({ rcode, answers, authoritative }: Answer, type: number): number {
  if (rcode !== Rcode.NOERROR) return 0x1_0000 | rcode;
  if (answers.length > 0) return type;
  return authoritative ? NODATA : 0x3_0000;
}

/**
 * The owner of what is sent, as a hash, not the name that was asked for: behind made-up names there is one wildcard, one SOA, one
 * delegation.
 */
export function ownerOf({ answers, authority }: Answer): number {
  return (answers[0] ?? authority[0])?.owner.hash ?? 0;
}
