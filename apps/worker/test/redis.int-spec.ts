import { Accepted, Container } from './rig/container';
import { identities, outstanding, violations } from './rig/invariants';
import { RedisClient } from './rig/redis-client';
import { OwnServices, ownServices } from './rig/services';
import { each, until, untilNone } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(150_000);

let services: OwnServices;
let world: World;

beforeAll(async () => {
  services = await ownServices();
  world = await World.make(services);
  await Promise.all([world.start('worker'), world.start('scheduler')]);
});
afterAll(() => world.close());

interface Load {
  containers: Container[];
  operations: Accepted[];
  before: Awaited<ReturnType<typeof identities>>;
}

/** Thirty containers on five hosts that take their time, each with an accepted restart. */
async function thirtyRestarts(): Promise<Load> {
  const hosts = await each([1, 2, 3, 4, 5], () => world.host({ timings: { stopMs: 400, startMs: 400 } }));
  const places = hosts.flatMap((host) => Array.from({ length: 6 }, (_, index) => ({ host, index })));
  const containers = await each(places, ({ host, index }) => host.existing(`${host.name}-${index}`, 'Running'));
  const before = await identities(world);
  const operations = await each(containers, (container) => container.power('restart'));
  return { containers, operations, before };
}

/** All of them were restarted, each once. */
async function expectRestarted({ containers, operations, before }: Load): Promise<void> {
  expect(await untilNone(() => outstanding(world), 60_000)).toEqual([]);
  const ends = await each(operations, async (operation) => (await operation.view()).status);
  expect(ends).toEqual(ends.map(() => 'Success'));
  const effects = containers.map((container) => container.host.journal.of(container.name));
  expect(effects).toEqual(effects.map(() => ['shutdown', 'started']));
  expect(await violations(world, before)).toEqual([]);
}

it('is flushed with thirty operations outstanding, again and again', async () => {
  const load = await thirtyRestarts();
  const redis = new RedisClient(services.redisUrl);
  for (let times = 0; times < 5; times++) {
    expect(await redis.call('FLUSHALL')).toBe('OK');
    await world.query('SELECT pg_sleep(0.3)');
  }
  expect((await outstanding(world)).length).toBeGreaterThan(10);
  redis.close();
  await expectRestarted(load);
});

it('is stopped for ten seconds and comes back empty', async () => {
  await services.redis('stop', 'kill');
  const stoppedAt = performance.now();
  const load = await thirtyRestarts();
  await until('ten seconds', () => performance.now() - stoppedAt > 10_000);
  await services.redis('start');
  await expectRestarted(load);
});

it('stands still and goes on', async () => {
  await services.redis('pause');
  const load = await thirtyRestarts();
  const pausedAt = performance.now();
  await until('eight seconds', () => performance.now() - pausedAt > 8_000);
  await services.redis('resume');
  await expectRestarted(load);
});

it('is away when worker and scheduler end and when they start, and they work as soon as it is there', async () => {
  await services.redis('stop');
  await Promise.all(world.processes.map((one) => one.end('SIGTERM')));
  expect(world.processes.map((one) => [one.name, one.exitCode, one.faults()])).toEqual([
    ['worker', 0, []],
    ['scheduler', 0, []],
  ]);
  const load = await thirtyRestarts();
  await Promise.all([world.start('worker'), world.start('scheduler')]);
  await services.redis('start');
  await expectRestarted(load);
});
