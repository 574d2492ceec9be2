import { ipv4Octets, ipv6Octets } from './address';
import { Name } from './name';
import { EncodedType, NameText, RecordDataByType, RrsetData, SoaData } from './zone-data';

/** Largest TTL (RFC 2181 §8). */
export const MAX_TTL = 0x7fffffff;

/** RDATA that no server could put on the wire as asked. */
export class RdataError extends Error {
  override readonly name = 'RdataError';
}

type Encoders = { readonly [T in EncodedType]: (data: RecordDataByType[T], origin: Name) => Buffer };

/** Encoders from data to uncompressed RDATA; names in it are relative to the origin. */
const rdataEncoders: Encoders = {
  A: (address) => ipv4Octets(address) ?? fail(`${quote(address)} is no IPv4 address`),
  AAAA: (address) => ipv6Octets(address) ?? fail(`${quote(address)} is no IPv6 address`),
  NS: (name, origin) => toName(name, origin).wire,
  CNAME: (name, origin) => toName(name, origin).wire,
  PTR: (name, origin) => toName(name, origin).wire,
  MX: ({ preference, exchange }, origin) =>
    Buffer.concat([uint16(preference, 'preference'), toName(exchange, origin).wire]),
  TXT: (text) => {
    const strings = typeof text === 'string' ? splitText(text) : text;
    if (strings.length === 0) fail('a TXT record needs at least one character-string');
    return Buffer.concat(strings.map(characterString));
  },
  // RFC 2782: the target is never compressed.
  SRV: ({ priority, weight, port, target }, origin) =>
    Buffer.concat([
      uint16(priority, 'priority'),
      uint16(weight, 'weight'),
      uint16(port, 'port'),
      toName(target, origin).wire,
    ]),
  CAA: ({ flags = 0, tag, value }) => {
    // RFC 8659 §4.1: a tag is one or more ASCII letters and digits.
    if (!/^[A-Za-z0-9]{1,255}$/.test(tag)) fail(`${quote(tag)} is no CAA tag`);
    return Buffer.concat([uint8(flags, 'flags'), characterString(tag), Buffer.from(value, 'utf8')]);
  },
  SSHFP: ({ algorithm, fingerprintType, fingerprint }) => {
    const octets = Buffer.from(fingerprint, 'hex');
    if (octets.length === 0 || octets.length * 2 !== fingerprint.length) fail('the fingerprint is not in hexadecimal');
    // RFC 4255 §3.1.2 (SHA-1) and RFC 6594 §4 (SHA-256).
    const expected = { 1: 20, 2: 32 }[fingerprintType];
    if (expected !== undefined && octets.length !== expected) {
      fail(`a fingerprint of type ${fingerprintType} has ${expected} octets, this one ${octets.length}`);
    }
    return Buffer.concat([uint8(algorithm, 'algorithm'), uint8(fingerprintType, 'fingerprint type'), octets]);
  },
};

/** One encoder call for each record of an RRset, so that a bad record fails alone. */
export function encodeRdata(data: RrsetData, origin: Name): (() => Buffer)[] {
  if (isRaw(data)) return data.records.map((octets) => () => rawRdata(octets));
  return encodersOf(data, origin);
}

function encodersOf<T extends EncodedType>(
  data: { readonly type: T; readonly records: readonly RecordDataByType[T][] },
  origin: Name,
): (() => Buffer)[] {
  const encode: Encoders[T] = rdataEncoders[data.type];
  return data.records.map((record) => () => encode(record, origin));
}

function isRaw(data: RrsetData): data is RrsetData & { readonly type: `TYPE${number}` } {
  return data.type.startsWith('TYPE');
}

function rawRdata(octets: Uint8Array): Buffer {
  if (octets.length > 0xffff) fail(`the data has ${octets.length} octets, at most 65535 fit`);
  return Buffer.from(octets);
}

/** Encodes an SOA (RFC 1035 §3.3.13); the serial may be any uint32 (RFC 1982). */
export function encodeSoa(soa: SoaData, origin: Name): Buffer {
  checked(soa.ttl, MAX_TTL, 'ttl');
  return Buffer.concat([
    toName(soa.mname, origin).wire,
    toName(soa.rname, origin).wire,
    uint32(soa.serial, 'serial'),
    uint32(soa.refresh, 'refresh'),
    uint32(soa.retry, 'retry'),
    uint32(soa.expire, 'expire'),
    uint32(soa.minimum, 'minimum'),
  ]);
}

/** Resolves a name given as text against the origin. */
export function toName(name: NameText, origin: Name): Name {
  return typeof name === 'string' ? Name.parse(name, origin) : name;
}

function splitText(text: string): Uint8Array[] {
  const octets = Buffer.from(text, 'utf8');
  const strings: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < octets.length; at += 255) strings.push(octets.subarray(at, at + 255));
  return strings;
}

function characterString(value: string | Uint8Array): Buffer {
  const octets = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  if (octets.length > 255) fail(`a character-string has ${octets.length} octets, at most 255 fit`);
  return Buffer.concat([Uint8Array.of(octets.length), octets]);
}

function uint8(value: number, field: string): Buffer {
  return Buffer.of(checked(value, 0xff, field));
}

function uint16(value: number, field: string): Buffer {
  const octets = Buffer.alloc(2);
  octets.writeUInt16BE(checked(value, 0xffff, field));
  return octets;
}

function uint32(value: number, field: string): Buffer {
  const octets = Buffer.alloc(4);
  octets.writeUInt32BE(checked(value, 0xffffffff, field));
  return octets;
}

function checked(value: number, max: number, field: string): number {
  if (!Number.isInteger(value) || value < 0 || value > max)
    fail(`${field} ${String(value)} is not an integer from 0 to ${max}`);
  return value;
}

function quote(text: unknown): string {
  return JSON.stringify(String(text).slice(0, 80));
}

function fail(message: string): never {
  throw new RdataError(message);
}
