import type { ZoneDocument } from '@lxdm/domain';
import { printable } from '../output';

/** A zone as a zone file (RFC 1035 §5); what is left out stands in it as comments. */
export function zoneText({ origin, soa, ns, rrsets, skipped }: ZoneDocument): string {
  const numbers = [soa.serial, soa.refresh, soa.retry, soa.expire, soa.minimum].join(' ');
  return [
    `$ORIGIN ${origin}`,
    `@ ${soa.ttl} IN SOA ${soa.mname} ${soa.rname} ${numbers}`,
    ...ns.map((name) => `@ ${soa.ttl} IN NS ${name}`),
    ...rrsets.flatMap(({ name, ttl, type, records }) => records.map((record) => `${name} ${ttl} IN ${type} ${record}`)),
    ...skipped.map(({ name, reason }) => `; not served: ${printable(name)} - ${reason}`),
  ].join('\n');
}
