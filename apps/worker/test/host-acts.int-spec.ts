import type { LifecycleMetadata } from '@lxdm/lxd-client';
import type { Container } from './rig/container';
import type { ManagedHost } from './rig/managed-host';
import { sharedServices } from './rig/services';
import { until } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(120_000);

let world: World;
let host: ManagedHost;
const root = { username: 'root', protocol: 'unix', address: '@' };

beforeAll(async () => {
  world = await World.make(await sharedServices());
  host = await world.host({ name: 'node1' });
  await Promise.all([world.start('worker'), world.start('worker'), world.start('scheduler')]);
  await world.listening(2);
});
afterAll(() => world.close());

const tell = (name: string, metadata: Partial<LifecycleMetadata> = {}): void =>
  host.fake.events.send('lifecycle', { action: 'instance-stopped', source: `/1.0/instances/${name}`, ...metadata });

interface Line {
  action: string;
  actor: string;
  address: string | null;
  targetId: string | null;
  projectId: string | null;
  detail: Record<string, unknown>;
}

const log = (name: string): Promise<Line[]> =>
  world.query<Line>(
    `SELECT action, actor_name AS actor, address, target_id AS "targetId", project_id AS "projectId", detail FROM audit_events
     WHERE means = 'host' AND target_kind = 'container' AND target_name = $1 ORDER BY seq`,
    [name],
  );

/** Resolves when everything that was told before is written down. */
async function heard(): Promise<void> {
  const marker = `marker-${Math.random().toString(36).slice(2)}`;
  tell(marker, { requestor: root });
  await until('the marker', async () => (await log(marker)).length === 1);
  // Both workers have heard it; the second one writes within its second.
  await world.query('SELECT pg_sleep(1.5)');
}

async function inProject(name: string): Promise<{ container: Container; projectId: string }> {
  const container = await host.existing(name, 'Running');
  const [project] = await world.query<{ id: string }>(
    'INSERT INTO projects (name, name_key) VALUES ($1, $1) RETURNING id',
    [`p-${name}`],
  );
  await world.query('UPDATE containers SET project_id = $2 WHERE id = $1', [container.id, project?.id]);
  return { container, projectId: project?.id ?? '' };
}

it('what somebody does on the host is in the log once, whoever listens', async () => {
  const { container, projectId } = await inProject('web1');
  tell('web1', { requestor: root });
  await heard();
  expect(await log('web1')).toEqual([
    {
      action: 'container.stopped',
      actor: 'root (unix socket of node1)',
      address: null,
      targetId: container.id,
      projectId,
      detail: { host: 'node1' },
    },
  ]);
});

it('what the manager does is not: by its certificate, or by its own work on the container', async () => {
  const container = await host.existing('web2', 'Running');
  tell('web2', { requestor: { username: world.client.fingerprint, protocol: 'tls', address: '192.0.2.1:1' } });
  // The fake names nobody in its events, as LXD 5.0 in most.
  await (await container.power('stop')).ended();
  await (await container.power('start')).ended();
  await heard();
  expect(await log('web2')).toEqual([]);
});

it('what nobody is named for and the manager did not do is by somebody on the host', async () => {
  await host.existing('web3', 'Running');
  host.fake.meddle('web3', 'stop');
  await heard();
  expect((await log('web3')).map(({ action, actor }) => `${action} ${actor}`)).toEqual([
    'container.stopped somebody on node1',
  ]);
});

it('another certificate is told by its beginning and its address', async () => {
  await host.existing('web4', 'Running');
  tell('web4', { requestor: { username: 'cd'.repeat(32), protocol: 'tls', address: '192.0.2.1:1' } });
  await heard();
  expect(await log('web4')).toMatchObject([{ actor: 'certificate cdcdcdcdcdcd on node1', address: '192.0.2.1:1' }]);
});

it('a container that restarts in a loop does not fill the log', async () => {
  await host.existing('loop', 'Running');
  for (let n = 0; n < 300; n++) tell('loop', { action: 'instance-restarted', requestor: root });
  await heard();
  const lines = (await log('loop')).length;
  // Two workers that begin to listen at different times, or a minute that ends meanwhile, may let a few more through.
  expect(lines).toBeGreaterThanOrEqual(10);
  expect(lines).toBeLessThanOrEqual(40);
  await until('how many more', async () => (await log('loop')).some(({ detail }) => 'more' in detail), 90_000);
  await heard();
  const sums = (await log('loop')).filter(({ detail }) => 'more' in detail);
  expect(sums.length).toBeLessThanOrEqual(2);
  expect(sums.reduce((sum, { detail }) => sum + Number(detail['more']), 0) + lines).toBeGreaterThanOrEqual(300);
});

it('entries older than the setting says are dropped, younger ones kept', async () => {
  await world.query(
    `INSERT INTO audit_events (at, actor_name, means, action, target_kind, target_name, result)
     SELECT now() - days * interval '1 day', 'x', 'cli', 'x.y', 'x', 'age ' || days, 'done' FROM unnest(ARRAY[1, 700, 740, 4000]) AS days`,
  );
  world.jobs.wake('records.prune', {});
  const ages = () =>
    world.query<{ age: string }>(
      `SELECT target_name AS age FROM audit_events WHERE target_name LIKE 'age %' ORDER BY at`,
    );
  await until('the prune', async () => (await ages()).length === 2);
  expect((await ages()).map(({ age }) => age)).toEqual(['age 700', 'age 1']);
});
