import { outstanding } from './rig/invariants';
import { Load } from './rig/load';
import { RedisClient } from './rig/redis-client';
import { OwnServices, ownServices } from './rig/services';
import { until } from './rig/until';
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

it('is flushed with thirty operations outstanding, again and again', async () => {
  const load = await Load.thirtyRestarts(world);
  const redis = new RedisClient(services.redisUrl);
  let flushes = 0;
  for (; flushes < 20 && (await outstanding(world)).length > 0; flushes++) {
    expect(await redis.call('FLUSHALL')).toBe('OK');
    await world.query('SELECT pg_sleep(0.1)');
  }
  redis.close();
  expect(flushes).toBeGreaterThan(5);
  expect(await load.complaints()).toEqual([]);
});

it('is stopped for ten seconds and comes back empty', async () => {
  await services.redis('stop', 'kill');
  const stoppedAt = performance.now();
  const load = await Load.thirtyRestarts(world);
  await until('ten seconds', () => performance.now() - stoppedAt > 10_000);
  await services.redis('start');
  expect(await load.complaints()).toEqual([]);
});

it('stands still and goes on', async () => {
  await services.redis('pause');
  const load = await Load.thirtyRestarts(world);
  const pausedAt = performance.now();
  await until('four seconds', () => performance.now() - pausedAt > 4_000);
  await services.redis('resume');
  expect(await load.complaints()).toEqual([]);
});

it('is away when worker and scheduler end and when they start, and they work as soon as it is there', async () => {
  await services.redis('stop');
  await Promise.all(world.processes.map((one) => one.end('SIGTERM')));
  expect(world.processes.map((one) => [one.name, one.exitCode, one.faults()])).toEqual([
    ['worker', 0, []],
    ['scheduler', 0, []],
  ]);
  const load = await Load.thirtyRestarts(world);
  await Promise.all([world.start('worker'), world.start('scheduler')]);
  await services.redis('start');
  expect(await load.complaints()).toEqual([]);
});
