import { Name } from './name';
import { HEADER_LENGTH } from './message-layout';
import { skipName } from './request-decoder';

/** The name that a message asks for, in presentation form: printable ASCII, whatever its octets; undefined where there is none. */
export function questionOf(packet: Buffer): string | undefined {
  if (packet.length <= HEADER_LENGTH || packet.readUInt16BE(4) === 0) return undefined;
  const end = skipName(packet, HEADER_LENGTH, false);
  return end < 0 ? undefined : Name.fromWire(Buffer.from(packet.subarray(HEADER_LENGTH, end))).toString();
}
