import { setImmediate } from 'node:timers/promises';
import {
  addressBehind,
  addressOctets,
  ancestorsOf,
  ReverseZones,
  ZoneApex,
  ZoneDocument,
  zoneDocuments,
  ZonesInputs,
} from '@lxdm/domain';
import type { GivenRecord, ShownRecord, ZoneBrowserRepository, ZoneView } from '@lxdm/entities';
import { buildServableZone, Name, NameError, RrType, Zone, ZoneProblem } from '@lxdm/nameserver';

/** The part of a zone that belongs to some names, as the name server would make it, and what it would leave out. */
export interface ServedPart {
  zone: Zone | undefined;
  problems: readonly ZoneProblem[];
  skipped: ZoneDocument['skipped'];
}

/** After so many addresses other requests have their turn. */
const ADDRESSES_A_TURN = 500;
const NOTHING: ZonesInputs = { zones: [], containers: [], records: [], wildcard: false };

/** Makes the part of a zone that answers about some names rest on. */
export async function servedPart(
  zones: ZoneBrowserRepository,
  apex: ZoneApex,
  view: ZoneView,
  names: readonly string[],
): Promise<ServedPart> {
  const { name, cidr } = view;
  const above = names.flatMap((one) => ancestorsOf(one, name));
  const around = new Set([...names, ...above, ...above.map((one) => `*.${one}`)]);
  const addresses = cidr === null ? [] : names.flatMap((owner) => addressBehind(owner, { name, cidr }) ?? []);
  return partOf(apex, view, await zones.inputsAround(apex.zone, [...around], addresses));
}

function partOf(apex: ZoneApex, { name }: ZoneView, inputs: ZonesInputs): ServedPart {
  const document = zoneDocuments(apex, inputs).find(({ origin }) => origin === name);
  if (!document) return { zone: undefined, problems: [], skipped: [] };
  return { ...buildServableZone(document), skipped: document.skipped };
}

/** Why a record is not served; null for one that is. */
export function reasonOf(record: ShownRecord, apex: ZoneApex, { zone, problems, skipped }: ServedPart): string | null {
  const { owner, type, rdata } = record;
  const key = keyOf(owner);
  const rrset = key === undefined ? undefined : zone?.nodes.get(key)?.rrsets.get(type);
  if (rrset?.rdatas.some((served) => served.equals(rdata))) return null;
  const left = skipped.find(
    (one) => (one.name === owner || `${one.name}.${apex.zone}` === owner) && (one.type ?? type) === type,
  );
  if (left) return left.reason;
  const problem = problems.find(
    (one) => one.owner !== undefined && keyOf(one.owner) === key && askedOf(one.type) === type,
  );
  if (problem) return problem.message;
  return record.source === 'container'
    ? 'another container has this name in the zone'
    : 'something else stands in its place';
}

function askedOf(type: string | undefined): number | undefined {
  if (type === undefined) return undefined;
  return type.startsWith('TYPE') ? Number(type.slice('TYPE'.length)) : (RrType as Record<string, number>)[type];
}

function keyOf(owner: string): string | undefined {
  try {
    return Name.parse(owner).key;
  } catch (error) {
    if (!(error instanceof NameError)) throw error;
    return undefined;
  }
}

/** What a zone says that is no row: its top, and in a reverse zone the names of addresses. */
export async function givenRecords(
  zones: ZoneBrowserRepository,
  apex: ZoneApex,
  view: ZoneView,
): Promise<GivenRecord[]> {
  const { name, kind, cidr, serial } = view;
  const { zone } = partOf(apex, view, { ...NOTHING, zones: [{ name, kind, cidr, serial }] });
  const given: GivenRecord[] = [];
  for (const { rrsets } of zone?.nodes.values() ?? [])
    for (const { owner, type, ttl, rdatas } of rrsets.values())
      for (const rdata of rdatas)
        given.push({
          owner: owner.toString(),
          type,
          ttl,
          rdata: rdata.toString('hex'),
          source: 'apex',
          originId: null,
          originName: null,
        });
  if (cidr === null) return given;
  const reverse = new ReverseZones([{ name, cidr }]);
  for (const [index, found] of (await zones.addressesIn(cidr)).entries()) {
    if (index % ADDRESSES_A_TURN === ADDRESSES_A_TURN - 1) await setImmediate();
    const octets = addressOctets(found.address);
    const place = octets && reverse.ownerOf(octets);
    const target = keyOf(`${found.key}.${apex.zone}`);
    if (place && target !== undefined)
      given.push({
        owner: place.owner,
        type: RrType.PTR,
        ttl: 60,
        rdata: Buffer.from(target, 'latin1').toString('hex'),
        source: 'reverse',
        originId: found.id,
        originName: found.name,
      });
  }
  return given;
}
