import { Name } from '../src/name';

/** Classes as prerequisites and changes use them. */
export const IN = 1;
export const NONE = 254;
export const ANY = 255;

/** A record as text would have it; the data as octets, none by default. */
export interface PacketRecord {
  readonly name: string | Buffer;
  readonly type: number;
  readonly rrclass?: number;
  readonly ttl?: number;
  readonly rdata?: Buffer;
  /** A length that lies. */
  readonly rdlength?: number;
}

/** The sections of an UPDATE message; the counts lie where they are given. */
export interface PacketParts {
  readonly zone?: string;
  readonly zoneType?: number;
  readonly zoneClass?: number;
  readonly prerequisites?: readonly PacketRecord[];
  readonly changes?: readonly PacketRecord[];
  readonly additional?: readonly PacketRecord[];
  readonly counts?: Partial<Record<0 | 1 | 2 | 3, number>>;
  readonly tail?: Buffer;
  readonly id?: number;
}

/** An UPDATE message, sound or not (RFC 2136 §2). */
export function updatePacket({
  zone = 'ct.example.org',
  zoneType = 6,
  zoneClass = IN,
  prerequisites = [],
  changes = [],
  additional = [],
  counts = {},
  tail = Buffer.alloc(0),
  id = 4711,
}: PacketParts): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(id);
  header[2] = 5 << 3;
  [1, prerequisites.length, changes.length, additional.length].forEach((count, index) =>
    header.writeUInt16BE(counts[index as 0 | 1 | 2 | 3] ?? count, 4 + 2 * index),
  );
  const records = [...prerequisites, ...changes, ...additional].map(recordOctets);
  return Buffer.concat([header, wire(zone), uint16(zoneType), uint16(zoneClass), ...records, tail]);
}

/** A name's octets, or those that are given for it. */
export function wire(name: string | Buffer): Buffer {
  return typeof name === 'string' ? Name.parse(name).wire : name;
}

/** A compression pointer. */
export function pointer(to: number): Buffer {
  return Buffer.of(0xc0 | (to >> 8), to & 0xff);
}

/** The RDATA of a TXT record of one string. */
export function txt(text: string): Buffer {
  return Buffer.concat([Buffer.of(text.length), Buffer.from(text, 'latin1')]);
}

function recordOctets({ name, type, rrclass = IN, ttl = 0, rdata = Buffer.alloc(0), rdlength }: PacketRecord): Buffer {
  const fixed = Buffer.alloc(10);
  fixed.writeUInt16BE(type);
  fixed.writeUInt16BE(rrclass, 2);
  fixed.writeUInt32BE(ttl, 4);
  fixed.writeUInt16BE(rdlength ?? rdata.length, 8);
  return Buffer.concat([wire(name), fixed, rdata]);
}

function uint16(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}
