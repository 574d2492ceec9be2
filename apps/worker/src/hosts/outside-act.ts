import type { HostAct } from '@lxdm/entities';
import type { LifecycleEvent } from '@lxdm/lxd-client';
import { storable } from '../storable';

/** The host that an event is from. */
export interface EventfulHost {
  id: string;
  name: string;
}

/**
 * What an event of a host says that somebody did to a container, or null when it is nothing of that kind, or our own doing.
 * Commands and other circumstances are left out: they may hold secrets.
 * @param own the fingerprint of our client certificate, by which LXD names us
 */
export function outsideAct(host: EventfulHost, event: LifecycleEvent, own: string): HostAct | null {
  const { action, source, requestor, project } = event.metadata;
  // Before LXD 4.0 and in some actions of 5.0 it is "container-…".
  const verb = /^(?:instance|container|virtual-machine)-([a-z-]{1,60})$/.exec(action)?.[1];
  const name = /^\/1\.0\/(?:instances|containers|virtual-machines)\/([A-Za-z0-9-]{1,63})(?:[/?]|$)/.exec(source)?.[1];
  // Looking at a log or a file changes nothing.
  if (verb === undefined || name === undefined || verb.endsWith('-retrieved')) return null;
  const inProject = project ?? event.project ?? 'default';
  if (inProject !== 'default' || /[?&]project=(?!default(?:&|$))/.test(source)) return null;
  if (requestor?.protocol === 'tls' && requestor.username === own) return null;
  const at = new Date(event.timestamp);
  if (Number.isNaN(at.getTime())) return null;
  const who = whoOf(host, requestor);
  return {
    // LXD stamps events to the nanosecond: every worker hears the same text.
    key: [host.id, event.timestamp, action, source, who.actorName].map((part) => part.slice(0, 200)).join(' '),
    hostId: host.id,
    name,
    verb,
    at,
    ...who,
    detail: { host: host.name },
  };
}

function whoOf(
  host: EventfulHost,
  requestor: LifecycleEvent['metadata']['requestor'],
): Pick<HostAct, 'actorName' | 'address' | 'unsigned'> {
  const username = storable(requestor?.username ?? '').slice(0, 200);
  // LXD 5.0 names nobody for many actions, and for what a container does to itself.
  if (username === '') return { actorName: `somebody on ${host.name}`, address: null, unsigned: true };
  const address = requestor?.address && requestor.address !== '@' ? storable(requestor.address).slice(0, 100) : null;
  switch (requestor?.protocol) {
    case 'unix':
      return { actorName: `${username} (unix socket of ${host.name})`, address: null, unsigned: false };
    case 'tls':
      return { actorName: `certificate ${username.slice(0, 12)} on ${host.name}`, address, unsigned: false };
    default:
      return { actorName: `${username} on ${host.name}`, address, unsigned: false };
  }
}
