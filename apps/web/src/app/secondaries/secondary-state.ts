import type { Secondary } from '@lxdm/api-client';
import type { Look } from '../feedback/tone-chip';

/** Whether a secondary carries what is served here, as far as is known. */
export function secondaryLook(
  secondary: Pick<Secondary, 'error' | 'transferredSerial'>,
  serial: number | undefined,
): Look {
  if (secondary.error !== null) return { tone: 'bad', icon: 'alert', label: 'Failing' };
  if (secondary.transferredSerial === null) return { tone: 'idle', icon: 'clock', label: 'Not seen yet' };
  if (serial === undefined || secondary.transferredSerial >= serial)
    return { tone: 'ok', icon: 'done', label: 'Current' };
  return { tone: 'warn', icon: 'stale', label: 'Behind' };
}
