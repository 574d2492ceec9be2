import { Rcode } from '../rcode';
import { typeName } from '../rr-type';
import { HeldNames, HeldRecord } from './held-records';
import { rdataIdentity } from './rdata-layout';
import { Prerequisite, UpdateFault } from './update-message';

/** The first prerequisite that does not hold, as its response code; undefined when all of them do (RFC 2136 §3.2). */
export function failedPrerequisite(prerequisites: readonly Prerequisite[], held: HeldNames): UpdateFault | undefined {
  /** Sets that must exist as they are given: collected first, compared last (§3.2.3). */
  const given = new Map<string, { records: readonly HeldRecord[]; identities: Set<string>; fault: UpdateFault }>();
  for (const prerequisite of prerequisites) {
    const records = held.get(prerequisite.name.key) ?? [];
    const fault = faultOf(prerequisite);
    if (prerequisite.kind !== 'record-exists') {
      if (!holds(prerequisite, records)) return fault;
      continue;
    }
    const { name, type, rdata } = prerequisite;
    const key = `${type} ${name.key}`;
    let set = given.get(key);
    if (!set) {
      const ofType = records.filter((record) => record.type === type);
      given.set(key, (set = { records: ofType, identities: new Set(), fault }));
    }
    set.identities.add(rdataIdentity(type, rdata));
  }
  for (const { records, identities, fault } of given.values()) {
    const there = new Set(records.map(({ type, rdata }) => rdataIdentity(type, rdata)));
    if (there.size !== identities.size || ![...identities].every((identity) => there.has(identity))) return fault;
  }
  return undefined;
}

function holds(
  prerequisite: Exclude<Prerequisite, { kind: 'record-exists' }>,
  records: readonly HeldRecord[],
): boolean {
  switch (prerequisite.kind) {
    // An empty non-terminal owns nothing and is not in use (§2.4.4).
    case 'name-in-use':
      return records.length > 0;
    case 'name-not-in-use':
      return records.length === 0;
    case 'rrset-exists':
      return records.some(({ type }) => type === prerequisite.type);
    case 'rrset-absent':
      return !records.some(({ type }) => type === prerequisite.type);
  }
}

function faultOf(prerequisite: Prerequisite): UpdateFault {
  const name = prerequisite.name.toString();
  switch (prerequisite.kind) {
    case 'name-in-use':
      return { rcode: Rcode.NXDOMAIN, reason: `${name} is not in use` };
    case 'name-not-in-use':
      return { rcode: Rcode.YXDOMAIN, reason: `${name} is in use` };
    case 'rrset-exists':
      return { rcode: Rcode.NXRRSET, reason: `${name} has no ${typeName(prerequisite.type)}` };
    case 'rrset-absent':
      return { rcode: Rcode.YXRRSET, reason: `${name} has ${typeName(prerequisite.type)}` };
    case 'record-exists':
      return { rcode: Rcode.NXRRSET, reason: `${name} has other ${typeName(prerequisite.type)} than the given` };
  }
}
