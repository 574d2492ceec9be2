import { InstanceFacts, isOurs } from '@lxdm/domain';
import type { ContainerWork, HostConnection, LeasedObservation } from '@lxdm/entities';
import { Instance, InstanceState, isLxdError, LxdHost } from '@lxdm/lxd-client';
import { addressesOf, bootMark, judge, marksOf } from '../hosts/seen-instance';

/** One look at a container on its host. */
export interface Look {
  facts: InstanceFacts;
  observation: LeasedObservation;
}

/** Looks at a container on its host; null when the host says that there is no instance of that name. */
export async function lookAt(
  client: LxdHost,
  host: HostConnection,
  work: ContainerWork,
  signal: AbortSignal,
): Promise<Look | null> {
  let instance: Instance;
  let state: InstanceState | null;
  try {
    instance = (await client.instances.get(work.name, { signal })).value;
    // It may vanish between the two calls: that is no fault, but what there is to see.
    state = instance.status === 'Stopped' ? null : await client.instances.getState(work.name, { signal });
  } catch (error) {
    if (isLxdError(error, 'not-found')) return null;
    throw error;
  }
  const marks = marksOf(instance);
  const boot = bootMark(instance, state);
  return {
    facts: {
      status: instance.status,
      ours: isOurs(marks, {
        id: work.id,
        name: work.name,
        uuid: work.observedUuid,
        created: work.created,
        adopted: work.adopted,
      }),
      bootMark: boot,
      ephemeral: instance.ephemeral,
    },
    observation: {
      status: instance.status,
      uuid: marks.uuid,
      image: marks.image,
      hwaddrEth1: marks.hwaddrEth1,
      boot: instance.status === 'Running' ? boot : null,
      addresses: { containerId: work.id, addresses: judge(marks, addressesOf(state), host.subnets, work.adopted) },
    },
  };
}
