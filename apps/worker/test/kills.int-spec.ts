import { Boundaries, Boundary, Side } from './rig/boundaries';
import type { Accepted, Container, WishOptions } from './rig/container';
import { identities, outstanding, violations } from './rig/invariants';
import { sharedServices } from './rig/services';
import { each, until, untilNone } from './rig/until';
import { World } from './rig/world';

/** A wish, what the container is before, and what may happen on its host on the way: each once. */
interface Scenario {
  prepare: (world: World, name: string) => Promise<Container>;
  wish: (container: Container, options?: WishOptions) => Promise<Accepted>;
  effects: string[];
  status: 'Running' | 'Stopped' | 'gone';
}

jest.setTimeout(280_000);

const existing = (status: 'Running' | 'Stopped') => async (world: World, name: string) =>
  (await world.host()).existing(name, status);

const scenarios: Record<string, Scenario> = {
  create: {
    prepare: async (world, name) => {
      const container = await (await world.host()).wanted(name);
      // To make RSA keys takes seconds of computing, and has nothing to do with the host.
      if (!name.startsWith('plain')) await container.giveHostKeys();
      return container;
    },
    wish: (container, options) => container.create(options),
    effects: ['created', 'started'],
    status: 'Running',
  },
  start: {
    prepare: existing('Stopped'),
    wish: (container, options) => container.power('start', options),
    effects: ['started'],
    status: 'Running',
  },
  stop: {
    prepare: existing('Running'),
    wish: (container, options) => container.power('stop', options),
    effects: ['shutdown'],
    status: 'Stopped',
  },
  restart: {
    prepare: existing('Running'),
    wish: (container, options) => container.power('restart', options),
    effects: ['shutdown', 'started'],
    status: 'Running',
  },
  delete: {
    prepare: existing('Running'),
    wish: (container, options) => container.delete(options),
    effects: ['shutdown', 'deleted'],
    status: 'gone',
  },
};
const names = Object.keys(scenarios);
function scenarioOf({ scenario }: { scenario: string }): Scenario {
  const found = scenarios[scenario];
  if (!found) throw new Error(`there is no scenario ${scenario}`);
  return found;
}
const sides: Side[] = ['before the effect', 'after the effect, before the answer'];

/** One kill of one worker at one place. */
interface Case extends Boundary {
  scenario: string;
  label: string;
  container: Container;
  boundaries: Boundaries;
  operation?: Accepted;
}

let world: World;

beforeAll(async () => {
  world = await World.make(await sharedServices());
  await world.start('scheduler');
});
afterAll(() => world.close());

/** Runs every scenario undisturbed and tells which calls it consists of. */
async function enumerated(): Promise<Omit<Case, 'container' | 'boundaries'>[]> {
  const worker = await world.start('worker');
  const runs = await each(Object.entries(scenarios), async ([scenario, { prepare, wish, effects }]) => {
    const container = await prepare(world, `plain-${scenario}`);
    const boundaries = new Boundaries(container.host.fake);
    const ended = await (await wish(container)).ended(60_000);
    boundaries.end();
    expect([scenario, ended.status, container.host.journal.of(container.name)]).toEqual([scenario, 'Success', effects]);
    return { scenario, calls: boundaries.calls };
  });
  await worker.end('SIGTERM');
  return runs.flatMap(({ scenario, calls }) =>
    calls.flatMap((label, index) => sides.map((side) => ({ scenario, label, call: index + 1, side }))),
  );
}

const nameOf = ({ scenario, call, label, side }: Omit<Case, 'container' | 'boundaries'>): string =>
  `${scenario}, call ${call} (${label}), ${side}`;

/**
 * One kill that meets many containers, each held at a place of its own and on a host of its own.
 * @returns the cases that were held when the worker died; the others have to be tried again
 */
async function killAtOnce(cases: readonly Case[]): Promise<Case[]> {
  // Accepted while no worker lives, so that all of them are held at nearly the same time.
  await each(cases, async (one) => (one.operation = await scenarioOf(one).wish(one.container, { wake: false })));
  const worker = await world.start('worker');
  for (const { container } of cases) container.wake();
  const first = (): number => Math.min(...cases.map(({ boundaries }) => boundaries.parkedAt ?? Infinity));
  await until(
    'the worker is held everywhere',
    // A call that hangs is given up by the worker after ten seconds.
    () => cases.every(({ boundaries }) => boundaries.parkedAt) || performance.now() - first() > 8_000,
    60_000,
  );
  const held = cases.filter(({ boundaries }) => boundaries.parkedAt);
  await worker.end('SIGKILL');
  for (const { boundaries } of cases) boundaries.end();
  return held;
}

describe('a worker that is killed at every call of every action', () => {
  const done: Case[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    let open = await enumerated();
    for (let round = 1; open.length > 0 && round <= 5; round++) {
      const cases: Case[] = await each(open, async (one, index) => {
        const container = await scenarioOf(one).prepare(world, `${one.scenario}-${round}-${index}`);
        return { ...one, container, boundaries: new Boundaries(container.host.fake, one) };
      });
      const before = await identities(world);
      const held = await killAtOnce(cases);
      const worker = await world.start('worker');
      complaints.push(...(await untilNone(() => outstanding(world), 25_000)));
      complaints.push(...(await violations(world, before)));
      await worker.end('SIGTERM');
      done.push(...held);
      open = cases.filter((one) => !held.includes(one));
    }
    complaints.push(...open.map((one) => `never held: ${nameOf(one)}`));
  });

  it('ends every operation within 25 s, and holds the invariants', () => {
    expect(complaints).toEqual([]);
  });

  it.each(names)('%s: done, and each effect happened once', async (scenario) => {
    const { effects, status } = scenarioOf({ scenario });
    const mine = done.filter((one) => one.scenario === scenario);
    expect(mine.length).toBeGreaterThan(8);
    const outcomes = await each(mine, async (one) => ({
      at: nameOf(one),
      operation: (await one.operation?.view())?.status,
      effects: one.container.host.journal.of(one.container.name),
      status: one.container.instance?.status ?? 'gone',
    }));
    expect(outcomes).toEqual(outcomes.map(({ at }) => ({ at, operation: 'Success', effects, status })));
  });
});
