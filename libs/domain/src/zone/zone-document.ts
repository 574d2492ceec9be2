import { isIP } from 'node:net';
import { roomUnder } from '../containers/container-name';
import { containerRecords } from './container-records';

/** What an operator decides about a zone; names are absolute, as absoluteName gives them. */
export interface ZoneApex {
  zone: string;
  nameserver: string;
  /** The name server's own addresses: needed where its name lies inside the zone. */
  nameserverAddresses: readonly string[];
}

/** What the database says: the published addresses, ordered by name. */
export interface ZoneInputs {
  serial: number;
  names: readonly { name: string; address: string; family: 4 | 6 }[];
}

/** Addresses of one name and family; the name is relative to the zone, or absolute with its final dot. */
export interface AddressRrset {
  name: string;
  type: 'A' | 'AAAA';
  ttl: number;
  records: string[];
}

/** A name that is not served, and why. */
export interface SkippedName {
  name: string;
  reason: string;
}

/** A whole zone as plain data. */
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
  rrsets: AddressRrset[];
  skipped: SkippedName[];
}

/** How long an address may be cached, in seconds: short, because containers come and go. */
export const CONTAINER_TTL = 60;

const APEX_TTL = 3_600;

/** One label of letters, digits and hyphens (RFC 1123 §2.1). */
const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The zone that follows from the database and the operator's settings. Names that came from a host and cannot be a host's name
 * in DNS are left out and told: one odd name must never take the others with it.
 */
export function zoneDocument(apex: ZoneApex, inputs: ZoneInputs): ZoneDocument {
  const { zone, nameserver } = apex;
  const skipped: SkippedName[] = [];
  const rrsets = nameserver.endsWith(`.${zone}`) || nameserver === zone ? ownAddresses(apex) : [];
  for (const [name, published] of byName(inputs.names)) {
    const fault = nameFault(name, apex);
    if (fault === undefined) rrsets.push(...rrsetsOf(name, containerRecords(name, published), CONTAINER_TTL));
    else skipped.push({ name, reason: fault });
  }
  return {
    origin: zone,
    soa: {
      mname: nameserver,
      rname: `hostmaster.${zone}`,
      serial: inputs.serial,
      refresh: 3_600,
      retry: 600,
      expire: 1_209_600,
      minimum: 60,
      ttl: APEX_TTL,
    },
    ns: [nameserver],
    rrsets,
    skipped,
  };
}

/** Reads a list of IP addresses for a setting, separated by commas or spaces; undefined when one of them is none. */
export function addressList(text: string): string[] | undefined {
  const addresses = text.split(/[\s,]+/).filter(Boolean);
  return addresses.every((address) => isIP(address) !== 0 && !address.includes('%')) ? addresses : undefined;
}

/** True when the name server's name can only be found through the zone itself, and the zone does not say where it is. */
export function nameserverUnreachable({ zone, nameserver, nameserverAddresses }: ZoneApex): boolean {
  return (nameserver === zone || nameserver.endsWith(`.${zone}`)) && nameserverAddresses.length === 0;
}

function nameFault(name: string, { zone, nameserver }: ZoneApex): string | undefined {
  if (!HOST_LABEL.test(name)) return 'it is not one label of letters, digits and hyphens';
  if (name.length > roomUnder(zone)) return 'it is too long under this zone';
  if (`${name}.${zone}` === nameserver) return "it is the name server's own name";
  return undefined;
}

function ownAddresses({ nameserver, nameserverAddresses }: ZoneApex): AddressRrset[] {
  const own = nameserverAddresses.map((address) => ({
    address,
    family: isIP(address) === 6 ? (6 as const) : (4 as const),
  }));
  return rrsetsOf(nameserver, containerRecords(nameserver, own), APEX_TTL);
}

function rrsetsOf(
  name: string,
  records: readonly { type: 'A' | 'AAAA'; address: string }[],
  ttl: number,
): AddressRrset[] {
  return (['A', 'AAAA'] as const)
    .map((type) => ({ name, type, ttl, records: records.filter((r) => r.type === type).map(({ address }) => address) }))
    .filter(({ records: found }) => found.length > 0);
}

function byName(names: ZoneInputs['names']): Map<string, { address: string; family: 4 | 6 }[]> {
  const published = new Map<string, { address: string; family: 4 | 6 }[]>();
  for (const { name, address, family } of names) {
    const known = published.get(name);
    if (known) known.push({ address, family });
    else published.set(name, [{ address, family }]);
  }
  return published;
}
