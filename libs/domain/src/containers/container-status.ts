/** What wants to be true of a container; only the api writes it. */
export interface DesiredContainer {
  power: 'running' | 'stopped' | null;
  restartGeneration: number;
  deleted: boolean;
  generation: number;
}

/** What was last seen of a container; only the worker writes it. */
export interface ObservedContainer {
  /** LXD's word, or null when it was never seen. */
  status: string | null;
  /** True once the container has been on a host. */
  created: boolean;
  /** True when it was on a host and is not any more, though nobody deleted it here. */
  missing: boolean;
  generation: number;
  restartGeneration: number;
  error: string | null;
}

export const CONTAINER_STATUSES = [
  'Creating',
  'Starting',
  'Stopping',
  'Restarting',
  'Deleting',
  'Running',
  'Stopped',
  'Frozen',
  'Error',
  'Missing',
  'Unknown',
] as const;

/** The word that every viewer sees. */
export type ContainerStatus = (typeof CONTAINER_STATUSES)[number];

/** The status that is shown, derived and never stored. */
export interface ShownStatus {
  status: ContainerStatus;
  /** True while what is wanted is not yet what is seen. */
  pending: boolean;
  /** True when the host has not been reached lately: what is shown is the last observation. */
  stale: boolean;
  detail: string | null;
}

/**
 * The status to show: the same for every viewer, visible as soon as a wish is committed, and unable to get stuck,
 * because it is nothing but a function of the stored facts.
 * @param operation the oldest outstanding operation on the container, if any: its step becomes the detail
 * @param host whether the host answers, and the reason when it does not
 */
export function statusOf(
  desired: DesiredContainer,
  observed: ObservedContainer,
  operation: { step: string | null } | null,
  host: { reachable: boolean; reason: string | null },
): ShownStatus {
  const pending = desired.generation !== observed.generation;
  const stale = !host.reachable && (observed.created || pending);
  const status = pending ? pendingStatus(desired, observed) : settledStatus(observed);
  const reasons = [pending ? operation?.step : null, pending ? null : observed.error, stale ? host.reason : null];
  return { status, pending, stale, detail: reasons.filter(Boolean).join(' · ') || null };
}

function pendingStatus(desired: DesiredContainer, observed: ObservedContainer): ContainerStatus {
  if (desired.deleted) return 'Deleting';
  // Until it was right for the first time, it is still being made, whichever step that takes.
  if (!observed.created || observed.generation === 0) return 'Creating';
  if (desired.restartGeneration !== observed.restartGeneration) return 'Restarting';
  const seen = settledStatus(observed);
  if (desired.power === 'running' && seen !== 'Running') return 'Starting';
  if (desired.power === 'stopped' && seen !== 'Stopped') return 'Stopping';
  return seen;
}

function settledStatus(observed: ObservedContainer): ContainerStatus {
  if (observed.missing) return 'Missing';
  if (!observed.created) return observed.error ? 'Error' : 'Unknown';
  switch (observed.status) {
    case 'Running':
    case 'Ready': // code 113: LXD's word for a running container that has reported itself ready
    case 'Thawed':
      return 'Running';
    case 'Stopped':
      return 'Stopped';
    case 'Frozen':
      return 'Frozen';
    case 'Error':
      return 'Error';
    case 'Starting':
      return 'Starting';
    case 'Stopping':
    case 'Aborting':
      return 'Stopping';
    default:
      return 'Unknown';
  }
}
