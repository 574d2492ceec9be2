import { DomainError, invalid } from '@lxdm/domain';
import {
  canonicalName,
  Name,
  readZoneFile,
  RrType,
  typeName,
  WireRecord,
  wireRecords,
  ZoneFileError,
} from '@lxdm/nameserver';
import { Hole, holeOf } from './template-hole';
import { valueText } from './value-text';

/** What a template says about every value: its owner absolute and in lower case, its type's number, its TTL in seconds. */
export interface Template {
  text: string;
  owner: string;
  type: number;
  ttl: number;
}

/** A value as a record of the zone. */
export interface ValueRecord {
  /** The value as it was given. */
  value: string;
  rdata: Buffer;
}

/** How long a template may be, and how many octets of UTF-8 a value may have. */
export const MAX_TEMPLATE = 1_000;
export const MAX_VALUE_OCTETS = 4_096;

/** Two values that fit, for each type that a program can set the data of; others are tried with all of them. */
const SAMPLES: [string, string][] = [
  ['sample', 'other'],
  ['192.0.2.1', '192.0.2.2'],
  ['2001:db8::1', '2001:db8::2'],
  ['1', '2'],
  ['h2', 'h3'],
  ['a'.repeat(40), 'b'.repeat(40)],
  ['a'.repeat(64), 'b'.repeat(64)],
  ['a'.repeat(96), 'b'.repeat(96)],
  ['a'.repeat(128), 'b'.repeat(128)],
  ['aa', 'bb'],
  ['aabbccdd', 'bbccddee'],
];

/** What a value has to be, by type; the reader's own words tell the rest. */
const FITS: Partial<Record<number, string>> = {
  [RrType.A]: 'The value must be an IPv4 address such as 192.0.2.1.',
  [RrType.AAAA]: 'The value must be an IPv6 address such as 2001:db8::1.',
  [RrType.CNAME]: 'The value must be a name such as web.example.org. (with its final dot).',
  [RrType.PTR]: 'The value must be a name such as web.example.org. (with its final dot).',
};

/**
 * Reads a template: one line of zone-file text with one %s in its data.
 * @param zone that its owner is relative to, absolute
 * @throws DomainError `invalid` about the field `template`
 */
export function readTemplate(text: string, zone: string): Template {
  if (/[\r\n]/.test(text)) throw invalid('template', 'A template is one line.');
  const hole = holeOf(text);
  if (typeof hole === 'string') throw invalid('template', hole);
  const problems: string[] = [];
  for (const [one, another] of SAMPLES) {
    const first = tryRecord(hole, one, zone, false);
    const second = tryRecord(hole, another, zone, false);
    if (typeof first !== 'string' && typeof second !== 'string') return templateOf(text, first, second);
    // What the sample is to blame for says nothing about the template.
    for (const [sample, found] of [
      [one, first],
      [another, second],
    ] as const)
      if (typeof found === 'string') problems[found.includes(sample) ? 'push' : 'unshift'](found);
  }
  throw invalid('template', problems[0] ?? 'This is no record of one line.');
}

function templateOf(text: string, first: WireRecord, second: WireRecord): Template {
  const { owner, type, ttl } = first;
  if (owner !== second.owner || type !== second.type || ttl !== second.ttl || first.rdata.equals(second.rdata))
    throw invalid('template', 'The %s stands in the data of the record: not in its name, TTL, class or type.');
  if (type === RrType.NS || type === RrType.DS || type === RrType.SOA)
    throw invalid('template', `${typeName(type)} records are written by admins, in static entries.`);
  return { text, owner, type, ttl };
}

/**
 * The record that a value becomes in a template; the value is data and can be nothing else.
 * @throws DomainError `unservable-text` that says what fits
 */
export function recordOf({ text, owner, type, ttl }: Template, zone: string, value: string): ValueRecord {
  if (Buffer.byteLength(value) > MAX_VALUE_OCTETS) throw unfit(`A value has at most ${MAX_VALUE_OCTETS} octets.`);
  const hole = holeOf(text);
  if (typeof hole === 'string') throw unfit(hole);
  const record = tryRecord(hole, value, zone, type === RrType.TXT);
  if (typeof record === 'string') throw unfit(FITS[type] ?? `The value does not fit the template: ${record}`);
  // A template that was read before cannot become another record by any value; whoever finds a way is stopped here.
  if (record.owner !== owner || record.type !== type || record.ttl !== ttl)
    throw unfit('The value would change more than the data of the record.');
  return { value, rdata: record.rdata };
}

/**
 * The one record of a line with the value in its hole, or why there is none.
 * @param split only the strings of a TXT record may become several
 */
function tryRecord(hole: Hole, value: string, zone: string, split: boolean): WireRecord | string {
  const line = `${hole.before}${valueText(value, hole, split)}${hole.after}`;
  try {
    const file = readZoneFile(line, { origin: Name.parse(zone, Name.ROOT) });
    const [record, more] = wireRecords(file);
    return record && !more ? record : 'A template is one record.';
  } catch (error) {
    if (error instanceof ZoneFileError) return sentence(error.problems[0]?.message ?? 'it cannot be read');
    throw error;
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function unfit(message: string): DomainError {
  return new DomainError('unservable-text', message, [{ field: 'value', message }]);
}

/** The one spelling of a name of the zone. */
export function canonical(name: string): string {
  return canonicalName(Name.parse(name, Name.ROOT));
}
