import type { DesiredContainer } from './container-status';

/** What a host says about the instance of a container's name, right now. */
export interface InstanceFacts {
  /** LXD's word for its status. */
  status: string;
  /** True when its marks say that it is this container and no other of the same name. */
  ours: boolean;
  /** Changes with every boot: tells a restart that was done from one that was only asked for. */
  bootMark: string;
  /** An ephemeral instance is removed by LXD when it stops. */
  ephemeral: boolean;
}

/** What the manager remembers of its own acts on the container. */
export interface ReconcileMemory {
  created: boolean;
  restartGeneration: number;
  /** The boot mark noted before a restart was begun; null when none is under way. */
  restartFrom: string | null;
}

/** The next thing to do; after each one the host is looked at again. */
export type Step =
  | { kind: 'create' }
  | { kind: 'start' }
  | { kind: 'stop' }
  | { kind: 'unfreeze' }
  | { kind: 'delete' }
  | { kind: 'note-restart' }
  | { kind: 'wait' }
  | { kind: 'done' }
  | { kind: 'removed' }
  | { kind: 'fail'; code: PlanFault; message: string };

/** Why a wish cannot be met by trying again. */
export type PlanFault = 'name-taken-on-host' | 'missing-on-host' | 'ephemeral';

const TRANSITIONAL = new Set([
  'Starting',
  'Stopping',
  'Aborting',
  'Freezing',
  'Cancelling',
  'Pending',
  'Operation created',
]);

/**
 * The next step that brings an instance towards what is wanted: level- not edge-driven, so that asking twice,
 * late or in another order does no harm.
 * @param instance null when the host says that there is no instance of the name
 */
export function plan(desired: DesiredContainer, instance: InstanceFacts | null, memory: ReconcileMemory): Step {
  if (desired.deleted) return planDelete(instance);
  if (!instance) {
    if (!memory.created) return { kind: 'create' };
    return {
      kind: 'fail',
      code: 'missing-on-host',
      message:
        'The container is not on its host any more. Nothing was changed; delete it here, or restore it on the host.',
    };
  }
  if (!instance.ours)
    return {
      kind: 'fail',
      code: 'name-taken-on-host',
      message:
        'The host has another instance of this name, which this manager did not make. It was not touched; choose another name.',
    };
  if (TRANSITIONAL.has(instance.status)) return { kind: 'wait' };
  if (desired.power === 'stopped') return planStopped(instance);
  if (desired.power === 'running') return planRunning(desired, instance, memory);
  return { kind: 'done' };
}

function planDelete(instance: InstanceFacts | null): Step {
  // Somebody else's instance of the same name is not ours to delete: the row goes, the instance stays.
  if (!instance?.ours) return { kind: 'removed' };
  if (TRANSITIONAL.has(instance.status)) return { kind: 'wait' };
  if (instance.status === 'Frozen') return { kind: 'unfreeze' };
  return isUp(instance) ? { kind: 'stop' } : { kind: 'delete' };
}

function planStopped(instance: InstanceFacts): Step {
  if (!isUp(instance) && instance.status !== 'Frozen') return { kind: 'done' };
  // To stop it would be to delete it, which nobody asked for.
  if (instance.ephemeral) return ephemeral('stopped');
  return instance.status === 'Frozen' ? { kind: 'unfreeze' } : { kind: 'stop' };
}

function planRunning(desired: DesiredContainer, instance: InstanceFacts, memory: ReconcileMemory): Step {
  const restart = desired.restartGeneration !== memory.restartGeneration;
  if (restart && instance.ephemeral) return ephemeral('restarted');
  if (instance.status === 'Frozen') return { kind: 'unfreeze' };
  if (!restart) return isUp(instance) ? { kind: 'done' } : { kind: 'start' };
  if (memory.restartFrom === null) return { kind: 'note-restart' };
  if (!isUp(instance)) return { kind: 'start' };
  return instance.bootMark === memory.restartFrom ? { kind: 'stop' } : { kind: 'done' };
}

function ephemeral(verb: string): Step {
  const message = `An ephemeral container vanishes when it stops, so it is not ${verb}; delete it if it is not needed.`;
  return { kind: 'fail', code: 'ephemeral', message };
}

function isUp(instance: InstanceFacts): boolean {
  return instance.status === 'Running' || instance.status === 'Ready' || instance.status === 'Thawed';
}
