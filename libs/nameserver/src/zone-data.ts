import { Name } from './name';
import { ServiceParam } from './records/service-params';

/**
 * A name as callers give it: presentation form as in a zone file (no trailing dot = relative to the zone's origin,
 * `@` = the origin), or a parsed name.
 */
export type NameText = string | Name;

/** The SOA record of a zone (RFC 1035 §3.3.13). */
export interface SoaData {
  readonly mname: NameText;
  readonly rname: NameText;
  /** Any uint32; the caller stores it and bumps it. */
  readonly serial: number;
  readonly refresh: number;
  readonly retry: number;
  readonly expire: number;
  /** How long a negative answer may be cached (RFC 2308 §4). */
  readonly minimum: number;
  readonly ttl: number;
}

/** SVCB and HTTPS (RFC 9460 §2.2); the order of the parameters does not matter. */
export interface ServiceBindingData {
  readonly priority: number;
  readonly target: NameText;
  readonly params: readonly ServiceParam[];
}

/** What one record of each encoded type looks like as data. */
export interface RecordDataByType {
  A: string;
  AAAA: string;
  NS: NameText;
  CNAME: NameText;
  PTR: NameText;
  MX: { readonly preference: number; readonly exchange: NameText };
  /** A string is cut into character-strings of 255 octets of UTF-8; a list gives the character-strings themselves. */
  TXT: string | readonly (string | Uint8Array)[];
  SRV: { readonly priority: number; readonly weight: number; readonly port: number; readonly target: NameText };
  CAA: { readonly flags?: number; readonly tag: string; readonly value: string | Uint8Array };
  SSHFP: { readonly algorithm: number; readonly fingerprintType: number; readonly fingerprint: string };
  DS: { readonly keyTag: number; readonly algorithm: number; readonly digestType: number; readonly digest: string };
  TLSA: { readonly usage: number; readonly selector: number; readonly matchingType: number; readonly data: string };
  NAPTR: {
    readonly order: number;
    readonly preference: number;
    readonly flags: string;
    readonly services: string | Uint8Array;
    readonly regexp: string | Uint8Array;
    readonly replacement: NameText;
  };
  SVCB: ServiceBindingData;
  HTTPS: ServiceBindingData;
}

/** The types with an encoder; every other type is given raw as TYPEnnn (RFC 3597). */
export type EncodedType = keyof RecordDataByType;

/** Records of one owner and type; RRsets given twice are merged, with the lower TTL. */
export type RrsetData =
  | {
      [T in EncodedType]: {
        readonly name: NameText;
        readonly type: T;
        readonly ttl: number;
        readonly records: readonly RecordDataByType[T][];
      };
    }[EncodedType]
  | {
      readonly name: NameText;
      readonly type: `TYPE${number}`;
      readonly ttl: number;
      readonly records: readonly Uint8Array[];
    };

/** RRsets whose data holds no names. */
export type HostRrset = Extract<RrsetData, { readonly type: 'A' | 'AAAA' | 'SSHFP' | 'TXT' }>;

/**
 * A name whose records are sound, as they follow from what can hold nothing else: they are made when somebody first wants them, so that
 * a zone of a hundred thousand names is there at once.
 */
export interface LateName {
  readonly name: NameText;
  /** How many RRsets it has, at least one. */
  readonly size: number;
  /** The same text for names of different versions that say the same. */
  readonly likeness: string;
  readonly rrsets: () => readonly HostRrset[];
}

/** One record as it was checked and stored before: nobody has to read text to serve it. */
export interface RawRecord {
  readonly owner: NameText;
  /** The type's number (RFC 3597 §2). */
  readonly type: number;
  readonly ttl: number;
  /** RDATA without compression, names in it in full. */
  readonly rdata: Uint8Array;
}

/** Everything a zone is built from. */
export interface ZoneData {
  /** The apex; absolute with or without its trailing dot. */
  readonly origin: NameText;
  /** A zone without one cannot be built; undefined is for readers of text that may lack it. */
  readonly soa: SoaData | undefined;
  /** The apex's name servers; their TTL is the SOA's. */
  readonly ns: readonly NameText[];
  readonly rrsets: Iterable<RrsetData>;
  /** Names with records beside those. */
  readonly names?: Iterable<LateName>;
  /** Records as octets, beside the RRsets. */
  readonly raw?: Iterable<RawRecord>;
}
