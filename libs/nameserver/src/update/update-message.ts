import { Name } from '../name';

/** A record as an UPDATE message carries it: its RDATA is without compression. */
export interface UpdateRecord {
  readonly name: Name;
  readonly type: number;
  readonly ttl: number;
  readonly rdata: Buffer;
}

/** What must hold before anything is changed (RFC 2136 §2.4). */
export type Prerequisite =
  | { readonly kind: 'name-in-use' | 'name-not-in-use'; readonly name: Name }
  | { readonly kind: 'rrset-exists' | 'rrset-absent'; readonly name: Name; readonly type: number }
  /** Part of an RRset that must exist with exactly these records; the TTL does not count. */
  | ({ readonly kind: 'record-exists' } & UpdateRecord);

/** One change of a zone's contents (RFC 2136 §2.5). */
export type Change =
  | ({ readonly kind: 'add' | 'delete-record' } & UpdateRecord)
  | { readonly kind: 'delete-rrset'; readonly name: Name; readonly type: number }
  | { readonly kind: 'delete-name'; readonly name: Name };

/** Why a message is not carried out. */
export interface UpdateFault {
  readonly rcode: number;
  /** For the log; never sent. */
  readonly reason: string;
}

/** An UPDATE message that was understood, as far as it was. */
export interface UpdateMessage {
  /** Undefined when not even this could be read. */
  readonly zone: Name | undefined;
  readonly prerequisites: readonly Prerequisite[];
  readonly changes: readonly Change[];
  /** FORMERR or NOTZONE; a server that does not serve the zone answers NOTAUTH instead (RFC 2136 §3.1.2). */
  readonly fault: UpdateFault | undefined;
}
