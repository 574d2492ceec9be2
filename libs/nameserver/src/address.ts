const ZERO = 0x30;
const NINE = 0x39;
const DOT = 0x2e;
const COLON = 0x3a;
const SMALL_A = 0x61;
const SMALL_F = 0x66;

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

/** The sixteen octets of an IPv6 address (RFC 4291 §2.2, an IPv4 tail included, no zone), or undefined if the text is none. */
export function ipv6Octets(text: string): Buffer | undefined {
  const octets = Buffer.allocUnsafe(16);
  let at = 0;
  /** Where the zeros of "::" belong. */
  let gap = -1;
  let group = 0;
  let digits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === DOT) {
      // An IPv4 tail takes the room of two groups.
      const tail = at > 12 ? undefined : ipv4Octets(text.slice(i - digits));
      if (!tail) return undefined;
      octets.set(tail, at);
      return spread(octets, at + 4, gap);
    }
    if (code !== COLON) {
      const value = hexValue(code);
      if (value < 0 || ++digits > 4) return undefined;
      group = group * 16 + value;
    } else if (digits > 0) {
      if (at > 14) return undefined;
      octets[at++] = group >> 8;
      octets[at++] = group;
      group = digits = 0;
    } else {
      if (gap >= 0 || (i === 0 && text.charCodeAt(++i) !== COLON)) return undefined;
      gap = at;
    }
  }
  // A colon ends an address only where it is the second of two.
  if (digits === 0) return gap === at ? spread(octets, at, gap) : undefined;
  if (at > 14) return undefined;
  octets[at++] = group >> 8;
  octets[at++] = group;
  return spread(octets, at, gap);
}

/** Moves what stands after the gap to the end; "::" is at least one group. */
function spread(octets: Buffer, end: number, gap: number): Buffer | undefined {
  if (gap < 0) return end === 16 ? octets : undefined;
  if (end > 14) return undefined;
  for (let from = end - 1, to = 15; to >= gap; from--, to--) octets[to] = from >= gap ? (octets[from] as number) : 0;
  return octets;
}

/** Of a digit, or a letter of either case; -1 for anything else. */
function hexValue(code: number): number {
  if (code >= ZERO && code <= NINE) return code - ZERO;
  const small = code | 0x20;
  return small >= SMALL_A && small <= SMALL_F ? small - SMALL_A + 10 : -1;
}
