import { Zone } from '../zone';
import { readRecordList } from './record-list';
import { isNewerSerial } from './serial';
import { TransferRecords } from './transfer-request';
import { soaOf, ZoneDelta } from './zone-delta';
import { ZoneJournal } from './zone-journal';

/** What a client is given: the zone, what changed in it, or word that nothing did. */
export type TransferKind = 'whole' | 'changes' | 'current';

/** Up to this size changes are sent without asking whether the zone itself is smaller. */
const SURELY_SMALLER = 16_384;

/** The records that answer an AXFR, or, given the client's serial, an IXFR (RFC 5936 §2.2, RFC 1995 §4). */
export function transferRecords(
  zone: Zone,
  serial: number | undefined,
  journal: ZoneJournal | undefined,
): { readonly kind: TransferKind; readonly records: Iterable<TransferRecords> } {
  if (serial === undefined) return { kind: 'whole', records: wholeZone(zone) };
  // A client that is ahead follows another server of ours and is not set back (RFC 1995 §2).
  if (serial === zone.serial || isNewerSerial(serial, zone.serial)) return { kind: 'current', records: [soaOf(zone)] };
  const delta = journal?.serial === zone.serial ? journal.since(serial) : undefined;
  if (!delta || isLargerThan(delta, zone)) return { kind: 'whole', records: wholeZone(zone) };
  return { kind: 'changes', records: changes(zone, delta) };
}

/** All records, the SOA first and last. */
function* wholeZone(zone: Zone): Generator<TransferRecords> {
  const soa = soaOf(zone);
  yield soa;
  for (const node of zone.nodes.values()) for (const rrset of node.rrsets.values()) if (rrset !== soa) yield rrset;
  yield soa;
}

/** The new SOA, the old one with what goes, the new one with what comes, and the new one again. */
function* changes(zone: Zone, { removed, added }: ZoneDelta): Generator<TransferRecords> {
  yield soaOf(zone);
  yield* readRecordList(removed);
  yield* readRecordList(added);
  yield soaOf(zone);
}

/** A difference that is larger than the zone is no help (RFC 1995 §5). */
function isLargerThan({ removed, added }: ZoneDelta, zone: Zone): boolean {
  const octets = removed.length + added.length;
  if (octets <= SURELY_SMALLER) return false;
  let whole = 0;
  for (const { owner, rrsets } of zone.nodes.values()) {
    for (const { body, count } of rrsets.values()) whole += body.length + count * owner.wire.length;
    if (whole >= octets) return false;
  }
  return true;
}
