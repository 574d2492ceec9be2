import { Boundaries } from './rig/boundaries';
import type { Accepted, Container } from './rig/container';
import { identities, violations } from './rig/invariants';
import { sharedServices } from './rig/services';
import { until } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(120_000);

const BEFORE = 'before the effect';
const AFTER = 'after the effect, before the answer';

let world: World;
beforeAll(async () => {
  world = await World.make(await sharedServices());
  await world.start('scheduler');
});
afterEach(() =>
  Promise.all(world.processes.filter((one) => one.name === 'worker' && one.running).map((one) => one.end('SIGKILL'))),
);
afterAll(() => world.close());

/** Lets somebody work on a container until it is held at a call. */
async function heldAt(container: Container, call: number, side: typeof BEFORE | typeof AFTER): Promise<Boundaries> {
  const boundaries = new Boundaries(container.host.fake, { call, side });
  container.wake();
  await until(`held at call ${call}`, () => boundaries.parkedAt !== undefined);
  return boundaries;
}

async function expectDone(container: Container, operation: Accepted, effects: string[]): Promise<void> {
  expect((await operation.ended()).status).toBe('Success');
  expect(container.host.journal.of(container.name)).toEqual(effects);
}

it('is killed five times in a row and restarts the container once all the same', async () => {
  const container = await (await world.host()).existing('often', 'Running');
  const before = await identities(world);
  const operation = await container.power('restart', { wake: false });
  // The stop has happened; the start has not; the start has; it looks; it has looked.
  for (const [call, side] of [
    [5, AFTER],
    [2, BEFORE],
    [2, AFTER],
    [1, BEFORE],
    [2, AFTER],
  ] as const) {
    const worker = await world.start('worker');
    const boundaries = await heldAt(container, call, side);
    await worker.end('SIGKILL');
    boundaries.end();
    await container.expireLease();
  }
  await world.start('worker');
  container.wake();
  await expectDone(container, operation, ['shutdown', 'started']);
  expect(await violations(world, before)).toEqual([]);
});

it('is killed while another lives: that one takes over within 20 s', async () => {
  const container = await (await world.host()).existing('shared', 'Running');
  const before = await identities(world);
  const operation = await container.power('restart', { wake: false });
  const first = await world.start('worker');
  const boundaries = await heldAt(container, 5, AFTER);
  await world.start('worker');
  await first.end('SIGKILL');
  const killedAt = performance.now();
  boundaries.end();
  await expectDone(container, operation, ['shutdown', 'started']);
  expect(performance.now() - killedAt).toBeLessThan(20_000);
  expect(await violations(world, before)).toEqual([]);
});

it('is frozen until another has taken over, and changes nothing when it wakes up', async () => {
  const container = await (await world.host()).existing('sleeper', 'Running');
  const before = await identities(world);
  const operation = await container.power('restart', { wake: false });
  const frozen = await world.start('worker');
  const boundaries = await heldAt(container, 5, AFTER);
  frozen.freeze();
  boundaries.end();
  await world.start('worker');
  await container.expireLease();
  container.wake();
  await expectDone(container, operation, ['shutdown', 'started']);
  const [{ thawedAt } = { thawedAt: '' }] = await world.query<{ thawedAt: string }>('SELECT now()::text AS "thawedAt"');
  frozen.thaw();
  // Its heart beats again, twice: whatever it had begun, it has gone on with.
  await until('the sleeper is awake', async () => {
    const rows = await world.query(
      `SELECT 1 FROM heartbeats WHERE instance LIKE $1 AND at > $2::timestamptz + interval '4 seconds'`,
      [`%:${frozen.pid}`, thawedAt],
    );
    return rows.length === 1;
  });
  expect(container.host.journal.of(container.name)).toEqual(['shutdown', 'started']);
  expect(await violations(world, before)).toEqual([]);
});

it.each([
  ['an order', BEFORE, 5],
  ['the answer to an order', AFTER, 5],
  ['the end of an operation', BEFORE, 6],
] as const)(
  'ends within 10 s when it is told to while it waits for %s, and nothing is lost',
  async (what, side, call) => {
    const container = await (await world.host()).existing(`polite-${call}-${side.length}`, 'Running');
    const before = await identities(world);
    const operation = await container.power('restart', { wake: false });
    const worker = await world.start('worker');
    const boundaries = await heldAt(container, call, side);
    const toldAt = performance.now();
    await worker.end('SIGTERM');
    expect(performance.now() - toldAt).toBeLessThan(10_000);
    expect(worker.exitCode).toBe(0);
    expect(['Pending', 'Running']).toContain((await operation.view()).status);
    expect((await container.row()).leased).toBe(false);
    boundaries.end();
    await world.start('worker');
    await expectDone(container, operation, ['shutdown', 'started']);
    // What is done about the end of this process is no fault of the host.
    expect((await operation.view()).steps.map(({ name }) => name)).not.toContain('Wait for the host');
    expect(await violations(world, before)).toEqual([]);
  },
);
