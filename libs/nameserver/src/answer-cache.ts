import { Answer } from './answer';
import { NODATA, ownerOf } from './client/answer-account';
import { OptContents, OptWriter } from './opt';
import { Rcode } from './rcode';
import { Request } from './request';
import { HEADER_LENGTH } from './message-layout';
import { AA, OPCODE_AND_RD, QR, TC } from './response-encoder';
import { ZoneSet } from './zone-set';

/** Question and sections of one answer; what is longer is not kept. */
const SLOT_OCTETS = 256;
/** 16 MiB. */
const DEFAULT_SLOTS = 65_536;
/** Four numbers a slot, so that one line of the processor's cache holds what is looked at. */
const FIELDS = 4;
/** Of the question; 0 where nothing is kept. */
const HASH = 0;
/** Octets of the question, of the sections, and the flag of DO. */
const LENGTHS = 1;
/** Counts of the three sections, 8 bits each. */
const COUNTS = 2;
/** Whose account the answer is charged to. */
const OWNER = 3;
const MAX_COUNT = 255;
/** ASCII letters differ in this bit only (RFC 4343 §3). */
const CASE = 0x20;

/**
 * The answers that are asked for again and again, encoded: what a look-up would gather from a dozen places in memory stands here in
 * one. Only a memory of what the zones say: another set of zones forgets everything, and made-up names are never kept.
 */
export class AnswerCache {
  private readonly octets: Uint8Array;
  private readonly fields: Int32Array;
  private zones: ZoneSet | undefined;
  /** Of the question that find() was asked for last. */
  private hash = 0;
  private turn = 0;

  /** @param slots how many answers there is room for; a power of two */
  constructor(private readonly slots = DEFAULT_SLOTS) {
    this.octets = new Uint8Array(slots * SLOT_OCTETS);
    this.fields = new Int32Array(slots * FIELDS);
  }

  /** The slot that answers the question, or -1. Names are compared without regard to case, as everywhere. */
  find(packet: Buffer, request: Request, zones: ZoneSet): number {
    if (this.zones !== zones) this.forget(zones);
    const { questionEnd } = request;
    let hash = 0x811c9dc5;
    for (let i = HEADER_LENGTH; i < questionEnd; i++)
      hash = Math.imul(hash ^ ((packet[i] as number) | CASE), 0x01000193);
    this.hash = hash = hash ^ (hash >>> 15) || 1;
    const slot = hash & (this.slots - 1);
    if (this.holds(slot, packet, request)) return slot;
    return this.holds(slot ^ 1, packet, request) ? slot ^ 1 : -1;
  }

  private holds(slot: number, packet: Buffer, request: Request): boolean {
    const { fields, octets } = this;
    const at = slot * FIELDS;
    if (fields[at + HASH] !== this.hash) return false;
    const { questionEnd } = request;
    const question = questionEnd - HEADER_LENGTH;
    if (((fields[at + LENGTHS] as number) & 0x1ffff) !== (question | flagOf(request))) return false;
    const start = slot * SLOT_OCTETS - HEADER_LENGTH;
    for (let i = HEADER_LENGTH; i < questionEnd; i++) {
      const octet = packet[i] as number;
      const known = octets[start + i] as number;
      if (octet !== known && !(i < questionEnd - 4 && (octet ^ known) === CASE && isLetter(octet))) return false;
    }
    return true;
  }

  /** Each answer has two places; where both are taken, they give way in turn. */
  private place(): number {
    const slot = this.hash & (this.slots - 1);
    if (this.fields[slot * FIELDS + HASH] === 0) return slot;
    if (this.fields[(slot ^ 1) * FIELDS + HASH] === 0) return slot ^ 1;
    this.turn ^= 1;
    return slot ^ this.turn;
  }

  /** The kind of what the slot answers, and its owner: whose account it is charged to. */
  kind(slot: number, { type }: Request): number {
    return ((this.fields[slot * FIELDS + COUNTS] as number) & MAX_COUNT) > 0 ? type : NODATA;
  }

  owner(slot: number): number {
    return this.fields[slot * FIELDS + OWNER] as number;
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
    const slot = this.place();
    const at = slot * FIELDS;
    this.fields[at + HASH] = this.hash;
    this.fields[at + LENGTHS] = (questionEnd - HEADER_LENGTH) | flagOf(request) | ((end - questionEnd) << 17);
    this.fields[at + COUNTS] = counts[0] | (counts[1] << 8) | (counts[2] << 16);
    this.octets.set(packet.subarray(HEADER_LENGTH, questionEnd), slot * SLOT_OCTETS);
    this.octets.set(wire.subarray(questionEnd, end), slot * SLOT_OCTETS + questionEnd - HEADER_LENGTH);
    this.fields[at + OWNER] = ownerOf(answer);
  }

  /** Nothing of other zones is answered any more. */
  private forget(zones: ZoneSet): void {
    this.zones = zones;
    this.fields.fill(0);
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
