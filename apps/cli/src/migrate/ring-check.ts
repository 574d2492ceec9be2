import { KeyRing, makeCanary, verifyCanary } from '@lxdm/crypto';
import { KeyCheckRepository, Transactor } from '@lxdm/entities';

/** Holds the ring against the database; throws WrongKeyRingError when it is another one's. */
export function ringStands(db: Transactor, ring: KeyRing): Promise<'first' | 'matches' | 'renewed'> {
  return new KeyCheckRepository(db).verify({
    make: () => makeCanary(ring),
    isCurrent: (canary) => verifyCanary(ring, canary).current,
  });
}
