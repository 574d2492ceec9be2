/** The octets of a sender's address, read from its text into one place: no query leaves garbage for it. */
export class ClientAddress {
  readonly octets = new Uint8Array(16);
  /** 4 or 16; 0 when the text is no address. */
  length = 0;

  /** Takes the text that a socket gives: dotted quad or RFC 4291 §2.2 form, with or without a zone. */
  read(text: string): void {
    this.length = isDotted(text) ? this.readIpv4(text, 0, 0) : this.readIpv6(text);
  }

  /** Writes four octets; returns the offset after them, or 0. */
  private readIpv4(text: string, start: number, at: number): number {
    let value = -1;
    let next = at;
    for (let i = start; i <= text.length; i++) {
      const digit = i < text.length ? text.charCodeAt(i) - 0x30 : -2;
      if (digit >= 0 && digit <= 9) {
        value = Math.max(value, 0) * 10 + digit;
        if (value > 255) return 0;
      } else {
        if (value < 0 || next >= at + 4 || (digit !== -2 && next === at + 3)) return 0;
        this.octets[next++] = value;
        value = -1;
      }
    }
    return next === at + 4 ? next : 0;
  }

  private readIpv6(text: string): number {
    const { octets } = this;
    let at = 0;
    let gap = -1;
    let value = -1;
    let groupStart = 0;
    const end = text.includes('%') ? text.indexOf('%') : text.length;
    for (let i = 0; i <= end; i++) {
      const code = i < end ? text.charCodeAt(i) : COLON;
      if (code === COLON) {
        if (value >= 0) {
          if (at > 14) return 0;
          octets[at++] = value >> 8;
          octets[at++] = value & 0xff;
          value = -1;
        } else if (i < end && i > 0) {
          if (gap >= 0) return 0;
          gap = at;
        }
        groupStart = i + 1;
      } else if (code === DOT) {
        if (at > 12 || end !== text.length) return 0;
        at = this.readIpv4(text, groupStart, at);
        if (at === 0) return 0;
        break;
      } else {
        const digit = hexDigit(code);
        if (digit < 0) return 0;
        value = Math.max(value, 0) * 16 + digit;
        if (value > 0xffff) return 0;
      }
    }
    if (gap < 0) return at === 16 ? 16 : 0;
    if (at > 14) return 0;
    octets.copyWithin(16 - (at - gap), gap, at);
    octets.fill(0, gap, 16 - (at - gap));
    return 16;
  }
}

const COLON = 0x3a;
const DOT = 0x2e;

/** Whether a dot ends the first number, as in no IPv6 address. */
function isDotted(text: string): boolean {
  if (text.charCodeAt(0) === COLON) return false;
  return text.charCodeAt(1) === DOT || text.charCodeAt(2) === DOT || text.charCodeAt(3) === DOT;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
