import { loadKeyRing, seal } from '@lxdm/crypto';
import { HostState, hostStateOf } from '@lxdm/domain';
import { HostsRepository, NewOperation, OperationsRepository } from '@lxdm/entities';
import { Accepted } from './container';
import type { ManagedHost } from './managed-host';

/** The word that every viewer sees of a host. */
export async function stateOf(host: ManagedHost): Promise<{ state: HostState; reason: string | null }> {
  const view = await host.world.get(HostsRepository).find(host.id);
  if (!view) throw new Error(`${host.name} is lost`);
  return hostStateOf(view, new Date());
}

/** What an admin gives with a new host. */
export interface Adding {
  pin?: string;
  password?: string;
  token?: string;
}

/** Accepts a new host, as the api does, and wakes a worker. */
export async function add(host: ManagedHost, { pin, password, token }: Adding): Promise<Accepted> {
  const { world } = host;
  const secret = password ?? token;
  const place = { table: 'hosts', column: 'trust_secret', row: host.id };
  const trustSecret = secret === undefined ? null : seal(await loadKeyRing(world.ringFile), place, secret);
  const { id, name, fake, subnet } = host;
  const operation = await world.db.run(async (tx) => {
    const trustKind = token ? 'token' : password ? 'password' : null;
    const subnets = [{ cidr: subnet, family: 6 as const }];
    const row = {
      id,
      name,
      url: fake.url,
      monitoringUrl: null,
      pin: pin ?? null,
      trustSecret,
      trustKind,
      subnets,
    } as const;
    await world.get(HostsRepository).create(tx, row);
    return world.get(OperationsRepository).begin(tx, operationOf('host.add', host, 1));
  });
  world.jobs.wake('hosts.reconcile', { id });
  return new Accepted(world, operation);
}

/** Accepts the certificate of a host. */
export async function confirm(host: ManagedHost, pin: string): Promise<Accepted> {
  const { world } = host;
  const operation = await world.db.run(async (tx) => {
    const generation = await world.get(HostsRepository).setPin(tx, host.id, pin);
    return world.get(OperationsRepository).begin(tx, operationOf('host.confirm', host, generation ?? 0));
  });
  world.jobs.wake('hosts.reconcile', { id: host.id });
  return new Accepted(world, operation);
}

function operationOf(type: 'host.add' | 'host.confirm', host: ManagedHost, targetGeneration: number): NewOperation {
  const target = { targetKind: 'host', targetId: host.id, targetName: host.name, targetGeneration } as const;
  return { type, ...target, projectId: null, requestedById: host.world.userId, requestId: null, idempotency: null };
}
