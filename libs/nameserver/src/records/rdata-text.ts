import { typesOf } from '../dnssec/nsec';
import { RrType, typeName } from '../rr-type';
import { ipv4Text, ipv6Text } from './address-text';
import { dsLengths, sshfpLengths, tlsaLengths } from './digest-lengths';
import { fail } from './field-encoders';
import { naptrRegexpFault } from './naptr-regexp';
import { quotedText } from './octet-text';
import { RdataReader } from './rdata-reader';
import { serviceParamsText } from './service-params-text';

type Shape = (reader: RdataReader) => string[];

const u8 = (reader: RdataReader): string => String(reader.uint(1));
const u16 = (reader: RdataReader): string => String(reader.uint(2));
const u32 = (reader: RdataReader): string => String(reader.uint(4));
const name = (reader: RdataReader): string => reader.name().toString();
const string = (reader: RdataReader): string => quotedText(reader.characterString());
const all =
  (...fields: ((reader: RdataReader) => string)[]): Shape =>
  (reader) =>
    fields.map((field) => field(reader));

/** Digits a line of hexadecimal may have, so that no line of a zone file grows long. */
const HEX_GROUP = 128;

function hexGroups(octets: Buffer): string[] {
  const digits = octets.toString('hex');
  return Array.from({ length: Math.ceil(digits.length / HEX_GROUP) }, (_, index) =>
    digits.slice(index * HEX_GROUP, (index + 1) * HEX_GROUP),
  );
}

/** Numbers, then octets; the last number says how many octets there are, for the values that the table knows. */
const digested = (
  numbers: readonly ((reader: RdataReader) => string)[],
  lengths: Readonly<Record<number, number>>,
): Shape => {
  return (reader) => {
    const fields = all(...numbers)(reader);
    const digest = reader.rest();
    const expected = lengths[Number(fields.at(-1))] ?? digest.length;
    if (digest.length === 0 || digest.length !== expected) fail(`the digest has ${digest.length} octets`);
    return [...fields, ...hexGroups(digest)];
  };
};

const ds: Shape = (reader) => {
  const fields = digested([u16, u8, u8], dsLengths)(reader);
  if (dsLengths[Number(fields[2])] === undefined) fail(`digest type ${fields[2] ?? ''} is not one of 1, 2, 4`);
  return fields;
};

const dnskey: Shape = (reader) => [...all(u16, u8, u8)(reader), reader.rest().toString('base64')];

/** Times as RFC 4034 §3.2 writes them: YYYYMMDDHHmmSS. */
const time = (reader: RdataReader): string =>
  new Date(reader.uint(4) * 1_000).toISOString().replace(/[-:T]/g, '').slice(0, 14);

const rrsig: Shape = (reader) => {
  const covered = typeName(reader.uint(2));
  return [covered, ...all(u8, u8, u32, time, time, u16, name)(reader), reader.rest().toString('base64')];
};

const nsec: Shape = (reader) => {
  const next = name(reader);
  const types = typesOf(reader.rest());
  if (!types) fail('the data holds no types');
  return [next, ...types.map(typeName)];
};

const strings: Shape = (reader) => {
  const texts = [string(reader)];
  while (!reader.done) texts.push(string(reader));
  return texts;
};

const naptr: Shape = (reader) => {
  const numbers = [u16(reader), u16(reader)];
  const [flags, services, regexp] = [reader.characterString(), reader.characterString(), reader.characterString()];
  const fault = naptrRegexpFault(regexp);
  if (fault !== undefined || !/^[A-Za-z0-9]*$/.test(flags.toString('latin1')))
    fail(fault ?? 'these are no NAPTR flags');
  return [...numbers, ...[flags, services, regexp].map(quotedText), name(reader)];
};

const caa: Shape = (reader) => {
  const flags = u8(reader);
  const tag = reader.characterString().toString('latin1');
  if (!/^[A-Za-z0-9]+$/.test(tag)) fail('this is no CAA tag');
  return [flags, tag, quotedText(reader.rest())];
};

const serviceBinding: Shape = (reader) => {
  const priority = reader.uint(2);
  return [String(priority), name(reader), ...serviceParamsText(priority, reader)];
};

const shapes = new Map<number, Shape>([
  [RrType.A, (reader) => [ipv4Text(reader.take(4))]],
  [RrType.AAAA, (reader) => [ipv6Text(reader.take(16))]],
  [RrType.NS, all(name)],
  [RrType.CNAME, all(name)],
  [RrType.PTR, all(name)],
  [RrType.SOA, all(name, name, u32, u32, u32, u32, u32)],
  [RrType.MX, all(u16, name)],
  [RrType.TXT, strings],
  [RrType.SRV, all(u16, u16, u16, name)],
  [RrType.CAA, caa],
  [RrType.SSHFP, digested([u8, u8], sshfpLengths)],
  [RrType.DS, ds],
  [RrType.CDS, ds],
  [RrType.DNSKEY, dnskey],
  [RrType.CDNSKEY, dnskey],
  [RrType.RRSIG, rrsig],
  [RrType.NSEC, nsec],
  [RrType.TLSA, digested([u8, u8, u8], tlsaLengths)],
  [RrType.NAPTR, naptr],
  [RrType.SVCB, serviceBinding],
  [RrType.HTTPS, serviceBinding],
]);

/**
 * The fields of one record's RDATA as a zone file has them: names absolute, strings quoted, `\#` for types without a form of their own
 * (RFC 3597 §5). Throws an RdataError when the octets are not what the type asks for.
 */
export function rdataFields(type: number, rdata: Uint8Array): string[] {
  const shape = shapes.get(type);
  if (!shape) return ['\\#', String(rdata.length), ...hexGroups(Buffer.from(rdata))];
  const reader = new RdataReader(rdata);
  const fields = shape(reader);
  reader.end();
  return fields;
}

/** The RDATA of one record in presentation form, names absolute; an RdataError when it is not what its type asks for. */
export function rdataText(type: number, rdata: Uint8Array): string {
  return rdataFields(type, rdata).join(' ');
}

/** True for the types whose data has a form of its own in text. */
export function hasTextForm(type: number): boolean {
  return shapes.has(type);
}
