import { Name } from '../name';
import { encodeRdata, encodeSoa, isEncodedType, toName } from '../rdata';
import { RdataReader } from '../records/rdata-reader';
import { RrType } from '../rr-type';
import { RrsetData } from '../zone-data';
import { TextPlace } from './zone-file-problem';
import type { ZoneFile } from './zone-file-reader';

/** One record of a text, as it is stored: whoever serves it needs no reader of text. */
export interface WireRecord extends TextPlace {
  /** Absolute, in lower case, with its final dot. */
  readonly owner: string;
  readonly type: number;
  readonly ttl: number;
  /** Uncompressed. */
  readonly rdata: Buffer;
  /** Where it leads (targetName). */
  readonly target: string | null;
}

/** The records that were read from a text, its SOA too, in the order of their places. */
export function wireRecords({ origin, soa, soaPlace, rrsets }: ZoneFile): WireRecord[] {
  const records = rrsets.flatMap((rrset) => {
    const owner = canonicalName(toName(rrset.name, Name.ROOT));
    const type = codeOf(rrset.type);
    const { places, records: given } = rrset;
    if (places.length !== given.length) throw new Error(`a record of ${owner} has no place`);
    return places.map((place, index) => {
      const rdata = encodeRdata(rrset, index, Name.ROOT);
      return { owner, type, ttl: rrset.ttl, rdata, target: targetName(type, rdata) ?? null, ...place };
    });
  });
  if (soa && soaPlace) {
    const apex = toName(origin, Name.ROOT);
    const rdata = encodeSoa(soa, apex);
    records.push({ owner: canonicalName(apex), type: RrType.SOA, ttl: soa.ttl, rdata, target: null, ...soaPlace });
  }
  return records.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The one spelling of a name under which it is stored: absolute, in lower case (A-Z only, RFC 4343), with its final dot. */
export function canonicalName(name: Name): string {
  return Name.fromLabels(name.labels().map(inLowerCase)).toString();
}

/** Where the name begins in the RDATA of the types that lead somewhere. */
const TARGETS = new Map<number, number>([
  [RrType.NS, 0],
  [RrType.CNAME, 0],
  [RrType.MX, 2],
  [RrType.SRV, 6],
  [RrType.SVCB, 2],
  [RrType.HTTPS, 2],
]);

/** Where a record leads, in the spelling of canonicalName: what CNAME, NS, MX, SRV, SVCB and HTTPS name; undefined for others, and for the root. */
export function targetName(type: number, rdata: Uint8Array): string | undefined {
  const offset = TARGETS.get(type);
  if (offset === undefined) return undefined;
  const reader = new RdataReader(rdata);
  reader.take(offset);
  const name = canonicalName(reader.name());
  return name === '.' ? undefined : name;
}

function codeOf(type: RrsetData['type']): number {
  return isEncodedType(type) ? RrType[type] : Number(type.slice('TYPE'.length));
}

function inLowerCase(label: Buffer): Buffer {
  return Buffer.from(label.map((octet) => (octet >= 0x41 && octet <= 0x5a ? octet | 0x20 : octet)));
}
