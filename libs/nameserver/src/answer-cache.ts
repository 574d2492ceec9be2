import { Allocate } from './allocate';
import { Answer } from './answer';
import { NODATA, ownerOf } from './client/answer-account';
import { OptContents, OptWriter } from './opt';
import { Rcode } from './rcode';
import { Request } from './request';
import { HEADER_LENGTH } from './message-layout';
import { AA, OPCODE_AND_RD, QR, TC } from './response-encoder';
import { ZoneSet } from './zone-set';

/** What is longer, without OPT, is not kept. */
const MAX_OCTETS = 512;
/** All answers that are kept, one behind the other, so that few lines and pages of memory hold those that are asked for. */
const DEFAULT_OCTETS = 8 * 1024 * 1024;
const DEFAULT_SLOTS = 65_536;
/** Slots in which an answer may be: fewer, and names that are asked for all the time would push out each other. */
const WAYS = 4;
/** A set of slots: their tags, then where their answers begin; a line of the processor's cache holds two sets. */
const SET_NUMBERS = 2 * WAYS;
/** An answer: three numbers in the place of a header, then question and sections as in a message. Octets of both, and the flag of DO. */
const LENGTHS = 0;
/** Counts of the three sections, 8 bits each. */
const COUNTS = 1;
/** Whose account the answer is charged to. */
const OWNER = 2;
const MAX_COUNT = 255;
/** ASCII letters differ in this bit only (RFC 4343 §3). */
const CASE = 0x20;
const CASES = 0x20202020;

/**
 * The answers that are asked for again and again, encoded: what a look-up would gather from a dozen places in memory stands here in
 * one. Only a memory of what the zones say: another set of zones forgets everything. Names that nobody has are never kept; made-up ones
 * under a wildcard are, and all is forgotten when there is no room.
 */
export class AnswerCache {
  private readonly octets: Uint8Array;
  /** The same memory as numbers. */
  private readonly numbers: Int32Array;
  /** For each slot the hash of its question, 0 where nothing is kept, and where its answer begins, as an index of a number. */
  private readonly index: Int32Array;
  /** How many numbers are taken. */
  private used = 0;
  private zones: ZoneSet | undefined;
  /** Of the question that find() was asked for last. */
  private hash = 0;
  private turn = 0;

  /**
   * @param slots how many answers there is room for; a power of two, and at least 4
   * @param octets how much room they have together; when it is used up, all are forgotten
   */
  constructor(slots = DEFAULT_SLOTS, octets = DEFAULT_OCTETS) {
    const memory = new ArrayBuffer(octets);
    this.octets = new Uint8Array(memory);
    this.numbers = new Int32Array(memory);
    this.index = new Int32Array(slots * 2);
  }

  /** Where the answer to the question is, or -1. Names are compared without regard to case, as everywhere. */
  find(packet: Buffer, request: Request, zones: ZoneSet): number {
    if (this.zones !== zones) {
      this.zones = zones;
      this.forget();
    }
    const { index } = this;
    const hash = hashOf(packet, request.questionEnd);
    this.hash = hash;
    const set = this.set();
    for (let slot = set; slot < set + WAYS; slot++) {
      if (index[slot] !== hash) continue;
      const at = index[slot + WAYS] as number;
      if (this.holds(at, packet, request)) return at;
    }
    return -1;
  }

  private holds(at: number, packet: Buffer, request: Request): boolean {
    const { octets } = this;
    const { questionEnd } = request;
    if (((this.numbers[at + LENGTHS] as number) & 0x1ffff) !== (questionEnd | flagOf(request))) return false;
    const start = at * 4;
    for (let i = HEADER_LENGTH; i < questionEnd; i++) {
      const octet = packet[i] as number;
      const known = octets[start + i] as number;
      if (octet !== known && !(i < questionEnd - 4 && (octet ^ known) === CASE && isLetter(octet))) return false;
    }
    return true;
  }

  /** Where the slots are in which the answer to the question may be. */
  private set(): number {
    const { length } = this.index;
    return Math.imul(this.hash, SET_NUMBERS) & (length - SET_NUMBERS);
  }

  /** A free slot; where none is, they give way in turn. */
  private place(): number {
    const set = this.set();
    for (let slot = set; slot < set + WAYS; slot++) if (this.index[slot] === 0) return slot;
    this.turn = (this.turn + 1) % WAYS;
    return set + this.turn;
  }

  /** The kind of an answer that was found, and its owner: whose account it is charged to. */
  kind(at: number, { type }: Request): number {
    return ((this.numbers[at + COUNTS] as number) & MAX_COUNT) > 0 ? type : NODATA;
  }

  owner(at: number): number {
    return this.numbers[at + OWNER] as number;
  }

  /** The response of an answer that was found, or undefined where it does not fit the limit. */
  encode(
    at: number,
    packet: Buffer,
    { questionEnd, edns, anyClass }: Request,
    limit: number,
    opt: OptWriter,
    contents: OptContents,
    allocate: Allocate,
  ): Buffer | undefined {
    const { numbers, octets } = this;
    const end = questionEnd + ((numbers[at + LENGTHS] as number) >>> 17);
    const length = end + opt.size(edns, contents);
    if (length > limit) return undefined;
    const out = allocate(length);
    for (let i = 0; i < questionEnd; i++) out[i] = packet[i] as number;
    const counts = numbers[at + COUNTS] as number;
    out[2] = QR | ((packet[2] as number) & OPCODE_AND_RD) | (anyClass ? 0 : AA);
    out[3] = Rcode.NOERROR;
    out[6] = out[8] = out[10] = 0;
    out[7] = counts & MAX_COUNT;
    out[9] = (counts >> 8) & MAX_COUNT;
    out[11] = ((counts >> 16) & MAX_COUNT) + (edns ? 1 : 0);
    const start = at * 4;
    for (let i = questionEnd; i < end; i++) out[i] = octets[start + i] as number;
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
    if (!isWhole || end > MAX_OCTETS || Math.max(...counts) >= MAX_COUNT) return;
    const room = Math.ceil(end / 4);
    if (this.used + room > this.numbers.length) this.forget();
    const at = this.used;
    this.used += room;
    const slot = this.place();
    this.index[slot] = this.hash;
    this.index[slot + WAYS] = at;
    this.numbers[at + LENGTHS] = questionEnd | flagOf(request) | ((end - questionEnd) << 17);
    this.numbers[at + COUNTS] = counts[0] | (counts[1] << 8) | (counts[2] << 16);
    this.numbers[at + OWNER] = ownerOf(answer);
    this.octets.set(packet.subarray(HEADER_LENGTH, questionEnd), at * 4 + HEADER_LENGTH);
    this.octets.set(wire.subarray(questionEnd, end), at * 4 + questionEnd);
  }

  /** Nothing that was kept is answered any more. */
  private forget(): void {
    this.index.fill(0);
    this.used = 0;
  }
}

/** Of a question, four octets at a time and without regard to case; never 0. */
function hashOf(packet: Buffer, questionEnd: number): number {
  let hash = questionEnd;
  let at = HEADER_LENGTH;
  for (; at + 3 < questionEnd; at += 4) hash = mixed(hash, wordAt(packet, at) | CASES);
  for (; at < questionEnd; at++) hash = mixed(hash, (packet[at] as number) | CASE);
  return hash || 1;
}

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x9e3779b1);
  return product ^ (product >>> 15);
}

function wordAt(packet: Buffer, at: number): number {
  return (
    (packet[at] as number) |
    ((packet[at + 1] as number) << 8) |
    ((packet[at + 2] as number) << 16) |
    ((packet[at + 3] as number) << 24)
  );
}

/** Who asks for signatures gets another answer. */
function flagOf({ edns }: Request): number {
  return edns?.dnssecOk === true ? 0x1_0000 : 0;
}

function isLetter(octet: number): boolean {
  const small = octet | CASE;
  return small >= 0x61 && small <= 0x7a;
}
