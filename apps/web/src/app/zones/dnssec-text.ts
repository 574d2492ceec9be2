import type { ZoneKey } from '@lxdm/api-client';
import type { Look } from '../feedback/tone-chip';

export function signedLook(dnssec: boolean): Look {
  return dnssec ? { tone: 'ok', icon: 'lock', label: 'Signed' } : { tone: 'idle', icon: 'minus', label: 'Not signed' };
}

export const keyLooks: Record<ZoneKey['state'], Look> = {
  standby: { tone: 'busy', icon: 'wait', label: 'Standby' },
  active: { tone: 'ok', icon: 'done', label: 'Active' },
  retired: { tone: 'idle', icon: 'minus', label: 'Retired' },
};

/** What may be done with a key now, and what has to be forced. */
export function keyActions(key: Pick<ZoneKey, 'state' | 'earliestNext'>, now: number) {
  const early = key.earliestNext !== null && Date.parse(key.earliestNext) > now;
  return { activate: key.state === 'standby', remove: key.state !== 'active', early };
}

/** What turning the signing on or off means for those who ask. */
export const dnssecWords = {
  on: 'Every answer is signed from then on. Resolvers check that only once the parent zone has the DS record, which you add there afterwards: nothing can break before.',
  off: 'Take the DS record out of the parent zone first, and wait until its TTL has run out (often a day). While resolvers still know it, answers without signatures are refused: every name of the zone would vanish for them.',
};
