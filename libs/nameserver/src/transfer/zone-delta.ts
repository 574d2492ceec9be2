import { RrType } from '../rr-type';
import { Rrset } from '../rrset';
import { amendedKeys } from '../zone-lineage';
import { Zone } from '../zone';
import { ZoneNode } from '../zone-node';
import { encodeRecordList } from './record-list';

/** What is different between two versions of a zone: lists of records, the SOA in front of each (RFC 1995 §4). */
export interface ZoneDelta {
  readonly from: number;
  readonly to: number;
  readonly removed: Buffer;
  readonly added: Buffer;
}

/** The SOA record of a zone. */
export function soaOf(zone: Zone): Rrset {
  const soa = zone.nodes.get(zone.origin.key)?.rrsets.get(RrType.SOA);
  if (!soa) throw new RangeError(`${zone.origin.toString()} has no SOA`);
  return soa;
}

/**
 * What the later of two versions of a zone has in place of what the earlier had. Costs what changed where the later was amended
 * from the earlier; else a look at every name, as names that did not change are the same objects in both.
 */
export function zoneDelta(before: Zone, after: Zone): ZoneDelta {
  const removed: Rrset[] = [soaOf(before)];
  const added: Rrset[] = [soaOf(after)];
  for (const key of amendedKeys(before, after) ?? differingKeys(before, after))
    compareNodes(before.nodes.get(key), after.nodes.get(key), removed, added);
  return {
    from: before.serial,
    to: after.serial,
    removed: encodeRecordList(removed),
    added: encodeRecordList(added),
  };
}

function* differingKeys(before: Zone, after: Zone): Generator<string> {
  for (const [key, node] of before.nodes) if (after.nodes.get(key) !== node) yield key;
  for (const key of after.nodes.keys()) if (!before.nodes.has(key)) yield key;
}

function compareNodes(
  before: ZoneNode | undefined,
  after: ZoneNode | undefined,
  removed: Rrset[],
  added: Rrset[],
): void {
  if (before === after) return;
  for (const [key, rrset] of before?.rrsets ?? []) {
    if (rrset.type !== RrType.SOA) compareSets(rrset, after?.rrsets.get(key), removed, added);
  }
  for (const [key, rrset] of after?.rrsets ?? []) {
    if (rrset.type !== RrType.SOA && !before?.rrsets.has(key)) added.push(rrset);
  }
}

function compareSets(before: Rrset, after: Rrset | undefined, removed: Rrset[], added: Rrset[]): void {
  if (before === after) return;
  if (!after) return void removed.push(before);
  if (before.body.equals(after.body) && before.owner.wire.equals(after.owner.wire)) return;
  // Another TTL is another record: all of them go and come.
  const isSame = before.ttl === after.ttl && before.owner.wire.equals(after.owner.wire);
  removed.push(...without(before, isSame ? after : undefined));
  added.push(...without(after, isSame ? before : undefined));
}

/** The records of a set that another one has not. */
function without(rrset: Rrset, other: Rrset | undefined): Rrset[] {
  if (!other) return [rrset];
  const known = new Set(other.rdatas.map((rdata) => rdata.toString('latin1')));
  const own = rrset.rdatas.filter((rdata) => !known.has(rdata.toString('latin1')));
  return own.length === 0 ? [] : [new Rrset(rrset.owner, rrset.type, rrset.ttl, own)];
}
