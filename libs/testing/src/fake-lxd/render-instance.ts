import { createHash } from 'node:crypto';
import { networkState, type FakeNetworks } from './fake-addresses';
import { expandedDevices, type FakeInstance } from './fake-instance';

const statusCodes = { Stopped: 102, Running: 103, Frozen: 110, Error: 112 } as const;

/** GET /1.0/instances/NAME as LXD 5.0 writes it. */
export function renderInstance(instance: FakeInstance): Record<string, unknown> {
  return {
    architecture: 'x86_64',
    config: instance.config,
    devices: instance.devices,
    ephemeral: false,
    profiles: instance.profiles,
    stateful: false,
    description: instance.description,
    created_at: instance.createdAt.toISOString(),
    expanded_config: instance.config,
    expanded_devices: expandedDevices(instance),
    name: instance.name,
    status: instance.status,
    status_code: statusCodes[instance.status],
    last_used_at: instance.lastUsedAt.toISOString().replace('.000Z', 'Z'),
    location: 'none',
    type: 'container',
    project: 'default',
  };
}

/** GET /1.0/instances/NAME/state. */
export function renderState(instance: FakeInstance, networks: FakeNetworks): Record<string, unknown> {
  const alive = instance.status === 'Running' || instance.status === 'Frozen';
  return {
    status: instance.status,
    status_code: statusCodes[instance.status],
    disk: {},
    memory: { usage: alive ? 41_943_040 : 0, usage_peak: alive ? 52_428_800 : 0, swap_usage: 0, swap_usage_peak: 0 },
    network: alive ? networkState(instance, networks) : null,
    pid: alive ? 4242 : 0,
    processes: alive ? 17 : 0,
    cpu: { usage: alive ? 1_000_000_000 : 0 },
  };
}

/** One row of recursion=2. */
export function renderFull(instance: FakeInstance, networks: FakeNetworks): Record<string, unknown> {
  return { ...renderInstance(instance), backups: null, state: renderState(instance, networks), snapshots: null };
}

/** LXD hashes what a PUT can change; two equal answers have the same tag. */
export function etagOf(instance: FakeInstance): string {
  const { config, devices, profiles, description } = instance;
  return createHash('sha256')
    .update(JSON.stringify([config, devices, profiles, description]))
    .digest('hex');
}
