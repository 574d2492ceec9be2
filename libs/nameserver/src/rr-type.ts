/** TYPE codes by name (IANA DNS parameters): those this library encodes, and those it treats specially. */
export const RrType = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  DNAME: 39,
  OPT: 41,
  DS: 43,
  SSHFP: 44,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  TLSA: 52,
  CDS: 59,
  CDNSKEY: 60,
  SVCB: 64,
  HTTPS: 65,
  CAA: 257,
  TSIG: 250,
  IXFR: 251,
  AXFR: 252,
  ANY: 255,
} as const;

const namesByCode = new Map<number, string>(Object.entries(RrType).map(([name, code]) => [code, name]));

/** The mnemonic of a TYPE code, or TYPEnnn for one without (RFC 3597 §5). */
export function typeName(code: number): string {
  return namesByCode.get(code) ?? `TYPE${code}`;
}

/** True for codes that never label stored data: 0, OPT and the meta and question types 128-255 (RFC 6895 §3.1). */
export function isMetaType(code: number): boolean {
  return code === 0 || code === RrType.OPT || (code >= 128 && code <= 255);
}

/** The only class that is served. */
export const CLASS_IN = 1;
/** QCLASS *, and the class of a TSIG record. */
export const CLASS_ANY = 255;
