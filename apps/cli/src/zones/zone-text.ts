import type { ZoneDocument } from '@lxdm/domain';
import { buildServableZone, typeName, writeZoneFile } from '@lxdm/nameserver';
import { printable } from '../output';

/** A zone as a zone file (RFC 1035 §5); what is left out stands in it as comments. */
export function zoneText(document: ZoneDocument): string {
  const { zone, problems } = buildServableZone(document);
  const left = document.skipped.map(({ name, type, reason }) => ({
    what: type === undefined ? name : `${name} ${typeName(type)}`,
    reason,
  }));
  const refused = problems.map(({ owner = '', type = '', message }) => ({ what: `${owner} ${type}`, reason: message }));
  const comments = [...left, ...refused].map(({ what, reason }) => `; not served: ${printable(what)} - ${reason}\n`);
  return [`$ORIGIN ${document.origin}\n`, zone ? writeZoneFile(zone) : '', ...comments].join('').trimEnd();
}
