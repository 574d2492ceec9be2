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
    const body = encodeRecords(POINTER_TO_QNAME, { type, ttl, rdatas });
    this.octets = body.length;
    if (body.length > SHELF_OCTETS - shelfUsed && body.length < SHELF_OCTETS) {
      shelf = Buffer.allocUnsafeSlow(SHELF_OCTETS);
      shelfUsed = 0;
    }
    if (body.length > SHELF_OCTETS - shelfUsed) {
      this.shelf = body;
      this.at = 0;
    } else {
      this.shelf = shelf;
      this.at = shelfUsed;
      shelf.set(body, shelfUsed);
      shelfUsed += body.length;
    }
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
    return encodeRecords(this.owner.wire, this);
  }
}

function rdataAt(start: number): number {
  return start + POINTER_TO_QNAME.length + FIXED_LENGTH;
}

function endOf(body: Buffer, start: number): number {
  return rdataAt(start) + body.readUInt16BE(rdataAt(start) - 2);
}

/** What is written of an RRset. */
type Records = Pick<Rrset, 'type' | 'ttl' | 'rdatas'>;

/** One buffer for all records: a zone of thousands of RRsets is rebuilt while questions wait. */
function encodeRecords(owner: Uint8Array, { type, ttl, rdatas }: Records): Buffer {
  let octets = rdatas.length * (owner.length + FIXED_LENGTH);
  for (const rdata of rdatas) octets += rdata.length;
  const records = Buffer.allocUnsafe(octets);
  let at = 0;
  for (const rdata of rdatas) {
    records.set(owner, at);
    at = records.writeUInt16BE(type, at + owner.length);
    at = records.writeUInt16BE(CLASS_IN, at);
    at = records.writeUInt32BE(ttl, at);
    at = records.writeUInt16BE(rdata.length, at);
    records.set(rdata, at);
    at += rdata.length;
  }
  return records;
}
