import { MAX_LABEL, MAX_NAME, Name } from '../name';
import { isEncodedType } from '../rdata';
import { fail, RdataError } from '../records/field-encoders';
import { checkRawRdata, isRawType } from '../records/raw-rdata';
import { rdataFields } from '../records/rdata-text';
import { isMetaType, RrType, typeName } from '../rr-type';
import { MalformedMessage, MessageReader } from './message-reader';

/** A number of octets, a character-string, or a name; what follows the last field is octets. */
type Field = number | 'string' | 'name';

/**
 * Where names are in RDATA. Those of RFC 1035 may be compressed, and a receiver should expand what older senders compress in
 * RP, AFSDB, SRV and NAPTR (RFC 3597 §4).
 */
const layouts = new Map<number, readonly Field[]>([
  [RrType.NS, ['name']],
  [RrType.CNAME, ['name']],
  [RrType.PTR, ['name']],
  [RrType.SOA, ['name', 'name', 20]],
  [RrType.MX, [2, 'name']],
  [17, ['name', 'name']],
  [18, [2, 'name']],
  [RrType.SRV, [6, 'name']],
  [RrType.NAPTR, [4, 'string', 'string', 'string', 'name']],
]);
/** RFC 9460 §2.2: names in these are never compressed, but compare as names do. */
const neverCompressed = new Map<number, readonly Field[]>([
  [RrType.SVCB, [2, 'name']],
  [RrType.HTTPS, [2, 'name']],
]);
/** Longer, the text of a CAA record is no line of a zone file any more. */
const MAX_CAA_OCTETS = 4_096;

/** True for types that a zone can hold because somebody wrote them there; SOA, signatures and what is not known are not among them. */
export function isUpdatableType(type: number): boolean {
  if (isMetaType(type) || type === RrType.SOA) return false;
  return isEncodedType(typeName(type)) || isRawType(type);
}

/** RDATA without compression; a MalformedMessage when it is not what its type asks for. */
export function readRdata(packet: Buffer, type: number, start: number, end: number): Buffer {
  const layout = layouts.get(type);
  const rdata = layout ? expand(packet, layout, start, end) : Buffer.from(packet.subarray(start, end));
  check(type, rdata);
  return rdata;
}

/** Equal for RDATA that is equal, the case of names in it aside (RFC 2136 §1.1.2). */
export function rdataIdentity(type: number, rdata: Buffer): string {
  const layout = layouts.get(type) ?? neverCompressed.get(type);
  if (!layout) return rdata.toString('latin1');
  const folded = Buffer.from(rdata);
  let at = 0;
  for (const field of layout) {
    if (field === 'name') at = foldName(folded, at);
    else at += typeof field === 'number' ? field : 1 + (folded[at] ?? 0);
  }
  return folded.toString('latin1');
}

function foldName(octets: Buffer, start: number): number {
  for (let at = start; at < octets.length;) {
    const length = octets[at] as number;
    if (length === 0 || length > MAX_LABEL) return at + 1;
    for (let i = at + 1; i <= at + length && i < octets.length; i++) {
      const octet = octets[i] as number;
      if (octet >= 0x41 && octet <= 0x5a) octets[i] = octet | 0x20;
    }
    at += 1 + length;
  }
  return octets.length;
}

function expand(packet: Buffer, layout: readonly Field[], start: number, end: number): Buffer {
  const reader = new MessageReader(packet);
  const parts: Buffer[] = [];
  let at = start;
  for (const field of layout) {
    if (field === 'name') {
      reader.at = at;
      parts.push(reader.nameOctets());
      ({ at } = reader);
    } else {
      const octets = typeof field === 'number' ? field : 1 + (at < end ? (packet[at] as number) : 0);
      parts.push(packet.subarray(at, at + octets));
      at += octets;
    }
    if (at > end) throw new MalformedMessage(`the data at ${start} is too short`);
  }
  parts.push(packet.subarray(at, end));
  return Buffer.concat(parts);
}

function check(type: number, rdata: Buffer): void {
  try {
    if (type === RrType.TXT) checkStrings(rdata);
    else if (layouts.has(type)) checkLayout(type, rdata);
    else if (neverCompressed.has(type)) checkService(type, rdata);
    else if (isEncodedType(typeName(type))) rdataFields(type, rdata);
    else checkRawRdata(type, rdata);
  } catch (error) {
    if (error instanceof RdataError) throw new MalformedMessage(`${typeName(type)}: ${error.message}`);
    throw error;
  }
  if (type === RrType.CAA && rdata.length > MAX_CAA_OCTETS) throw new MalformedMessage('CAA: the data is too long');
}

/** The parameters behind a target, whose text is not needed. */
function checkService(type: number, rdata: Buffer): void {
  let at = 2;
  for (let length = rdata[at] ?? 0; length > 0; length = rdata[at] ?? 0) {
    at += 1 + length;
    if (length > MAX_LABEL || at + 1 - 2 > MAX_NAME) fail('the data holds no sound name');
  }
  if (at >= rdata.length) fail('the data is too short');
  rdataFields(type, Buffer.concat([rdata.subarray(0, 2), rdata.subarray(at)]));
}

/** Its fields were there when it was expanded: nothing may follow them, and text is not made of names only to be thrown away. */
function checkLayout(type: number, rdata: Buffer): void {
  const end = fieldEnds(layouts.get(type) ?? [], rdata);
  if (end.last !== rdata.length) fail(`the data has ${rdata.length - end.last} octets too many`);
  if (type === RrType.NAPTR) rdataFields(type, Buffer.concat([rdata.subarray(0, end.beforeLast), Name.ROOT.wire]));
}

/** Where the last field of expanded RDATA ends and begins. */
function fieldEnds(layout: readonly Field[], rdata: Buffer): { last: number; beforeLast: number } {
  let last = 0;
  let beforeLast = 0;
  for (const field of layout) {
    beforeLast = last;
    if (field === 'name') {
      for (let length = rdata[last] ?? 0; length > 0; length = rdata[last] ?? 0) last += 1 + length;
      last += 1;
    } else last += typeof field === 'number' ? field : 1 + (rdata[last] ?? 0);
  }
  return { last, beforeLast };
}

/** One at least; their text is not needed, and a long one would cost too much. */
function checkStrings(rdata: Buffer): void {
  let at = 0;
  do at += 1 + (rdata[at] ?? 0);
  while (at < rdata.length);
  if (at !== rdata.length) fail('the data is too short');
}
