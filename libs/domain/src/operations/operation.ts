import type { DesiredContainer } from '../containers/container-status';

export const OPERATION_TYPES = [
  'container.create',
  'container.start',
  'container.stop',
  'container.restart',
  'container.delete',
  'container.redeploy-keys',
  'host.add',
  'host.confirm',
  'host.remove',
] as const;

/** What a user asked for. */
export type OperationType = (typeof OPERATION_TYPES)[number];

export const OPERATION_STATUSES = ['Pending', 'Running', 'Success', 'Failure', 'Cancelled'] as const;

/** LXD's words for the state of an operation; the last three are final. */
export type OperationStatus = (typeof OPERATION_STATUSES)[number];

/** One thing that was done for an operation. */
export interface OperationStep {
  name: string;
  status: 'done' | 'running' | 'failed';
  at: string;
  detail?: string;
}

/** How long an operation may take before it ends as failed, in seconds. */
export function deadlineSeconds(type: OperationType): number {
  switch (type) {
    case 'container.create':
      return 900;
    case 'container.start':
    case 'container.restart':
    case 'container.delete':
    case 'container.stop':
      return 900;
    case 'container.redeploy-keys':
    case 'host.add':
    case 'host.confirm':
    case 'host.remove':
      return 120;
  }
}

/** How an outstanding operation ends once the container is settled as wanted. */
export type Verdict = { status: 'Success' } | { status: 'Cancelled'; code: 'superseded'; message: string };

/** Whether a settled wish is what this operation asked for, or a later wish overtook it; a host has no power state, so null there. */
export function verdictOf(type: OperationType, desired: Pick<DesiredContainer, 'power' | 'deleted'>): Verdict {
  if (meets(type, desired)) return { status: 'Success' };
  const removal = type.startsWith('host.') ? 'removal' : 'delete';
  const later = desired.deleted ? removal : desired.power === 'stopped' ? 'stop' : 'start';
  return {
    status: 'Cancelled',
    code: 'superseded',
    message: `Superseded: a later ${later} was asked for before this was done.`,
  };
}

function meets(type: OperationType, desired: Pick<DesiredContainer, 'power' | 'deleted'>): boolean {
  switch (type) {
    case 'container.delete':
    case 'host.remove':
      return desired.deleted;
    case 'container.create':
    case 'container.redeploy-keys':
    case 'host.add':
    case 'host.confirm':
      return !desired.deleted;
    case 'container.start':
    case 'container.restart':
      return !desired.deleted && desired.power === 'running';
    case 'container.stop':
      return !desired.deleted && desired.power === 'stopped';
  }
}
