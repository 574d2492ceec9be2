import { readCompressedName } from '../compressed-name';
import { Name } from '../name';
import { CLASS_ANY, RrType } from '../rr-type';
import { FIXED_LENGTH } from '../rrset';

/** What goes wrong with a signature, as its ERROR field says it (RFC 8945 §3). */
export const TsigError = { NONE: 0, BADSIG: 16, BADKEY: 17, BADTIME: 18, BADTRUNC: 22 } as const;

/** Time, fudge, MAC length, original id, error and other length. */
const FIXED_RDATA = 16;

/** A TSIG record (RFC 8945 §4.2). */
export interface TsigRecord {
  readonly name: Name;
  readonly algorithm: Name;
  /** Seconds since 1970, of 48 bits. */
  readonly time: number;
  readonly fudge: number;
  readonly mac: Buffer;
  readonly originalId: number;
  readonly error: number;
  readonly other: Buffer;
}

/** Reads the TSIG record that ends the message; undefined when it is malformed. */
export function readTsig(packet: Buffer, start: number): TsigRecord | undefined {
  const owner = readCompressedName(packet, start);
  if (!owner || owner.end + FIXED_LENGTH > packet.length) return undefined;
  if (packet.readUInt16BE(owner.end) !== RrType.TSIG) return undefined;
  if (packet.readUInt16BE(owner.end + 2) !== CLASS_ANY || packet.readUInt32BE(owner.end + 4) !== 0) return undefined;
  const algorithm = readCompressedName(packet, owner.end + FIXED_LENGTH);
  if (!algorithm || algorithm.end + FIXED_RDATA > packet.length) return undefined;
  const at = algorithm.end;
  const macEnd = at + 10 + packet.readUInt16BE(at + 8);
  if (macEnd + 6 > packet.length) return undefined;
  const end = macEnd + 6 + packet.readUInt16BE(macEnd + 4);
  if (end !== packet.length || packet.readUInt16BE(owner.end + 8) !== end - owner.end - FIXED_LENGTH) return undefined;
  return {
    name: owner.name,
    algorithm: algorithm.name,
    time: packet.readUIntBE(at, 6),
    fudge: packet.readUInt16BE(at + 6),
    mac: packet.subarray(at + 10, macEnd),
    originalId: packet.readUInt16BE(macEnd),
    error: packet.readUInt16BE(macEnd + 2),
    other: packet.subarray(macEnd + 6, end),
  };
}

/** How long a record is on the wire, but for its MAC. */
export function tsigOctets({ name, algorithm, other }: Pick<TsigRecord, 'name' | 'algorithm' | 'other'>): number {
  return name.wire.length + FIXED_LENGTH + algorithm.wire.length + FIXED_RDATA + other.length;
}

/** The message with the record at its end. */
export function appendTsig(message: Buffer, record: TsigRecord): Buffer {
  const { name, algorithm, time, fudge, mac, originalId, error, other } = record;
  const fixed = Buffer.alloc(FIXED_LENGTH);
  fixed.writeUInt16BE(RrType.TSIG);
  fixed.writeUInt16BE(CLASS_ANY, 2);
  fixed.writeUInt16BE(algorithm.wire.length + FIXED_RDATA + mac.length + other.length, 8);
  const head = Buffer.alloc(10);
  head.writeUIntBE(time, 0, 6);
  head.writeUInt16BE(fudge, 6);
  head.writeUInt16BE(mac.length, 8);
  const tail = Buffer.alloc(6);
  tail.writeUInt16BE(originalId);
  tail.writeUInt16BE(error, 2);
  tail.writeUInt16BE(other.length, 4);
  const signed = Buffer.concat([message, name.wire, fixed, algorithm.wire, head, mac, tail, other]);
  signed.writeUInt16BE(signed.readUInt16BE(10) + 1, 10);
  return signed;
}
