import { Name } from '../name';
import { Zone } from '../zone';
import { HeldRecord } from './held-records';

/** What a zone holds at exactly a name, as records that stay whatever an update says. */
export function recordsAt(zone: Zone, name: Name): HeldRecord[] {
  const sets = [...(zone.nodes.get(name.key)?.rrsets.values() ?? [])];
  return sets.flatMap(({ type, ttl, rdatas }) =>
    rdatas.map((rdata) => ({ type, ttl, rdata, standing: 'fixed' as const })),
  );
}
