import { nameKey, Name } from './name';
import { CLASS_IN, RrType } from './rr-type';

/** TYPE, CLASS, TTL and RDLENGTH: what stands between an owner and its RDATA. */
export const FIXED_LENGTH = 10;
const POINTER_LENGTH = 2;
/** A compression pointer to the question's name, which follows the header (RFC 1035 §4.1.4). */
const POINTER_TO_QNAME = 0xc00c;
/** What must stay free for a header, the longest question, a CNAME chain and OPT in the largest message of 65,535 octets. */
export const MAX_RRSET_OCTETS = 62_000;

/** Records of one owner and type, encoded once so that an answer is a copy. */
export class Rrset {
  readonly count: number;
  /** The records with a pointer to the question's name as owner; `starts` says where other owners are patched in. */
  readonly body: Buffer;
  readonly starts: readonly number[];
  /** Where a CNAME leads, as a name key. */
  readonly target: string | undefined;

  constructor(
    readonly owner: Name,
    readonly type: number,
    readonly ttl: number,
    readonly rdatas: readonly Buffer[],
  ) {
    const pointer = Buffer.alloc(POINTER_LENGTH);
    pointer.writeUInt16BE(POINTER_TO_QNAME);
    const records = rdatas.map((rdata) => encodeRecord(pointer, type, ttl, rdata));
    this.count = records.length;
    this.body = Buffer.concat(records);
    let at = 0;
    this.starts = records.map((record) => (at += record.length) - record.length);
    const [rdata] = rdatas;
    this.target = type === RrType.CNAME && rdata ? nameKey(rdata, 0, rdata.length) : undefined;
  }

  /** The records with their owner spelt out: for names that no part of the question can stand for. */
  encodeWithOwner(): Buffer {
    return Buffer.concat(this.rdatas.map((rdata) => encodeRecord(this.owner.wire, this.type, this.ttl, rdata)));
  }
}

function encodeRecord(owner: Buffer, type: number, ttl: number, rdata: Buffer): Buffer {
  const record = Buffer.allocUnsafe(owner.length + FIXED_LENGTH + rdata.length);
  owner.copy(record);
  let at = record.writeUInt16BE(type, owner.length);
  at = record.writeUInt16BE(CLASS_IN, at);
  at = record.writeUInt32BE(ttl, at);
  at = record.writeUInt16BE(rdata.length, at);
  rdata.copy(record, at);
  return record;
}
