import type { Pulse } from '@lxdm/entities';
import type { Check } from '@lxdm/runtime';

/** A process whose last heartbeat is older than this counts as gone, in seconds. */
const FRESH_SECONDS = 15;

/** Whether a kind of process is alive, by the heartbeats in the database. */
export function pulseCheck(name: string, pulses: readonly Pulse[]): Check {
  const pulse = pulses.find(({ process }) => process === name);
  if (!pulse) return { name, ok: false, detail: 'has never been seen' };
  if (pulse.ageSeconds > FRESH_SECONDS)
    return { name, ok: false, detail: `was last seen ${Math.round(pulse.ageSeconds)} s ago` };
  return pulse.problem === null
    ? { name, ok: true, detail: 'alive' }
    : { name, ok: false, detail: 'reports a problem; see its log' };
}

/** Why something did not answer, without addresses or credentials: everybody may read it. */
export function unreachable(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && /^[A-Z0-9_]{3,30}$/.test(code)) return `does not answer (${code})`;
  return 'does not answer';
}
