import type { Look } from '../feedback/tone-chip';

export function signedLook(dnssec: boolean): Look {
  return dnssec ? { tone: 'ok', icon: 'lock', label: 'Signed' } : { tone: 'idle', icon: 'minus', label: 'Not signed' };
}
