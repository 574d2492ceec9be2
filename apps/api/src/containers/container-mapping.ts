import { hostStateOf, ShownStatus, statusOf } from '@lxdm/domain';
import type { AddressView, ContainerView } from '@lxdm/entities';
import type { Container, ContainerAddress } from './dto/container';

/** From where and when containers are looked at. */
export interface Sight {
  now: Date;
  /** Why a host cannot be reached is told to admins only: the reason may name addresses. */
  isAdmin: boolean;
}

/** A container as it goes over the wire; plain objects without what is not so, because lists have a thousand of them. */
export function containerOf(view: ContainerView, sight: Sight): Container {
  const { status, detail, pending, stale } = shownStatus(view, sight);
  return {
    id: view.id,
    name: view.name,
    status,
    ...(detail !== null && { statusDetail: detail }),
    ...(pending && { pending }),
    ...(stale && { stale, ...(view.observedAt && { observedAt: view.observedAt.toISOString() }) }),
    project: view.projectId === null ? null : { id: view.projectId, name: view.projectName ?? '' },
    host: { id: view.hostId, name: view.hostName },
    addresses: view.addresses.map(addressOf),
    createdAt: view.createdAt.toISOString(),
  };
}

/** The status that everybody sees. */
export function shownStatus(view: ContainerView, sight: Sight): ShownStatus {
  const { state, reason } = hostStateOf(view.host, sight.now);
  const told = sight.isAdmin ? reason : 'The host cannot be reached.';
  const step = view.step === null ? null : { step: view.step };
  return statusOf(view.desired, view.observed, step, { reachable: state === 'Online', reason: told });
}

function addressOf({ address, interface: name, assigned, present }: AddressView): ContainerAddress {
  return assigned && !present ? { address, interface: name, state: 'pendingAdd' } : { address, interface: name };
}
