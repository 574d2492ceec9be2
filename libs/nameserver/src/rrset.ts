import { nameKey, Name } from './name';
import { CLASS_IN, RrType } from './rr-type';

/** TYPE, CLASS, TTL and RDLENGTH: what stands between an owner and its RDATA. */
export const FIXED_LENGTH = 10;
/** A compression pointer to the question's name, which follows the header (RFC 1035 §4.1.4). */
const POINTER_TO_QNAME = Uint8Array.of(0xc0, 0x0c);
const ONE_START = [0];
/** What must stay free for a header, the longest question, a CNAME chain and OPT in the largest message of 65,535 octets. */
export const MAX_RRSET_OCTETS = 62_000;

/** The octets of many RRsets stand one behind the other: a buffer for each would take three times their room. */
const SHELF_OCTETS = 8_192;
/** What is cheaper to copy octet by octet than by a call. */
const FEW_OCTETS = 64;

let shelf = Buffer.allocUnsafeSlow(SHELF_OCTETS);
let shelfUsed = 0;

/**
 * Records of one owner and type, encoded once so that an answer is a copy. Nothing is kept beside the octets: a zone may have
 * hundreds of thousands of these.
 */
export class Rrset {
  readonly count: number;
  /** How many octets the body has. */
  readonly octets: number;
  private readonly shelf: Buffer;
  private readonly at: number;
  /** Where a CNAME leads, as a name key. */
  readonly target: string | undefined;

  constructor(
    readonly owner: Name,
    readonly type: number,
    readonly ttl: number,
    rdatas: readonly Buffer[],
  ) {
    this.count = rdatas.length;
    const octets = octetsOf(POINTER_TO_QNAME, rdatas);
    this.octets = octets;
    if (octets >= SHELF_OCTETS) {
      this.shelf = Buffer.allocUnsafeSlow(octets);
      this.at = 0;
    } else {
      if (octets > SHELF_OCTETS - shelfUsed) {
        shelf = Buffer.allocUnsafeSlow(SHELF_OCTETS);
        shelfUsed = 0;
      }
      this.shelf = shelf;
      this.at = shelfUsed;
      shelfUsed += octets;
    }
    writeRecords(this.shelf, this.at, POINTER_TO_QNAME, type, ttl, rdatas);
    const [rdata] = rdatas;
    this.target = type === RrType.CNAME && rdata ? nameKey(rdata, 0, rdata.length) : undefined;
  }

  /** The records with a pointer to the question's name as owner; `starts` says where other owners are patched in. A view. */
  get body(): Buffer {
    return this.shelf.subarray(this.at, this.at + this.octets);
  }

  /** Copies the body into a message. */
  copyTo(out: Buffer, start: number): void {
    const { shelf: from, at, octets } = this;
    if (octets > FEW_OCTETS) from.copy(out, start, at, at + octets);
    else for (let i = 0; i < octets; i++) out[start + i] = from[at + i] as number;
  }

  /** Where the records begin in the body. */
  get starts(): readonly number[] {
    if (this.count === 1) return ONE_START;
    const { body } = this;
    const starts: number[] = [];
    for (let at = 0; at < body.length; at = endOf(body, at)) starts.push(at);
    return starts;
  }

  /** The data of the records: views of the body. */
  get rdatas(): readonly Buffer[] {
    const { body } = this;
    return this.starts.map((at) => body.subarray(rdataAt(at), endOf(body, at)));
  }

  /** The records with their owner spelt out: for names that no part of the question can stand for. */
  encodeWithOwner(): Buffer {
    const { wire } = this.owner;
    const { type, ttl, rdatas } = this;
    const records = Buffer.allocUnsafe(octetsOf(wire, rdatas));
    writeRecords(records, 0, wire, type, ttl, rdatas);
    return records;
  }
}

function rdataAt(start: number): number {
  return start + POINTER_TO_QNAME.length + FIXED_LENGTH;
}

function endOf(body: Buffer, start: number): number {
  return rdataAt(start) + body.readUInt16BE(rdataAt(start) - 2);
}

function octetsOf(owner: Uint8Array, rdatas: readonly Buffer[]): number {
  let octets = rdatas.length * (owner.length + FIXED_LENGTH);
  for (const rdata of rdatas) octets += rdata.length;
  return octets;
}

/** Octet by octet: a zone has hundreds of thousands of these, and most data is short. */
function writeRecords(
  out: Buffer,
  start: number,
  owner: Uint8Array,
  type: number,
  ttl: number,
  rdatas: readonly Buffer[],
): void {
  let at = start;
  for (const rdata of rdatas) {
    const { length } = rdata;
    for (let i = 0; i < owner.length; i++) out[at++] = owner[i] as number;
    out[at++] = type >> 8;
    out[at++] = type;
    out[at++] = CLASS_IN >> 8;
    out[at++] = CLASS_IN;
    out[at++] = ttl >> 24;
    out[at++] = ttl >> 16;
    out[at++] = ttl >> 8;
    out[at++] = ttl;
    out[at++] = length >> 8;
    out[at++] = length;
    if (length > FEW_OCTETS) rdata.copy(out, at);
    else for (let i = 0; i < length; i++) out[at + i] = rdata[i] as number;
    at += length;
  }
}
