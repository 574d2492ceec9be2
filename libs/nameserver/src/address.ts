import { isIPv6 } from 'node:net';

const ZERO = 0x30;
const DOT = 0x2e;
const COLON = 0x3a;
const A = 0x41;
const SMALL_A = 0x61;

/** The four octets of a dotted-quad address, or undefined if the text is none. */
export function ipv4Octets(text: string): Buffer | undefined {
  const octets = Buffer.allocUnsafe(4);
  let at = 0;
  let value = -1;
  for (let i = 0; i <= text.length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit >= 0 && digit <= 9) {
      // No zero in front, which some read as octal; no more than an octet.
      if (value === 0 || (value = Math.max(value, 0) * 10 + digit) > 255) return undefined;
    } else {
      if (value < 0 || at === 4 || (i < text.length && (text[i] !== '.' || at === 3))) return undefined;
      octets[at++] = value;
      value = -1;
    }
  }
  return at === 4 ? octets : undefined;
}

/** The sixteen octets of an IPv6 address (RFC 4291 §2.2, an IPv4 tail included), or undefined if the text is none. */
export function ipv6Octets(text: string): Buffer | undefined {
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const octets = Buffer.allocUnsafe(16).fill(0);
  let at = 0;
  let gap = -1;
  let group = -1;
  for (let i = 0; i <= text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      // An IPv4 tail takes the room of two groups.
      octets.set(ipv4Octets(text.slice(text.lastIndexOf(':') + 1)) ?? [], at);
      at += 4;
      break;
    }
    if (i < text.length && code !== COLON) {
      group = Math.max(group, 0) * 16 + hexValue(code);
      continue;
    }
    if (group >= 0) at = octets.writeUInt16BE(group, at);
    else if (i > 0) gap = at;
    group = -1;
  }
  // What stands after the gap ends at the last octet.
  if (gap >= 0) octets.copyWithin(16 - (at - gap), gap, at).fill(0, gap, 16 - (at - gap));
  return octets;
}

/** Of a digit, or a letter of either case. */
function hexValue(code: number): number {
  return code < A ? code - ZERO : (code | 0x20) - SMALL_A + 10;
}
