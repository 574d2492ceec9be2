import { ipv4Octets, ipv6Octets } from './address';
import { Name } from './name';
import { dsLengths, sshfpLengths, tlsaLengths } from './records/digest-lengths';
import {
  characterString,
  checked,
  fail,
  hexOctets,
  octetsOf,
  quote,
  uint16,
  uint32,
  uint8,
} from './records/field-encoders';
import { naptrRegexpFault } from './records/naptr-regexp';
import { encodeServiceParams } from './records/service-params';
import { EncodedType, NameText, RecordDataByType, RrsetData, SoaData } from './zone-data';

/** Largest TTL (RFC 2181 §8). */
export const MAX_TTL = 0x7fffffff;
/** The largest CAA value that is taken: its escaped text stays one line of a zone file. */
const MAX_CAA_OCTETS = 4_096;

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
    // RFC 8659 §4.1: a tag is ASCII letters and digits, and case does not matter: NSD loads small letters only, at most 15.
    if (!/^[A-Za-z0-9]{1,15}$/.test(tag)) fail(`${quote(tag)} is no CAA tag`);
    const octets = octetsOf(value);
    if (octets.length > MAX_CAA_OCTETS)
      fail(`a CAA value has ${octets.length} octets, at most ${MAX_CAA_OCTETS} are taken`);
    return Buffer.concat([uint8(flags, 'flags'), characterString(tag.toLowerCase()), octets]);
  },
  SSHFP: ({ algorithm, fingerprintType, fingerprint }) => {
    const octets = digest(fingerprint, sshfpLengths[fingerprintType], 'the fingerprint');
    return Buffer.concat([uint8(algorithm, 'algorithm'), uint8(fingerprintType, 'fingerprint type'), octets]);
  },
  DS: ({ keyTag, algorithm, digestType, digest: hex }) => {
    const expected = dsLengths[digestType] ?? fail(`digest type ${String(digestType)} is not one of 1, 2, 4`);
    return Buffer.concat([
      uint16(keyTag, 'key tag'),
      uint8(algorithm, 'algorithm'),
      uint8(digestType, 'digest type'),
      digest(hex, expected, 'the digest'),
    ]);
  },
  TLSA: ({ usage, selector, matchingType, data }) =>
    Buffer.concat([
      uint8(usage, 'usage'),
      uint8(selector, 'selector'),
      uint8(matchingType, 'matching type'),
      digest(data, tlsaLengths[matchingType], 'the data'),
    ]),
  NAPTR: ({ order, preference, flags, services, regexp, replacement }, origin) => {
    // RFC 3403 §4.1: flags are letters and digits.
    if (!/^[A-Za-z0-9]*$/.test(flags)) fail(`${quote(flags)} are no NAPTR flags`);
    const fault = naptrRegexpFault(octetsOf(regexp));
    if (fault !== undefined) fail(`the regular expression: ${fault}`);
    return Buffer.concat([
      uint16(order, 'order'),
      uint16(preference, 'preference'),
      ...[flags, services, regexp].map(characterString),
      toName(replacement, origin).wire,
    ]);
  },
  SVCB: serviceBinding,
  HTTPS: serviceBinding,
};

/** True for the types whose records are given as data and not as octets. */
export function isEncodedType(type: string): type is EncodedType {
  return Object.hasOwn(rdataEncoders, type);
}

/** The RDATA of one record. */
export function encodeRecord<T extends EncodedType>(type: T, data: RecordDataByType[T], origin: Name): Buffer {
  const encode: Encoders[T] = rdataEncoders[type];
  return encode(data, origin);
}

/** The RDATA of one record of an RRset, so that a bad record fails alone. */
export function encodeRdata(data: RrsetData, index: number, origin: Name): Buffer {
  return isRaw(data) ? rawRdata(data.records[index] as Uint8Array) : encodeNth(data, index, origin);
}

function encodeNth<T extends EncodedType>(
  { type, records }: { readonly type: T; readonly records: readonly RecordDataByType[T][] },
  index: number,
  origin: Name,
): Buffer {
  return encodeRecord(type, records[index] as RecordDataByType[T], origin);
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

function serviceBinding({ priority, target, params }: RecordDataByType['SVCB'], origin: Name): Buffer {
  // RFC 9460 §2.2: the target is never compressed.
  return Buffer.concat([
    uint16(priority, 'priority'),
    toName(target, origin).wire,
    encodeServiceParams(priority, params),
  ]);
}

function digest(hex: string, expected: number | undefined, what: string): Buffer {
  const octets = hexOctets(hex, what);
  if (expected !== undefined && octets.length !== expected) {
    fail(`${what} of this type has ${expected} octets, this one ${octets.length}`);
  }
  return octets;
}

function splitText(text: string): Uint8Array[] {
  const octets = Buffer.from(text, 'utf8');
  const strings: Uint8Array[] = [];
  for (let at = 0; at === 0 || at < octets.length; at += 255) strings.push(octets.subarray(at, at + 255));
  return strings;
}
