import type { Container, Operation } from '@lxdm/api-client';
import type { Look } from '../feedback/tone-chip';

export type ContainerStatus = Container['status'];

const looks: Record<ContainerStatus, Look> = {
  Creating: { tone: 'busy', icon: 'sync', label: 'Creating' },
  Starting: { tone: 'busy', icon: 'sync', label: 'Starting' },
  Stopping: { tone: 'busy', icon: 'sync', label: 'Stopping' },
  Restarting: { tone: 'busy', icon: 'sync', label: 'Restarting' },
  Deleting: { tone: 'busy', icon: 'sync', label: 'Deleting' },
  Running: { tone: 'ok', icon: 'start', label: 'Running' },
  Stopped: { tone: 'idle', icon: 'stop', label: 'Stopped' },
  Frozen: { tone: 'idle', icon: 'frozen', label: 'Frozen' },
  Error: { tone: 'bad', icon: 'alert', label: 'Error' },
  Missing: { tone: 'warn', icon: 'missing', label: 'Missing' },
  Unknown: { tone: 'idle', icon: 'unknown', label: 'Unknown' },
};

export const statuses = Object.keys(looks) as ContainerStatus[];

export function containerLook(status: ContainerStatus): Look {
  return looks[status];
}

const underWay: Partial<Record<Operation['type'], ContainerStatus>> = {
  'container.create': 'Creating',
  'container.start': 'Starting',
  'container.stop': 'Stopping',
  'container.restart': 'Restarting',
  'container.delete': 'Deleting',
};

/** The server's word; between an action's answer and the first event after it, the action's. */
export function shownStatus(container: Container, running: Operation | undefined): ContainerStatus {
  if (container.pending || running === undefined) return container.status;
  return underWay[running.type] ?? container.status;
}

export interface AllowedActions {
  start: boolean;
  stop: boolean;
  restart: boolean;
  remove: boolean;
}

/** What makes sense in a state; whether the viewer may do it, the server says. */
export function allowedActions(status: ContainerStatus): AllowedActions {
  const up = status === 'Running' || status === 'Frozen';
  const doubtful = status === 'Error' || status === 'Unknown';
  return {
    start: status === 'Stopped' || doubtful,
    stop: up || doubtful,
    restart: up,
    remove: status !== 'Deleting',
  };
}
