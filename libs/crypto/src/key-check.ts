import type { KeyRing } from './key-ring';
import { keyIdOf, openText, seal, type SealContext } from './seal';

/** The key rings of an installation, by the name of their file. */
export type RingName = 'db_encrypt' | 'dns_encrypt';

/** The key ring is not the one that this database was sealed with; the process must not start. */
export class WrongKeyRingError extends Error {
  override readonly name = 'WrongKeyRingError';
  constructor(name: RingName, options: ErrorOptions) {
    super(
      `The key ring (secrets/${name}) is not the one that sealed this database: restore the right one from the backup`,
      options,
    );
  }
}

/** The row in which the canary of each ring is kept. */
export const canaryRows: Readonly<Record<RingName, number>> = { db_encrypt: 1, dns_encrypt: 2 };

const contextOf = (name: RingName): SealContext => ({
  table: 'key_check',
  column: 'canary',
  row: String(canaryRows[name]),
});
const song = 'lxd-manager key check';

/** A sealed known text: store it beside the first secrets, and verify it whenever a process starts. */
export function makeCanary(ring: KeyRing, name: RingName = 'db_encrypt'): string {
  return seal(ring, contextOf(name), song);
}

/** Throws WrongKeyRingError unless this ring opens the canary; `current` is false when a newer key should replace it. */
export function verifyCanary(
  ring: KeyRing,
  canary: string,
  name: RingName = 'db_encrypt',
): { keyId: string; current: boolean } {
  let heard: string;
  try {
    heard = openText(ring, contextOf(name), canary);
  } catch (cause) {
    throw new WrongKeyRingError(name, { cause });
  }
  if (heard !== song) throw new WrongKeyRingError(name, { cause: new Error('The canary holds another text') });
  const keyId = keyIdOf(canary) ?? ring.sealingKeyId;
  return { keyId, current: keyId === ring.sealingKeyId };
}
