import { outstanding } from './rig/invariants';
import { Load } from './rig/load';
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

it('is restarted under thirty operations, politely and at once after that as by a crash', async () => {
  const load = await Load.thirtyRestarts(world);
  await services.postgres('restart', 'fast');
  expect((await outstanding(world)).length).toBeGreaterThan(0);
  await services.postgres('restart', 'immediate');
  expect(await load.complaints()).toEqual([]);
});

it('stands still for five seconds under thirty operations', async () => {
  const load = await Load.thirtyRestarts(world);
  await services.postgres('pause');
  const pausedAt = performance.now();
  await until('five seconds', () => performance.now() - pausedAt > 5_000);
  await services.postgres('resume');
  expect(await load.complaints()).toEqual([]);
});

it('is away for longer than a lease lasts, and is so when new processes start', async () => {
  const load = await Load.thirtyRestarts(world);
  await services.postgres('stop', 'immediate');
  const stoppedAt = performance.now();
  const scheduler = world.processes.find(({ name }) => name === 'scheduler');
  await scheduler?.end('SIGKILL');
  const processes = [world.spawn('worker'), world.spawn('scheduler')];
  await until('twelve seconds', () => performance.now() - stoppedAt > 12_000);
  await services.postgres('start');
  await Promise.all(processes.map((one) => one.started()));
  expect(await load.complaints()).toEqual([]);
});
