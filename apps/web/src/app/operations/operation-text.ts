import type { Operation } from '@lxdm/api-client';
import type { Look } from '../feedback/tone-chip';

export function isFinished(operation: Operation): boolean {
  return operation.status !== 'Pending' && operation.status !== 'Running';
}

/** What an operation does, as a heading: "Create container". */
export function operationLabel(type: Operation['type']): string {
  return labels[type];
}

const labels: Record<Operation['type'], string> = {
  'container.create': 'Create container',
  'container.start': 'Start container',
  'container.stop': 'Stop container',
  'container.restart': 'Restart container',
  'container.delete': 'Delete container',
  'container.redeploy-keys': 'Redeploy SSH keys',
  'host.add': 'Add host',
  'host.confirm': 'Confirm host',
  'host.remove': 'Remove host',
};

const done: Record<Operation['type'], string> = {
  'container.create': 'is created',
  'container.start': 'is started',
  'container.stop': 'is stopped',
  'container.restart': 'is restarted',
  'container.delete': 'is deleted',
  'container.redeploy-keys': 'has its SSH keys',
  'host.add': 'is added',
  'host.confirm': 'is confirmed',
  'host.remove': 'is removed',
};

/** One sentence for the notice at the end. */
export function outcomeText(operation: Operation): string {
  const { name } = operation.target;
  switch (operation.status) {
    case 'Success':
      return `${name} ${done[operation.type]}.`;
    case 'Failure':
      return `${operationLabel(operation.type)} ${name} failed: ${operation.error?.message ?? 'no reason was given'}`;
    case 'Cancelled':
      return `${operationLabel(operation.type)} ${name} was cancelled${operation.error ? `: ${operation.error.message}` : ''}.`;
    case 'Pending':
    case 'Running':
      return `${operationLabel(operation.type)} ${name} is under way.`;
  }
}

const looks: Record<Operation['status'], Look> = {
  Pending: { tone: 'idle', icon: 'wait', label: 'Waiting' },
  Running: { tone: 'busy', icon: 'sync', label: 'Running' },
  Success: { tone: 'ok', icon: 'done', label: 'Done' },
  Failure: { tone: 'bad', icon: 'alert', label: 'Failed' },
  Cancelled: { tone: 'idle', icon: 'cancelled', label: 'Cancelled' },
};

export function operationLook(status: Operation['status']): Look {
  return looks[status];
}

/** The step that is being taken now, for the line under a row's status. */
export function currentStep(operation: Operation): string | null {
  return operation.steps.findLast((step) => step.status === 'running')?.name ?? null;
}
