import { readCompressedName } from '../compressed-name';
import { RrType } from '../rr-type';
import { FIXED_LENGTH } from '../rrset';

/** The serial that an incremental request says the client holds, in the SOA behind its question (RFC 1995 §3); undefined without a sound one. */
export function ixfrSerial(packet: Buffer, questionEnd: number): number | undefined {
  if (packet.readUInt16BE(8) !== 1) return undefined;
  const owner = readCompressedName(packet, questionEnd);
  if (!owner || owner.end + FIXED_LENGTH > packet.length) return undefined;
  if (packet.readUInt16BE(owner.end) !== RrType.SOA) return undefined;
  const data = owner.end + FIXED_LENGTH;
  const end = data + packet.readUInt16BE(owner.end + 8);
  const mname = readCompressedName(packet, data);
  const rname = mname && readCompressedName(packet, mname.end);
  if (!rname || rname.end + 20 !== end || end > packet.length) return undefined;
  return packet.readUInt32BE(rname.end);
}
