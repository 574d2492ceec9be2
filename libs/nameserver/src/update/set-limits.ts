import { typeName } from '../rr-type';
import { FIXED_LENGTH, MAX_RRSET_OCTETS } from '../rrset';
import { MAX_RECORDS } from '../zone-file/rrset-collector';
import { HeldRecord } from './held-records';

/** Why a name cannot have these records, in words: a set of them is larger than a zone file may state it; undefined when it can. */
export function setLimitFault(records: readonly HeldRecord[]): string | undefined {
  const sets = new Map<number, { count: number; octets: number }>();
  for (const { type, rdata } of records) {
    let set = sets.get(type);
    if (!set) sets.set(type, (set = { count: 0, octets: 0 }));
    set.count += 1;
    set.octets += 2 + FIXED_LENGTH + rdata.length;
    if (set.count > MAX_RECORDS)
      return `a name has at most ${MAX_RECORDS} records of one type: ${typeName(type)} has more`;
    if (set.octets > MAX_RRSET_OCTETS) return `the ${typeName(type)} records of a name are too large together`;
  }
  return undefined;
}
