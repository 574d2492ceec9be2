import { join } from 'node:path';
import { HostAuditRepository, HostObservationsRepository } from '@lxdm/entities';
import { HostConnections } from '../src/hosts/host-connections';
import { HostScans } from '../src/hosts/host-scans';
import { HostWatchers } from '../src/hosts/host-watchers';
import { OutsideActs } from '../src/hosts/outside-acts';
import type { WorkerSettings } from '../src/settings';
import type { ManagedHost } from './rig/managed-host';
import { sharedServices } from './rig/services';
import { until } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(60_000);

let world: World;
let connections: HostConnections;
let watchers: HostWatchers;

beforeAll(async () => {
  world = await World.make(await sharedServices());
  const settings = { certsDir: join(world.dir, 'certs') } as WorkerSettings;
  connections = new HostConnections(settings);
  const scans = { request: () => undefined } as unknown as HostScans;
  const acts = new OutsideActs(settings, world.get(HostAuditRepository));
  watchers = new HostWatchers(world.get(HostObservationsRepository), connections, scans, acts);
});
afterAll(async () => {
  await watchers.close();
  await connections.onApplicationShutdown();
  await world.close();
});

const to = async ({ id, name }: ManagedHost) => {
  const host = await world.get(HostObservationsRepository).connection(id);
  if (!host) throw new Error(`${name} is lost`);
  return connections.to(host);
};

it('the connections of a host are closed when it is removed, and those of the others stay', async () => {
  const [leaving, staying, coming] = [await world.host(), await world.host(), await world.host()];
  // One that is on its way to be trusted is in no list of trusted ones, and must not lose its connection for that.
  await world.query('UPDATE hosts SET trusted = false WHERE id = $1', [coming.id]);
  await watchers.refresh();
  await until('both are listened to', () => leaving.fake.events.count + staying.fake.events.count === 2);
  const clients = { leaving: await to(leaving), staying: await to(staying), coming: await to(coming) };
  await Promise.all(Object.values(clients).map((client) => client.server()));

  await world.query('UPDATE hosts SET removed_at = now() WHERE id = $1', [leaving.id]);
  await watchers.refresh();
  expect(new Set(connections.known)).toEqual(new Set([staying.id, coming.id]));
  await expect(clients.leaving.server()).rejects.toThrow();
  await expect(to(staying)).resolves.toBe(clients.staying);
  await expect(to(coming)).resolves.toBe(clients.coming);
  await Promise.all([clients.staying.server(), clients.coming.server()]);
  await until('nobody listens to the removed one', () => leaving.fake.events.count === 0);
});
