import { readCompressedName } from '../compressed-name';
import { Name } from '../name';
import { FIXED_LENGTH, Rrset } from '../rrset';
import { TransferRecords } from './transfer-request';

/** One record of a list: its owner and data, and the octets that it stands in. */
export interface ListedRecord extends TransferRecords {
  readonly wire: Buffer;
}

/** Records one behind the other, owners in full: what a journal keeps. */
export function encodeRecordList(rrsets: readonly Rrset[]): Buffer {
  return Buffer.concat(rrsets.map((rrset) => rrset.encodeWithOwner()));
}

/** Reads what encodeRecordList() wrote, record by record; throws a RangeError where that is not what it is. */
export function* readRecordList(list: Buffer): Generator<ListedRecord> {
  let owner: Name | undefined;
  for (let at = 0; at < list.length;) {
    const known = owner !== undefined && isAt(list, at, owner.wire);
    const read = known ? { name: owner as Name, end: at + (owner as Name).wire.length } : readCompressedName(list, at);
    if (!read || read.end + FIXED_LENGTH > list.length) throw new RangeError('a list of records breaks off');
    owner = read.name;
    const data = read.end + FIXED_LENGTH;
    const end = data + list.readUInt16BE(data - 2);
    if (end > list.length) throw new RangeError('a list of records breaks off');
    yield {
      owner,
      type: list.readUInt16BE(read.end),
      ttl: list.readUInt32BE(read.end + 4),
      rdatas: [list.subarray(data, end)],
      wire: list.subarray(at, end),
    };
    at = end;
  }
}

function isAt(list: Buffer, at: number, wire: Buffer): boolean {
  return at + wire.length <= list.length && list.compare(wire, 0, wire.length, at, at + wire.length) === 0;
}
