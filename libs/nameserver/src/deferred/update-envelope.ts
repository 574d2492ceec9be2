import { HEADER_LENGTH } from '../message-layout';
import { skipName } from '../request-decoder';
import { RrType } from '../rr-type';
import { FIXED_LENGTH } from '../rrset';

const UPDATE = 5;
const ZONE_TAIL = 4;

/** True for a request of opcode UPDATE (RFC 2136 §1.3). */
export function isUpdate(packet: Buffer): boolean {
  return packet.length >= HEADER_LENGTH && (packet[2] as number) >> 3 === UPDATE;
}

/**
 * Where the TSIG record of an update begins: 0 when there is none, -1 when the message is not whole. Every octet is passed once.
 */
export function updateTsigAt(packet: Buffer): number {
  let at = HEADER_LENGTH;
  for (let zones = packet.readUInt16BE(4); zones > 0; zones--) {
    const end = skipName(packet, at, false);
    if (end < 0 || end + ZONE_TAIL > packet.length) return -1;
    at = end + ZONE_TAIL;
  }
  const additional = packet.readUInt16BE(10);
  let tsigAt = 0;
  for (let left = packet.readUInt16BE(6) + packet.readUInt16BE(8) + additional; left > 0; left--) {
    const end = skipName(packet, at, true);
    if (end < 0 || end + FIXED_LENGTH > packet.length) return -1;
    if (packet.readUInt16BE(end) === RrType.TSIG) {
      // One, and it is the last record of the additional section (RFC 8945 §5.1).
      if (left > 1 || additional === 0) return -1;
      tsigAt = at;
    }
    at = end + FIXED_LENGTH + packet.readUInt16BE(end + 8);
  }
  return at === packet.length ? tsigAt : -1;
}

/** The message without its signature. */
export function withoutTsig(packet: Buffer, tsigAt: number): Buffer {
  const message = Buffer.from(packet.subarray(0, tsigAt));
  message.writeUInt16BE(message.readUInt16BE(10) - 1, 10);
  return message;
}
