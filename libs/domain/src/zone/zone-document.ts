import { isIP } from 'node:net';
import { roomUnder } from '../containers/container-name';
import { addressRrsets, CONTAINER_TTL, ContainerRecords, PlainRrset, words } from './container-records';
import { recordConflict } from './record-conflicts';
import { addressOctets, ReverseZones } from './reverse-name';
import type { ServedZone, StoredRecord, ZoneApex, ZoneContainer, ZonesInputs } from './zone-inputs';

/** A name that is not served, or not with this type, and why. */
export interface SkippedName {
  /** A container's name, or an absolute one. */
  name: string;
  /** The number of the type; without it, the whole name. */
  type?: number;
  reason: string;
}

/** A whole zone as plain data: what follows from the settings and containers, and records as they were stored. */
export interface ZoneDocument {
  origin: string;
  soa: {
    mname: string;
    rname: string;
    serial: number;
    refresh: number;
    retry: number;
    expire: number;
    minimum: number;
    ttl: number;
  };
  ns: string[];
  /** Made while they are read, so that a zone of any size takes no room twice; those of containers apart. */
  rrsets: Iterable<PlainRrset>;
  names: Iterable<ContainerRecords>;
  raw: StoredRecord[];
  skipped: SkippedName[];
}

const APEX_TTL = 3_600;

/** One label of letters, digits and hyphens (RFC 1123 §2.1). */
const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The zones that follow from the database and the operator's settings. Names that came from a host and cannot be a host's name
 * in DNS are left out and told: one odd name must never take the others with it. So are records that stand in the way of what
 * comes first: the zone's top, the name server's name, the names of containers.
 */
export function zoneDocuments(apex: ZoneApex, inputs: ZonesInputs): ZoneDocument[] {
  const { containers, skipped } = sorted(apex, inputs.containers);
  const reverse = reverseZones(inputs.zones);
  const kept = keptRecords(apex, inputs, containers);
  return inputs.zones.map((zone) => {
    const forward = zone.name === apex.zone;
    const { raw, odd } = kept.get(zone.name) ?? { raw: [], odd: [] };
    return {
      ...top(apex, zone),
      rrsets: {
        *[Symbol.iterator]() {
          yield* ownAddresses(apex, zone.name);
          if (!forward) yield* pointersOf(containers, reverse, zone.name, apex.zone);
          else if (inputs.wildcard) yield* bareNames(containers, raw, zone.name);
        },
      },
      names: forward ? { [Symbol.iterator]: () => namesOf(containers) } : [],
      raw,
      skipped: forward ? [...skipped, ...odd] : odd,
    };
  });
}

/** All RRsets of a zone but those that were stored as records. */
export function* rrsetsOf({ rrsets, names }: Pick<ZoneDocument, 'rrsets' | 'names'>): Generator<PlainRrset> {
  yield* rrsets;
  for (const name of names) yield* name.rrsets();
}

/** The reverse zones among those that are served. */
export function reverseZones(zones: readonly ServedZone[]): ReverseZones {
  return new ReverseZones(
    zones.flatMap(({ name, kind, cidr }) => (kind === 'reverse' && cidr ? [{ name, cidr }] : [])),
  );
}

/** Reads a list of IP addresses for a setting, separated by commas or spaces; undefined when one of them is none. */
export function addressList(text: string): string[] | undefined {
  const addresses = text.split(/[\s,]+/).filter(Boolean);
  return addresses.every((address) => isIP(address) !== 0 && !address.includes('%')) ? addresses : undefined;
}

/** True when the name server's name can only be found through the zone itself, and the zone does not say where it is. */
export function nameserverUnreachable({ zone, nameserver, nameserverAddresses }: ZoneApex): boolean {
  return isWithin(nameserver, zone) && nameserverAddresses.length === 0;
}

function top(
  { zone, nameserver }: ZoneApex,
  { name, serial }: ServedZone,
): Pick<ZoneDocument, 'origin' | 'soa' | 'ns'> {
  const times = { refresh: 3_600, retry: 600, expire: 1_209_600, minimum: 60, ttl: APEX_TTL };
  return {
    origin: name,
    soa: { mname: nameserver, rname: `hostmaster.${zone}`, serial, ...times },
    ns: [nameserver],
  };
}

function sorted(
  apex: ZoneApex,
  all: readonly ZoneContainer[],
): { containers: readonly ZoneContainer[]; skipped: SkippedName[] } {
  const skipped: SkippedName[] = [];
  const faultOf = nameFaults(apex);
  const containers = all.filter((container) => {
    const { name } = container;
    const reason = faultOf(name);
    // Of a container without records nothing is missing.
    if (reason !== undefined && !isBare(container)) skipped.push({ name, reason });
    return reason === undefined;
  });
  return { containers, skipped };
}

function nameFaults({ zone, nameserver }: ZoneApex): (name: string) => string | undefined {
  const room = roomUnder(zone);
  const reserved = nameserver.endsWith(`.${zone}`) ? nameserver.slice(0, -zone.length - 1) : undefined;
  return (name) => {
    if (!HOST_LABEL.test(name)) return 'it is not one label of letters, digits and hyphens';
    if (name.length > room) return 'it is too long under this zone';
    if (name === reserved) return "it is the name server's own name";
    return undefined;
  };
}

interface KeptRecords {
  raw: StoredRecord[];
  odd: SkippedName[];
}

function keptRecords(
  apex: ZoneApex,
  { records }: ZonesInputs,
  containers: readonly ZoneContainer[],
): Map<string, KeptRecords> {
  const owners = new Set(records.map(({ owner }) => owner));
  const contested = new Set<string>();
  if (owners.size > 0)
    for (const { name } of containers) if (owners.has(`${name}.${apex.zone}`)) contested.add(`${name}.${apex.zone}`);
  const kept = new Map<string, KeptRecords>();
  for (const record of records) {
    const { zone, owner, type } = record;
    let found = kept.get(zone);
    if (!found) kept.set(zone, (found = { raw: [], odd: [] }));
    const reason = recordConflict(record, apex, contested.has(owner));
    if (reason === undefined) found.raw.push(record);
    else found.odd.push({ name: owner, type, reason });
  }
  return kept;
}

function ownAddresses({ nameserver, nameserverAddresses }: ZoneApex, zone: string): PlainRrset[] {
  return isWithin(nameserver, zone) ? addressRrsets(nameserver, nameserverAddresses, APEX_TTL) : [];
}

function* namesOf(containers: readonly ZoneContainer[]): Generator<ContainerRecords> {
  for (const container of containers) if (!isBare(container)) yield new ContainerRecords(container);
}

/** Containers that have nothing to say: a name with a record of its own is out of the wildcard's reach, on secondaries too (RFC 4592 §3.3.1). */
function* bareNames(
  containers: readonly ZoneContainer[],
  raw: readonly StoredRecord[],
  zone: string,
): Generator<PlainRrset> {
  const owners = new Set(raw.map(({ owner }) => owner));
  for (const container of containers)
    if (isBare(container) && !owners.has(`${container.name}.${zone}`))
      yield { name: container.name, type: 'TXT', ttl: CONTAINER_TTL, records: ['no address'] };
}

function isBare({ addresses, hostKeys }: ZoneContainer): boolean {
  return addresses === '' && hostKeys === '';
}

function* pointersOf(
  containers: readonly ZoneContainer[],
  reverse: ReverseZones,
  zone: string,
  forward: string,
): Generator<PlainRrset> {
  for (const { name, addresses } of containers) {
    for (const address of words(addresses)) {
      const octets = addressOctets(address);
      const place = octets && reverse.ownerOf(octets);
      if (place?.zone === zone)
        yield { name: place.owner, type: 'PTR', ttl: CONTAINER_TTL, records: [`${name}.${forward}`] };
    }
  }
}

function isWithin(name: string, zone: string): boolean {
  return name === zone || name.endsWith(`.${zone}`);
}
