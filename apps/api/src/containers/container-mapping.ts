import { fqdnOf, hostStateOf, ShownStatus, statusOf } from '@lxdm/domain';
import type { AddressView, ContainerView } from '@lxdm/entities';
import type { Container, ContainerAddress } from './dto/container';

/** From where and when containers are looked at. */
export interface Sight {
  zone: string;
  now: Date;
  /** Why a host cannot be reached is told to admins only: the reason may name addresses. */
  isAdmin: boolean;
}

/** A container as it goes over the wire; plain objects, because lists have a thousand of them. */
export function containerOf(view: ContainerView, sight: Sight): Container {
  const shown = shownStatus(view, sight);
  return {
    id: view.id,
    name: view.name,
    fqdn: fqdnOf(view.name, sight.zone),
    description: view.description,
    status: shown.status,
    statusDetail: shown.detail,
    pending: shown.pending,
    stale: shown.stale,
    observedAt: view.observedAt?.toISOString() ?? null,
    project: view.projectId === null ? null : { id: view.projectId, name: view.projectName ?? '' },
    host: { id: view.hostId, name: view.hostName },
    image: view.image,
    addresses: view.addresses.map(addressOf),
    createdAt: view.createdAt.toISOString(),
    nesting: view.nesting,
    error: view.observed.error,
  };
}

/** The status that everybody sees. */
export function shownStatus(view: ContainerView, sight: Sight): ShownStatus {
  const { state, reason } = hostStateOf(view.host, sight.now);
  const told = sight.isAdmin ? reason : 'The host cannot be reached.';
  const step = view.step === null ? null : { step: view.step };
  return statusOf(view.desired, view.observed, step, { reachable: state === 'Online', reason: told });
}

function addressOf({ address, family, interface: name, assigned, present }: AddressView): ContainerAddress {
  return { address, family, interface: name, state: assigned && !present ? 'pendingAdd' : 'observed' };
}
