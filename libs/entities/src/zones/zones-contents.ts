import type { ServedZone, StoredRecord, ZoneContainer } from '@lxdm/domain';

/** A zone with what its signing needs to know. */
export interface ZoneRow extends ServedZone {
  dnssec: boolean;
}

/** A signing key of a zone; times are milliseconds since 1970. */
export interface ZoneKeyRow {
  id: string;
  zone: string;
  /** RDATA of its DNSKEY record, in hexadecimal digits. */
  dnskey: string;
  privateKeySealed: string;
  createdAt: number;
  activeAt: number | null;
  retiredAt: number | null;
}

/** A TSIG key; its secret is sealed. */
export interface TsigKeyContents {
  id: string;
  name: string;
  algorithm: 'hmac-sha256' | 'hmac-sha384' | 'hmac-sha512';
  secretSealed: string;
  updateNames: string[];
  updateTypes: string[];
  mayTransfer: boolean;
}

/** A server that follows our zones. */
export interface SecondaryContents {
  id: string;
  name: string;
  address: string;
  port: number;
  tsigKeyId: string | null;
}

/** What the name server knows beside the zones' records: few rows, read with every version. */
export interface ServerKeys {
  zoneKeys: ZoneKeyRow[];
  tsigKeys: TsigKeyContents[];
  secondaries: SecondaryContents[];
}

/** Where a state of the zones stands. */
export interface ZonesState extends ServerKeys {
  /** The forward zone first. */
  zones: ZoneRow[];
  /** The change feed's last entry that is surely contained. */
  seq: number;
  /** The journal's last entry. */
  journal: number;
  /** When the serials were bumped last, in milliseconds since 1970: the time of the journal's last entry. */
  bumpedAt: number;
  /** True where the forward zone has a wildcard right below its top. */
  wildcard: boolean;
}

/** All that the name server needs to build its zones, from one snapshot of the database. */
export interface ZonesContents extends ZonesState {
  /** Ordered by name; of those with the same name, the one that has it in the zone. */
  containers: ZoneContainer[];
  records: StoredRecord[];
}

/** What is new in the zones since an entry of the journal. */
export interface ZonesNews extends ZonesContents {
  /** How often the serials were bumped. */
  bumps: number;
  /** The owner names that may have changed, absolute: containers and records hold all that the zones say about them now. */
  touched: string[];
  /** False when the journal cannot tell everything that happened: load the zones whole then. */
  complete: boolean;
}

/** Which names and addresses change with some others. */
export interface FurtherTouched {
  owners: readonly string[];
  /** Addresses whose names may have changed, as text. */
  addresses: readonly string[];
}
