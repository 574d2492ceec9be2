import { canaryRows, KeyRing, makeCanary, RingName, verifyCanary } from '@lxdm/crypto';
import { KeyCheckRepository, Transactor } from '@lxdm/entities';

/** Holds the ring against the database; throws WrongKeyRingError when it is another one's. */
export function ringStands(db: Transactor, ring: KeyRing, name: RingName): Promise<'first' | 'matches' | 'renewed'> {
  const check = {
    make: () => makeCanary(ring, name),
    isCurrent: (canary: string) => verifyCanary(ring, canary, name).current,
  };
  return new KeyCheckRepository(db).verify(check, canaryRows[name]);
}
