import { Answer } from './answer';
import { OptContents, OptWriter } from './opt';
import { Rcode } from './rcode';
import { Request } from './request';
import { HEADER_LENGTH } from './request-decoder';
import { AA, OPCODE_AND_RD, QR, TC } from './response-encoder';
import { ZoneSet } from './zone-set';

/** Question and sections of one answer; what is longer is not kept. */
const SLOT_OCTETS = 256;
/** 16 MiB for 65,536 answers. */
const SLOTS = 65_536;
/** Four numbers a slot, so that one line of the processor's cache holds what is looked at. */
const FIELDS = 4;
const HASH = 0;
/** Which set of zones it was found in. */
const EDITION = 1;
/** Octets of the question, of the sections, and the flag of DO. */
const LENGTHS = 2;
/** Counts of the three sections, 8 bits each. */
const COUNTS = 3;
const MAX_COUNT = 255;
/** ASCII letters differ in this bit only (RFC 4343 §3). */
const CASE = 0x20;

/**
 * The answers that are asked for again and again, encoded: what a look-up would gather from a dozen places in memory stands here in
 * one. Only a memory of what the zones say: another set of zones forgets everything, and made-up names are never kept.
 */
export class AnswerCache {
  private readonly octets = new Uint8Array(SLOTS * SLOT_OCTETS);
  private readonly fields = new Int32Array(SLOTS * FIELDS);
  private readonly answers: (Answer | undefined)[] = new Array<Answer | undefined>(SLOTS).fill(undefined);
  private zones: ZoneSet | undefined;
  private edition = 0;
  /** Of the question that find() was asked for last. */
  private hash = 0;

  /** The slot that answers the question, or -1. Names are compared without regard to case, as everywhere. */
  find(packet: Buffer, request: Request, zones: ZoneSet): number {
    if (this.zones !== zones) this.forget(zones);
    const { fields, octets } = this;
    const { questionEnd } = request;
    let hash = 0x811c9dc5;
    for (let i = HEADER_LENGTH; i < questionEnd; i++)
      hash = Math.imul(hash ^ ((packet[i] as number) | CASE), 0x01000193);
    this.hash = hash ^= hash >>> 15;
    const slot = hash & (SLOTS - 1);
    const at = slot * FIELDS;
    if (fields[at + HASH] !== hash || fields[at + EDITION] !== this.edition) return -1;
    const question = questionEnd - HEADER_LENGTH;
    if (((fields[at + LENGTHS] as number) & 0x1ffff) !== (question | flagOf(request))) return -1;
    const start = slot * SLOT_OCTETS - HEADER_LENGTH;
    for (let i = HEADER_LENGTH; i < questionEnd; i++) {
      const octet = packet[i] as number;
      const known = octets[start + i] as number;
      if (octet !== known && !(i < questionEnd - 4 && (octet ^ known) === CASE && isLetter(octet))) return -1;
    }
    return slot;
  }

  /** What the slot answers. */
  answer(slot: number): Answer {
    return this.answers[slot] as Answer;
  }

  /** The response of the slot, or undefined where it does not fit the limit. */
  encode(
    slot: number,
    packet: Buffer,
    { questionEnd, edns, anyClass }: Request,
    limit: number,
    opt: OptWriter,
    contents: OptContents,
  ): Buffer | undefined {
    const { fields, octets } = this;
    const at = slot * FIELDS;
    const sections = (fields[at + LENGTHS] as number) >>> 17;
    const end = questionEnd + sections;
    const length = end + opt.size(edns, contents);
    if (length > limit) return undefined;
    const out = Buffer.allocUnsafe(length);
    for (let i = 0; i < questionEnd; i++) out[i] = packet[i] as number;
    const counts = fields[at + COUNTS] as number;
    out[2] = QR | ((packet[2] as number) & OPCODE_AND_RD) | (anyClass ? 0 : AA);
    out[3] = Rcode.NOERROR;
    out[6] = out[8] = out[10] = 0;
    out[7] = counts & MAX_COUNT;
    out[9] = (counts >> 8) & MAX_COUNT;
    out[11] = ((counts >> 16) & MAX_COUNT) + (edns ? 1 : 0);
    const from = slot * SLOT_OCTETS - HEADER_LENGTH;
    for (let i = questionEnd; i < end; i++) out[i] = octets[from + i] as number;
    if (edns) opt.write(out, end, edns, Rcode.NOERROR, contents);
    return out;
  }

  /** Keeps an answer that was encoded for the question that find() did not find; only what names have, and small. */
  keep(packet: Buffer, request: Request, answer: Answer, wire: Buffer, optOctets: number): void {
    if (answer.rcode !== Rcode.NOERROR || !answer.authoritative || answer.optional.count > 0) return;
    const { questionEnd, edns } = request;
    const end = wire.length - optOctets;
    const additional = wire.readUInt16BE(10) - (edns ? 1 : 0);
    const counts = [wire.readUInt16BE(6), wire.readUInt16BE(8), additional] as const;
    const isWhole = ((wire[2] as number) & TC) === 0;
    if (!isWhole || end - HEADER_LENGTH > SLOT_OCTETS || Math.max(...counts) >= MAX_COUNT) return;
    const slot = this.hash & (SLOTS - 1);
    const at = slot * FIELDS;
    this.fields[at + HASH] = this.hash;
    this.fields[at + EDITION] = this.edition;
    this.fields[at + LENGTHS] = (questionEnd - HEADER_LENGTH) | flagOf(request) | ((end - questionEnd) << 17);
    this.fields[at + COUNTS] = counts[0] | (counts[1] << 8) | (counts[2] << 16);
    this.octets.set(packet.subarray(HEADER_LENGTH, questionEnd), slot * SLOT_OCTETS);
    this.octets.set(wire.subarray(questionEnd, end), slot * SLOT_OCTETS + questionEnd - HEADER_LENGTH);
    this.answers[slot] = answer;
  }

  /** Nothing of other zones is answered any more; their answers are let go. */
  private forget(zones: ZoneSet): void {
    this.zones = zones;
    this.edition = (this.edition + 1) | 0;
    this.answers.fill(undefined);
  }
}

/** Who asks for signatures gets another answer. */
function flagOf({ edns }: Request): number {
  return edns?.dnssecOk === true ? 0x1_0000 : 0;
}

function isLetter(octet: number): boolean {
  const small = octet | CASE;
  return small >= 0x61 && small <= 0x7a;
}
