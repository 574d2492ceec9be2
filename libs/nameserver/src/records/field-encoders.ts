/** RDATA that no server could put on the wire as asked. */
export class RdataError extends Error {
  override readonly name = 'RdataError';
}

/** A <character-string>: a length octet and at most 255 octets (RFC 1035 §3.3). */
export function characterString(value: string | Uint8Array): Buffer {
  const octets = octetsOf(value);
  if (octets.length > 255) fail(`a character-string has ${octets.length} octets, at most 255 fit`);
  return Buffer.concat([Uint8Array.of(octets.length), octets]);
}

/** Text as UTF-8; octets as they are. */
export function octetsOf(value: string | Uint8Array): Uint8Array {
  return typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
}

/** Octets from an even number of hexadecimal digits, at least two. */
export function hexOctets(text: string, what: string): Buffer {
  const octets = Buffer.from(text, 'hex');
  // Buffer.from stops at the first pair that is none.
  if (octets.length === 0 || octets.length * 2 !== text.length) fail(`${what} is not in hexadecimal`);
  return octets;
}

/** One octet. */
export function uint8(value: number, field: string): Buffer {
  return Buffer.of(checked(value, 0xff, field));
}

/** Two octets. */
export function uint16(value: number, field: string): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(checked(value, 0xffff, field));
  return octets;
}

/** Four octets. */
export function uint32(value: number, field: string): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(checked(value, 0xffffffff, field));
  return octets;
}

/** The value itself, when it is an integer from 0 to the maximum. */
export function checked(value: number, max: number, field: string): number {
  if (!Number.isInteger(value) || value < 0 || value > max)
    fail(`${field} ${String(value)} is not an integer from 0 to ${max}`);
  return value;
}

/** A value in an error message: short, and unable to break out of its line. */
export function quote(text: unknown): string {
  return JSON.stringify(String(text).slice(0, 80));
}

/** Refuses RDATA. */
export function fail(message: string): never {
  throw new RdataError(message);
}
