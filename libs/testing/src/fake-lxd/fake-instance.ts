import { randomBytes, randomUUID } from 'node:crypto';
import { type FakeTree, freshTree } from './fake-files';

/** One container inside the fake; tests may read and change every field, as somebody on the host could. */
export interface FakeInstance extends FakeTree {
  name: string;
  readonly uuid: string;
  description: string;
  config: Record<string, string>;
  devices: Record<string, Record<string, string>>;
  profiles: string[];
  status: 'Stopped' | 'Running' | 'Frozen' | 'Error';
  readonly createdAt: Date;
  lastUsedAt: Date;
  /** When it was started, or undefined while it is stopped. */
  startedAt: number | undefined;
  /** The action of the operation that has hold of it. */
  busy: string | undefined;
  /** false: it ignores the request to shut down, as a container with a broken init does. */
  obeysStop: boolean;
  /** false: eth1 never gets an address. */
  getsAddress: boolean;
  /** Addresses that somebody set inside, interface → address/prefix. */
  readonly liveAddresses: Map<string, string[]>;
}

/** The settings of a new container that a test or a request may give. */
export type FakeInstanceInit = Partial<
  Pick<FakeInstance, 'description' | 'config' | 'devices' | 'profiles' | 'status' | 'obeysStop' | 'getsAddress'>
>;

const idmap = JSON.stringify([
  { Isuid: true, Isgid: false, Hostid: 100_000, Nsid: 0, Maprange: 10_000_001 },
  { Isuid: false, Isgid: true, Hostid: 100_000, Nsid: 0, Maprange: 10_000_001 },
]);

/** The devices of the lab's default profile. */
export const defaultProfileDevices: Readonly<Record<string, Record<string, string>>> = {
  eth0: { name: 'eth0', network: 'lxdintern', type: 'nic' },
  eth1: { name: 'eth1', nictype: 'bridged', parent: 'lxdextern', type: 'nic' },
  root: { path: '/', pool: 'default', type: 'disk' },
};

/** Builds a container as LXD records it: volatile keys, hwaddr and instance-id filled in. */
export function makeInstance(name: string, init: FakeInstanceInit, image: FakeInstanceImage | undefined): FakeInstance {
  const uuid = randomUUID();
  const now = new Date();
  const instance: FakeInstance = {
    name,
    uuid,
    description: init.description ?? '',
    config: {
      ...image?.config,
      ...init.config,
      'volatile.uuid': uuid,
      'volatile.cloud-init.instance-id': randomUUID(),
      'volatile.apply_template': 'create',
      'volatile.idmap.base': '0',
      'volatile.idmap.next': idmap,
      'volatile.last_state.idmap': '[]',
    },
    devices: init.devices ?? {},
    profiles: init.profiles ?? ['default'],
    status: init.status ?? 'Stopped',
    createdAt: now,
    lastUsedAt: new Date(0),
    startedAt: init.status === 'Running' ? 0 : undefined,
    busy: undefined,
    obeysStop: init.obeysStop ?? true,
    getsAddress: init.getsAddress ?? true,
    liveAddresses: new Map(),
    ...freshTree(),
  };
  fillHwaddrs(instance);
  return instance;
}

/** What an image leaves in the config of its containers. */
export interface FakeInstanceImage {
  readonly config: Readonly<Record<string, string>>;
}

/** The devices after the profile is applied; a device of the container wins as a whole. */
export function expandedDevices(instance: FakeInstance): Record<string, Record<string, string>> {
  return { ...(instance.profiles.includes('default') ? defaultProfileDevices : {}), ...instance.devices };
}

/** The MAC of an interface: from the device, or the one that LXD made up. */
export function hwaddrOf(instance: FakeInstance, device: string): string {
  return expandedDevices(instance)[device]?.['hwaddr'] ?? instance.config[`volatile.${device}.hwaddr`] ?? '';
}

/** LXD makes a MAC up for every NIC without one, and keeps it. */
export function fillHwaddrs(instance: FakeInstance): void {
  for (const [device, settings] of Object.entries(expandedDevices(instance))) {
    const key = `volatile.${device}.hwaddr`;
    if (settings['type'] === 'nic' && settings['hwaddr'] === undefined && instance.config[key] === undefined) {
      instance.config[key] = randomHwaddr();
    }
  }
}

function randomHwaddr(): string {
  return ['00', '16', '3e', ...Array.from(randomBytes(3), (byte) => byte.toString(16).padStart(2, '0'))].join(':');
}
