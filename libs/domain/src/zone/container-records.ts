import { nameKey } from '../containers/container-name';

/** A record of the zone as plain data: which name answers with which address. */
export interface AddressRecord {
  /** The owner name, relative to the zone. */
  name: string;
  type: 'A' | 'AAAA';
  address: string;
}

/** The records that a container has: one for each of its published addresses. */
export function containerRecords(
  name: string,
  published: readonly { address: string; family: 4 | 6 }[],
): AddressRecord[] {
  return published.map(({ address, family }) => ({
    name: nameKey(name),
    type: family === 4 ? 'A' : 'AAAA',
    address,
  }));
}
