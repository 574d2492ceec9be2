import { isIPv6 } from 'node:net';
import type { ZoneView } from '@lxdm/entities';
import { dsRdata, Name, rdataText, RrType } from '@lxdm/nameserver';
import type { Zone } from './dto/zone';

/** How long the parent's records may be cached, in seconds. */
const DELEGATION_TTL = 3_600;

/** A zone as admins see it. */
export function zoneOf(
  { signingKeys, ...view }: ZoneView,
  { nameserver, nameserverAddresses }: { nameserver: string; nameserverAddresses: readonly string[] },
): Zone {
  const inside = nameserver === view.name || nameserver.endsWith(`.${view.name}`);
  const addresses = [...nameserverAddresses];
  const line = (owner: string, type: string, data: string): string => `${owner} ${DELEGATION_TTL} IN ${type} ${data}`;
  const glue = addresses.map((address) => line(nameserver, isIPv6(address) ? 'AAAA' : 'A', address));
  return {
    ...view,
    // The SOA and the NS come from no row, and neither do the server's own addresses.
    records: view.records + 2 + (inside ? addresses.length : 0),
    nameserver,
    addresses,
    delegation: {
      ns: [line(view.name, 'NS', nameserver)],
      glue: inside ? glue : [],
      ds: signingKeys.map((dnskey) => line(view.name, 'DS', dsText(view.name, dnskey))),
    },
  };
}

function dsText(zone: string, dnskey: Buffer): string {
  return rdataText(RrType.DS, dsRdata(Name.parse(zone), dnskey));
}
