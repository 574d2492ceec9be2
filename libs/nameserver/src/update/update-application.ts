import { Name } from '../name';
import { RrType } from '../rr-type';
import { HeldNames, HeldRecord } from './held-records';
import { rdataIdentity } from './rdata-layout';
import { Change, UpdateRecord } from './update-message';

/** What an update comes to: nothing of it where it changes nothing. */
export interface UpdateOutcome<R extends HeldRecord> {
  /** Records that go; fixed ones among them mean that the update must not be carried out. */
  readonly removed: readonly R[];
  readonly added: readonly UpdateRecord[];
  /** What each name that changed has afterwards. */
  readonly after: ReadonlyMap<string, readonly HeldRecord[]>;
}

/** A record in the course of an update. */
interface Working<R> {
  readonly type: number;
  readonly ttl: number;
  readonly rdata: Buffer;
  readonly standing: HeldRecord['standing'];
  readonly identity: string;
  readonly name: Name;
  /** The record as it was there before; undefined for a new one. */
  readonly held: R | undefined;
}

/** Carries changes out in their order on plain data (RFC 2136 §3.4.2); the caller has checked them and the prerequisites. */
export function applyUpdate<R extends HeldRecord>(
  zone: Name,
  changes: readonly Change[],
  held: HeldNames<R>,
): UpdateOutcome<R> {
  const names = new Map<string, Working<R>[]>();
  for (const change of changes) {
    const { key } = change.name;
    const records = names.get(key) ?? begin(change.name, held.get(key) ?? []);
    names.set(key, changed(zone, change, records));
  }
  return outcome(names, held);
}

function begin<R extends HeldRecord>(name: Name, records: readonly R[]): Working<R>[] {
  return records.map((record) => {
    const { type, ttl, rdata, standing } = record;
    return { type, ttl, rdata, standing, identity: rdataIdentity(type, rdata), name, held: record };
  });
}

function changed<R>(zone: Name, change: Change, records: Working<R>[]): Working<R>[] {
  const atApex = change.name.equals(zone);
  switch (change.kind) {
    case 'add':
      return added(change, atApex, records);
    // §3.4.2.3: SOA and NS of the zone itself stay.
    case 'delete-name':
      return records.filter(({ type }) => atApex && isVital(type));
    case 'delete-rrset':
      return atApex && isVital(change.type) ? records : records.filter(({ type }) => type !== change.type);
    case 'delete-record':
      return deleted(change, atApex, records);
  }
}

/** §3.4.2.2: what would stand beside a CNAME, a CNAME beside anything, and an SOA that is not newer are silently ignored. */
function added<R>(change: UpdateRecord, atApex: boolean, records: Working<R>[]): Working<R>[] {
  const { name, type, ttl, rdata } = change;
  const isCname = type === RrType.CNAME;
  if (records.some((record) => (record.type === RrType.CNAME) !== isCname)) return records;
  const old = records.filter((record) => record.type === type);
  if (type === RrType.SOA && !(atApex && old.every((soa) => isNewer(rdata, soa.rdata)))) return records;

  const identity = rdataIdentity(type, rdata);
  const isThere = old.some((record) => record.identity === identity && record.standing === 'fixed');
  const own: Working<R> = { type, ttl, rdata, standing: 'own', identity, name, held: undefined };
  // A name has one CNAME, a zone one SOA: the new one takes the old one's place.
  if (isCname || type === RrType.SOA) return isThere ? records : [...records.filter((r) => r.type !== type), own];
  // A record that is there already is replaced: its TTL may be another. The TTL is the whole set's (RFC 2181 §5.2).
  const kept = records.filter(
    (record) => !(record.type === type && record.standing === 'own' && record.identity === identity),
  );
  const retimed = kept.map((record) =>
    record.type === type && record.standing === 'own' && record.ttl !== ttl
      ? { ...record, ttl, held: undefined }
      : record,
  );
  return isThere ? retimed : [...retimed, own];
}

/** §3.4.2.4: an SOA stays, and so does the last NS of the zone. */
function deleted<R>({ type, rdata }: UpdateRecord, atApex: boolean, records: Working<R>[]): Working<R>[] {
  if (type === RrType.SOA) return records;
  const identity = rdataIdentity(type, rdata);
  const left = records.filter((record) => record.type !== type || record.identity !== identity);
  return atApex && type === RrType.NS && !left.some((record) => record.type === type) ? records : left;
}

/** The difference between before and after; what was deleted and put back as it was has not changed. */
function outcome<R extends HeldRecord>(names: ReadonlyMap<string, Working<R>[]>, held: HeldNames<R>): UpdateOutcome<R> {
  const removed: R[] = [];
  const news: UpdateRecord[] = [];
  const after = new Map<string, readonly HeldRecord[]>();
  for (const [key, records] of names) {
    const stayed = new Set(records.map((record) => record.held));
    const gone = (held.get(key) ?? []).filter((record) => !stayed.has(record));
    const back = new Map(gone.filter(({ standing }) => standing === 'own').map((record) => [sameness(record), record]));
    const really = new Set(gone);
    for (const record of records) {
      if (record.held) continue;
      const before = back.get(sameness(record));
      if (before && really.delete(before)) continue;
      news.push({ name: record.name, type: record.type, ttl: record.ttl, rdata: record.rdata });
      after.set(key, records);
    }
    if (really.size > 0) after.set(key, records);
    removed.push(...really);
  }
  return { removed, added: news, after };
}

/** Exactly the same, the case of names in the data included: it is stored as it was sent. */
function sameness({ type, ttl, rdata }: { type: number; ttl: number; rdata: Buffer }): string {
  return `${type} ${ttl} ${rdata.toString('latin1')}`;
}

function isVital(type: number): boolean {
  return type === RrType.SOA || type === RrType.NS;
}

/** Serial number arithmetic (RFC 1982 §3.2); the serial stands 20 octets before the end (RFC 1035 §3.3.13). */
function isNewer(soa: Buffer, than: Buffer): boolean {
  const distance = (soa.readUInt32BE(soa.length - 20) - than.readUInt32BE(than.length - 20)) >>> 0;
  return distance > 0 && distance < 2 ** 31;
}
