import { MAX_LABEL, MAX_NAME, Name } from './name';

const POINTER = 0xc0;

/**
 * Reads a name that may be compressed, and where it ends in the message; undefined when it is none. Every pointer must lead
 * further back than the one before (RFC 1035 §4.1.4: to a prior occurrence), so there is no loop.
 */
export function readCompressedName(packet: Buffer, start: number): { name: Name; end: number } | undefined {
  const labels: Buffer[] = [];
  let end = -1;
  let octets = 1;
  let earliest = start;
  for (let at = start; at < packet.length;) {
    const length = packet[at] as number;
    if (length >= POINTER) {
      if (at + 1 >= packet.length) return undefined;
      if (end < 0) end = at + 2;
      const target = ((length & ~POINTER) << 8) | (packet[at + 1] as number);
      if (target >= earliest) return undefined;
      earliest = target;
      at = target;
      continue;
    }
    if (length === 0) return { name: Name.fromLabels(labels), end: end < 0 ? at + 1 : end };
    octets += 1 + length;
    if (length > MAX_LABEL || octets > MAX_NAME || at + 1 + length > packet.length) return undefined;
    labels.push(packet.subarray(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return undefined;
}
