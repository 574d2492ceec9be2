import { identities, violations } from './rig/invariants';
import type { ProcessUnderTest } from './rig/process-under-test';
import { sharedServices } from './rig/services';
import { each, until } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(120_000);

let world: World;
const schedulers: ProcessUnderTest[] = [];
const LEADS = 'this replica is the active one';

beforeAll(async () => {
  world = await World.make(await sharedServices());
  const workers = [world.spawn('worker'), world.spawn('worker')];
  schedulers.push(await world.start('scheduler'));
  await until('a leader', () => schedulers[0]?.log.includes(LEADS));
  schedulers.push(await world.start('scheduler'));
  await Promise.all(workers.map((worker) => worker.started()));
});
afterAll(() => world.close());

/** How many replicas hold the leader's lock at this moment. */
async function leaders(): Promise<number> {
  const rows = await world.query(
    `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted AND application_name = 'lxdm-scheduler-leader' AND datname = current_database()`,
  );
  return rows.length;
}

describe('two workers on one queue', () => {
  it('are told the same twenty times and in any order, and do it once', async () => {
    const hosts = await each([1, 2, 3], () => world.host());
    const containers = await each(
      Array.from({ length: 9 }, (_, index) => index),
      (index) => (hosts[index % 3] as (typeof hosts)[number]).existing(`told-${index}`, 'Running'),
    );
    const before = await identities(world);
    const operations = await each(containers, (container) => container.power('restart', { wake: false }));
    const wakes = containers.flatMap((container) => Array.from({ length: 20 }, () => container));
    for (const container of [...wakes, ...wakes.reverse()]) container.wake();
    for (const operation of operations) expect((await operation.ended()).status).toBe('Success');
    const effects = containers.map(({ host, name }) => host.journal.of(name));
    expect(effects).toEqual(effects.map(() => ['shutdown', 'started']));
    expect(await violations(world, before)).toEqual([]);
  });

  it('make one container although both are told at the same time', async () => {
    const container = await (await world.host({ timings: { createMs: 500 } })).wanted('once');
    await container.giveHostKeys();
    const operation = await container.create({ wake: false });
    for (let times = 0; times < 20; times++) container.wake();
    expect((await operation.ended()).status).toBe('Success');
    expect(container.host.journal.of('once')).toEqual(['created', 'started']);
    expect(container.host.fake.counts.of('POST', '/1.0/instances')).toBe(1);
  });
});

describe('ten users on one button', () => {
  it.each([
    ['start', 'Stopped', ['started']],
    ['stop', 'Running', ['shutdown']],
  ] as const)('%s: it happens once, and all of them succeed', async (action, status, effects) => {
    const container = await (
      await world.host({ timings: { startMs: 300, stopMs: 300 } })
    ).existing(`ten-${action}`, status);
    const operations = await Promise.all(Array.from({ length: 10 }, () => container.power(action)));
    const ends = await Promise.all(operations.map(async (operation) => (await operation.ended()).status));
    expect(ends).toEqual(ends.map(() => 'Success'));
    expect(container.host.journal.of(container.name)).toEqual(effects);
    expect(await violations(world)).toEqual([]);
  });

  it('start, then stop: it ends stopped, and the start is told what became of it', async () => {
    const host = await world.host({ timings: { startMs: 300 } });
    const containers = await each([0, 30, 100, 300, 500], (delay) => host.existing(`both-${delay}`, 'Stopped'));
    await each(containers, async (container) => {
      const start = await container.power('start');
      await world.query('SELECT pg_sleep($1)', [Number(container.name.split('-')[1]) / 1000]);
      const stop = await container.power('stop');
      expect((await stop.ended()).status).toBe('Success');
      const { status, errorCode } = await start.ended();
      expect([
        ['Success', null],
        ['Cancelled', 'superseded'],
      ]).toContainEqual([status, errorCode]);
      expect(container.instance?.status).toBe('Stopped');
    });
    expect(await violations(world)).toEqual([]);
  });

  it('a deletion overtakes what was wanted before, even a creation', async () => {
    const container = await (await world.host({ timings: { createMs: 1_000 } })).wanted('short-lived');
    const create = await container.create();
    await until('it is being made', async () => (await create.view()).status === 'Running');
    const remove = await container.delete();
    expect((await remove.ended()).status).toBe('Success');
    expect((await create.ended()).status).toMatch(/Success|Cancelled/);
    expect(container.instance).toBeUndefined();
    expect(await violations(world)).toEqual([]);
  });
});

describe('two schedulers', () => {
  it('one leads; when it is frozen, the other takes over within 20 s and stays the only one', async () => {
    const [first, second] = schedulers as [ProcessUnderTest, ProcessUnderTest];
    expect(second.log).not.toContain(LEADS);
    first.freeze();
    await until('the second leads', () => second.log.includes(LEADS), 20_000);
    first.thaw();
    await until('the first has noticed', () =>
      first.log.split('\n').some((line) => /"level":40.*Scheduler/.test(line)),
    );
    expect(await leaders()).toBe(1);
    const container = await (await world.host()).existing('swept', 'Stopped');
    const start = await container.power('start', { wake: false });
    expect((await start.ended()).status).toBe('Success');
    expect(container.host.journal.of('swept')).toEqual(['started']);
  });

  it('when the leader is killed, the other takes over at once', async () => {
    const [first, second] = schedulers as [ProcessUnderTest, ProcessUnderTest];
    const leadsBefore = first.log.split(LEADS).length;
    await second.end('SIGKILL');
    await until('the first leads again', () => first.log.split(LEADS).length > leadsBefore, 20_000);
    expect(await leaders()).toBe(1);
    expect(await violations(world)).toEqual([]);
  });
});
