import { KEY_TTL, RETIRED_KEY_STAYS } from '@lxdm/domain';
import type { ZoneKeyView } from '@lxdm/entities';
import { dsRdata, keyTag, Name, rdataText, RrType } from '@lxdm/nameserver';
import type { ZoneKey, ZoneKeyState } from './dto/zone-key';

/** TTL of the DS records that are shown, in seconds. */
const DS_TTL = 3_600;
const HINTS: Readonly<Record<ZoneKeyState, string>> = {
  standby:
    'Once the time below has come, add its DS record to the parent zone beside the old one, wait as long as the old DS may be cached, then activate the key.',
  active: 'Signs the zone. Its DS record belongs into the parent zone.',
  retired: 'Take its DS record out of the parent zone; remove the key once the time below has come.',
};

/** What a key does now. */
export function stateOf({ activeAt, retiredAt }: Pick<ZoneKeyView, 'activeAt' | 'retiredAt'>): ZoneKeyState {
  if (retiredAt) return 'retired';
  return activeAt ? 'active' : 'standby';
}

/** When a key may take its next step: nobody remembers the keys without it, or a signature of it, any more. */
export function earliestNext(key: Pick<ZoneKeyView, 'createdAt' | 'activeAt' | 'retiredAt'>): Date | null {
  const state = stateOf(key);
  if (state === 'active') return null;
  const [since, seconds] =
    state === 'standby' ? [key.createdAt, KEY_TTL] : [key.retiredAt ?? key.createdAt, RETIRED_KEY_STAYS];
  return new Date(since.getTime() + seconds * 1_000);
}

/** A key as admins see it. */
export function zoneKeyOf(zone: string, key: ZoneKeyView): ZoneKey {
  const { id, dnskey, createdAt, activeAt, retiredAt } = key;
  const state = stateOf(key);
  return {
    id,
    keyTag: keyTag(dnskey),
    algorithm: 'ECDSAP256SHA256',
    state,
    createdAt: createdAt.toISOString(),
    activeAt: activeAt?.toISOString() ?? null,
    retiredAt: retiredAt?.toISOString() ?? null,
    dnskey: `${zone} ${KEY_TTL} IN DNSKEY ${rdataText(RrType.DNSKEY, dnskey)}`,
    ds: `${zone} ${DS_TTL} IN DS ${rdataText(RrType.DS, dsRdata(Name.parse(zone), dnskey))}`,
    earliestNext: earliestNext(key)?.toISOString() ?? null,
    hint: HINTS[state],
  };
}
