import { Allocate } from './allocate';
import { Additional, Answer } from './answer';
import { HEADER_LENGTH, QUESTION_TAIL } from './message-layout';
import { OptContents, OptWriter } from './opt';
import { Request } from './request';
import { RrType } from './rr-type';
import { FIXED_LENGTH, Rrset } from './rrset';

const POINTER = 0xc000;

/** The first of the flags in a response's third octet (RFC 1035 §4.1.1); RA, AD and CD in the fourth are never set. */
export const QR = 0x80;
/** What of a request's third octet comes back as it was. */
export const OPCODE_AND_RD = 0x79;
/** Authoritative. */
export const AA = 0x04;
/** Set in the third octet of an answer that did not fit. */
export const TC = 0x02;

/**
 * Writes the response to a request: its own question as it came, the answer's records, OPT where the request had one.
 * What does not fit the limit is left out whole and TC set (RFC 2181 §9).
 */
export function encodeResponse(
  packet: Buffer,
  request: Request,
  answer: Answer,
  limit: number,
  opt: OptWriter,
  contents: OptContents,
  memory: Allocate,
): Buffer {
  const { questionEnd, edns } = request;
  const optLength = opt.size(edns, contents);
  const sections = octets(answer.answers) + octets(answer.authority) + proofOctets(answer.proofs);
  const needed = questionEnd + sections + answer.glue.body.length + optLength;
  const fits = needed <= limit;
  const withOptional = fits && needed + answer.optional.body.length <= limit;
  const length = fits ? needed + (withOptional ? answer.optional.body.length : 0) : questionEnd + optLength;

  const out = memory(length);
  // Cheaper than making a view for so few octets.
  for (let i = 0; i < questionEnd; i++) out[i] = packet[i] as number;
  out[2] =
    QR |
    ((packet[2] as number) & OPCODE_AND_RD) |
    (answer.authoritative && !request.anyClass ? AA : 0) |
    (fits ? 0 : TC);
  out[3] = answer.rcode & 0x0f;
  const additional = fits ? answer.glue.count + (withOptional ? answer.optional.count : 0) : 0;
  writeCount(out, 4, questionEnd > HEADER_LENGTH ? 1 : 0);
  writeCount(out, 6, fits ? countOf(answer.answers) : 0);
  writeCount(out, 8, fits ? countOf(answer.authority) + proofCount(answer.proofs) : 0);
  writeCount(out, 10, additional + (edns ? 1 : 0));

  let at = questionEnd;
  if (fits) {
    at = writeSections(out, at, answer, questionEnd - QUESTION_TAIL - HEADER_LENGTH);
    at = writeAdditional(out, at, answer.glue);
    if (withOptional) at = writeAdditional(out, at, answer.optional);
  }
  if (edns) opt.write(out, at, edns, answer.rcode, contents);
  return out;
}

/**
 * Owners point at the question's name; after a CNAME and its signature, at the target inside it; in the authority, at their tail,
 * where they are not spelt out.
 */
function writeSections(out: Buffer, start: number, answer: Answer, questionNameLength: number): number {
  let at = start;
  let name = HEADER_LENGTH;
  let nameLength = questionNameLength;
  let signed = name;
  for (const rrset of answer.answers) {
    const begin = at;
    if (rrset.type === RrType.RRSIG) {
      at = writeRrset(out, at, rrset, signed);
      continue;
    }
    signed = name;
    at = writeRrset(out, at, rrset, name);
    if (rrset.target === undefined) continue;
    name = begin + 2 + FIXED_LENGTH;
    nameLength = rrset.target.length;
  }
  for (const rrset of answer.authority) {
    at = writeRrset(out, at, rrset, name + nameLength - rrset.owner.key.length);
  }
  for (const proof of answer.proofs) at = writeAdditional(out, at, proof);
  return at;
}

function writeRrset(out: Buffer, at: number, rrset: Rrset, owner: number): number {
  rrset.copyTo(out, at);
  if (owner !== HEADER_LENGTH) {
    for (const start of rrset.starts) {
      out[at + start] = (POINTER | owner) >> 8;
      out[at + start + 1] = owner & 0xff;
    }
  }
  return at + rrset.octets;
}

function writeAdditional(out: Buffer, at: number, { body, count }: Additional): number {
  if (count === 0) return at;
  out.set(body, at);
  return at + body.length;
}

function writeCount(out: Buffer, at: number, value: number): void {
  out[at] = value >> 8;
  out[at + 1] = value & 0xff;
}

function octets(rrsets: readonly Rrset[]): number {
  let sum = 0;
  for (const rrset of rrsets) sum += rrset.octets;
  return sum;
}

function proofOctets(proofs: readonly Additional[]): number {
  let sum = 0;
  for (const { body } of proofs) sum += body.length;
  return sum;
}

function proofCount(proofs: readonly Additional[]): number {
  let sum = 0;
  for (const { count } of proofs) sum += count;
  return sum;
}

function countOf(rrsets: readonly Rrset[]): number {
  let sum = 0;
  for (const rrset of rrsets) sum += rrset.count;
  return sum;
}
