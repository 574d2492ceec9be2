import { RrType } from '../rr-type';

/** Where names stand in the RDATA of a type: after so many octets, or character-strings, so many names. */
interface NamePlace {
  readonly skip: number;
  readonly strings: number;
  readonly names: number;
}

const after = (skip: number, names = 1, strings = 0): NamePlace => ({ skip, strings, names });

/** The types whose names are put into lower case before signing (RFC 4034 §6.2, RFC 6840 §5.1); in all others they are data. */
const NAMES_IN: ReadonlyMap<number, NamePlace> = new Map([
  [RrType.NS, after(0)],
  [3, after(0)], // MD
  [4, after(0)], // MF
  [RrType.CNAME, after(0)],
  [RrType.SOA, after(0, 2)],
  [7, after(0)], // MB
  [8, after(0)], // MG
  [9, after(0)], // MR
  [RrType.PTR, after(0)],
  [14, after(0, 2)], // MINFO
  [RrType.MX, after(2)],
  [17, after(0, 2)], // RP
  [18, after(2)], // AFSDB
  [21, after(2)], // RT
  [26, after(2, 2)], // PX
  [RrType.SRV, after(6)],
  [RrType.NAPTR, after(4, 1, 3)],
  [36, after(2)], // KX
  [RrType.DNAME, after(0)],
]);

/** The records of an RRset as they are signed: in canonical form, sorted as octets, each once (RFC 4034 §6.2, §6.3). */
export function canonicalRdatas(type: number, rdatas: readonly Buffer[]): readonly Buffer[] {
  const place = NAMES_IN.get(type);
  const canonical = place ? rdatas.map((rdata) => withLowerNames(rdata, place)) : rdatas;
  if (canonical.length === 1) return canonical;
  const sorted = canonical.toSorted((a, b) => a.compare(b));
  return sorted.filter((rdata, index) => index === 0 || !rdata.equals(sorted[index - 1] as Buffer));
}

function withLowerNames(rdata: Buffer, { skip, strings, names }: NamePlace): Buffer {
  const canonical = Buffer.from(rdata);
  let at = skip;
  for (let i = 0; i < strings; i++) at += 1 + (canonical[at] ?? 0);
  for (let i = 0; i < names; i++) at = lowerName(canonical, at);
  return canonical;
}

/** Lower-cases one uncompressed name and returns the offset after it; length octets are below 64 and so never look like a letter. */
function lowerName(octets: Buffer, start: number): number {
  for (let at = start; at < octets.length;) {
    const length = octets[at] as number;
    const end = Math.min(at + 1 + length, octets.length);
    for (let i = at + 1; i < end; i++) {
      const octet = octets[i] as number;
      if (octet >= 0x41 && octet <= 0x5a) octets[i] = octet | 0x20;
    }
    at = end;
    if (length === 0) return at;
  }
  return octets.length;
}
