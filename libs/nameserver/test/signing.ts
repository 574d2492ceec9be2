import { generateZoneKey } from '../src/dnssec/dnskey';
import { SignedZone } from '../src/dnssec/signed-zone';
import { KeyRole, SigningKey } from '../src/dnssec/signing-key';
import { signZone, SigningParts } from '../src/dnssec/zone-signer';
import { buildZone } from '../src/zone-builder';
import { ZoneData } from '../src/zone-data';

const HOUR = 3_600;

/** A key with what it takes to give it another role. */
export class RoleKey {
  private readonly made = generateZoneKey();

  as(role: KeyRole): SigningKey {
    return SigningKey.open(this.made.dnskey, this.made.privateKey, role);
  }
}

/** Keys and a window of a day around now. */
export function parts(keys: readonly SigningKey[], moved = 0): SigningParts {
  const now = Math.floor(Date.now() / 1_000) + moved;
  return { keys, keyTtl: 300, window: { inception: now - HOUR, expiration: now + 24 * HOUR } };
}

/** Signs a zone given as data. */
export async function signedZone(
  data: ZoneData,
  given: SigningParts = parts([new RoleKey().as('active')]),
  previous?: SignedZone,
): Promise<SignedZone> {
  const { zone } = await signZone(buildZone(data), given, previous);
  return zone;
}
