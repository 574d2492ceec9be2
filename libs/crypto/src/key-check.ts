import type { KeyRing } from './key-ring';
import { keyIdOf, openText, seal, type SealContext } from './seal';

/** The key ring is not the one that this database was sealed with; the process must not start. */
export class WrongKeyRingError extends Error {
  override readonly name = 'WrongKeyRingError';
  constructor(options: ErrorOptions) {
    super(
      'The key ring (secrets/db_encrypt) is not the one that sealed this database: restore the right one from the backup',
      options,
    );
  }
}

const context: SealContext = { table: 'key_check', column: 'canary', row: '1' };
const song = 'lxd-manager key check';

/** A sealed known text: store it beside the first secrets, and verify it whenever a process starts. */
export function makeCanary(ring: KeyRing): string {
  return seal(ring, context, song);
}

/** Throws WrongKeyRingError unless this ring opens the canary; `current` is false when a newer key should replace it. */
export function verifyCanary(ring: KeyRing, canary: string): { keyId: string; current: boolean } {
  let heard: string;
  try {
    heard = openText(ring, context, canary);
  } catch (cause) {
    throw new WrongKeyRingError({ cause });
  }
  if (heard !== song) throw new WrongKeyRingError({ cause: new Error('The canary holds another text') });
  const keyId = keyIdOf(canary) ?? ring.sealingKeyId;
  return { keyId, current: keyId === ring.sealingKeyId };
}
