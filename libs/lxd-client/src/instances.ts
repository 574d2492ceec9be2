import type { Api } from './api';
import { isLxdError, LxdError } from './errors';
import type { CallOptions } from './timeouts';
import type { Instance, InstanceConfig, InstancePut, InstancesPost, InstanceStatePut } from './wire/instance';
import type { InstanceFull, InstanceState } from './wire/instance-state';
import type { Operation } from './wire/operation';

/** A value together with the ETag that a later If-Match needs. */
export interface Tagged<T> {
  readonly value: T;
  readonly etag: string | undefined;
}

/** The containers of one host; everything that changes one answers with the operation to wait for. */
export class Instances {
  constructor(private readonly api: Api) {}

  /** All containers of the host with their state and addresses in one call; virtual machines are left out. */
  async list(options: CallOptions = {}): Promise<InstanceFull[]> {
    const query = { recursion: '2', 'instance-type': 'container' };
    const rows = await this.api.get<InstanceFull[] | null>(['instances'], { ...options, query });
    return (rows ?? []).filter((row) => row.type === 'container');
  }

  async get(name: string, options: CallOptions = {}): Promise<Tagged<Instance>> {
    return this.api.read<Instance>('GET', ['instances', name], options);
  }

  /** State and addresses; the only way to learn that a container got an address, as no event says so. */
  async getState(name: string, options: CallOptions = {}): Promise<InstanceState> {
    return this.api.get<InstanceState>(['instances', name, 'state'], options);
  }

  async exists(name: string, options: CallOptions = {}): Promise<boolean> {
    try {
      await this.get(name, options);
      return true;
    } catch (error) {
      if (isLxdError(error, 'not-found')) return false;
      throw error;
    }
  }

  async create(request: InstancesPost, options: CallOptions = {}): Promise<Operation> {
    // LXD makes a name up where none is given: a container that nobody would find again.
    if (request.name === '') throw new LxdError('bad-request', 'A container needs a name');
    return this.api.begin('POST', ['instances'], { ...options, body: request });
  }

  /** `timeout` in seconds is how long the container may take to obey before the operation fails. */
  async setState(name: string, request: InstanceStatePut, options: CallOptions = {}): Promise<Operation> {
    return this.api.begin('PUT', ['instances', name, 'state'], { ...options, body: request });
  }

  /** Replaces config (`volatile.*` included), devices and profiles as a whole; refused with `conflict` if it changed since `etag`. */
  async update(name: string, request: InstancePut, etag: string, options: CallOptions = {}): Promise<Operation> {
    return this.api.begin('PUT', ['instances', name], { ...options, body: request, ifMatch: etag });
  }

  /** Reads, lets `change` decide, and replaces what was read and nothing newer: the safe way to `update`. */
  async edit(
    name: string,
    change: (current: Instance) => Partial<InstancePut>,
    options: CallOptions = {},
  ): Promise<Operation> {
    const { value, etag } = await this.get(name, options);
    const { architecture, config, devices, ephemeral, profiles, description, stateful } = value;
    const changed = { architecture, config, devices, ephemeral, profiles, description, stateful, ...change(value) };
    // What LXD keeps for itself must survive: without volatile.*.hwaddr the container would come back with another address.
    const request = { ...changed, config: { ...volatileOf(config), ...changed.config } };
    return this.api.begin('PUT', ['instances', name], { ...options, body: request, ifMatch: etag });
  }

  /** Changes the given keys only, of config and devices alike; an empty config value removes the key. */
  async patch(name: string, request: Partial<InstancePut>, etag?: string, options: CallOptions = {}): Promise<void> {
    if (request.description !== undefined) {
      await this.api.call('PATCH', ['instances', name], { ...options, body: request, ifMatch: etag });
      return;
    }
    // LXD 5.0 takes a missing description for an empty one: send the one that is there, unless it changes meanwhile.
    const seen = await this.get(name, options);
    const body = { ...request, description: seen.value.description };
    await this.api.call('PATCH', ['instances', name], { ...options, body, ifMatch: etag ?? seen.etag });
  }

  /** Refused while it runs. */
  async delete(name: string, options: CallOptions = {}): Promise<Operation> {
    return this.api.begin('DELETE', ['instances', name], options);
  }

  /** Offers a stopped container to another host; the answer's metadata holds the secrets that the target needs. */
  async beginMigration(name: string, options: CallOptions = {}): Promise<Operation> {
    return this.api.begin('POST', ['instances', name], { ...options, body: { migration: true, live: false } });
  }
}

function volatileOf(config: InstanceConfig): InstanceConfig {
  return Object.fromEntries(Object.entries(config).filter(([key]) => key.startsWith('volatile.')));
}
