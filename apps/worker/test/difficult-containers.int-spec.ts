import type { FakeLxd } from '@lxdm/testing';
import type { Container } from './rig/container';
import { violations } from './rig/invariants';
import type { ManagedHost } from './rig/managed-host';
import { sharedServices } from './rig/services';
import { until } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(120_000);

let world: World;
let host: ManagedHost;

beforeAll(async () => {
  world = await World.make(await sharedServices());
  await Promise.all([world.start('worker'), world.start('scheduler')]);
});
beforeEach(async () => {
  host = await world.host();
});
afterEach(async () => expect(await violations(world)).toEqual([]));
afterAll(() => world.close());

/** The host takes hold of a container that is to be started, and nothing comes of it. */
function neverStart(fake: FakeLxd): void {
  fake.engine.power.start = (instance) => {
    if (instance.busy) return Promise.reject(new Error(`Instance is busy running a "${instance.busy}" operation`));
    instance.busy = 'start';
    return new Promise(() => undefined);
  };
}

/** Ends every operation that the host begins for a start, in a way of its own; the start itself never happens. */
function endStarts(fake: FakeLxd, status: 'Failure' | 'Cancelled', words: string): void {
  neverStart(fake);
  fake.onEffect = ({ body }, reply) => {
    if (body.text('action') !== 'start') return;
    const { metadata } = JSON.parse(reply.body.toString()) as { metadata: { id: string } };
    const operation = fake.operations.get(metadata.id);
    if (operation) fake.operations.end(operation, status, words);
  };
}

describe('a start', () => {
  it.each([
    ['ends badly', 'Failure', 'Failed to run: forkstart: exit status 1', 'Failed to run: forkstart: exit status 1'],
    ['is cancelled on the host', 'Cancelled', '', 'Somebody cancelled the operation on the host.'],
  ] as const)('that %s is a failure in plain words, tried once', async (_what, status, words, told) => {
    const container = await host.existing(`ill-${status}`, 'Stopped');
    endStarts(host.fake, status, words);
    const ended = await (await container.power('start')).ended();
    expect([ended.status, ended.errorCode]).toEqual(['Failure', 'operation-failed']);
    expect(ended.errorMessage).toContain(told);
    expect(host.fake.counts.of('PUT', `/1.0/instances/${container.name}/state`)).toBe(1);
    expect(await container.row()).toMatchObject({ settled: true, status: 'Stopped', error: ended.errorMessage });
    if (container.instance) container.instance.busy = undefined;
  });

  it('that never ends is given up at its deadline', async () => {
    const container = await host.existing('endless', 'Stopped');
    neverStart(host.fake);
    const operation = await container.power('start', { wake: false });
    await world.query(`UPDATE operations SET deadline_at = now() + interval '3 seconds' WHERE id = $1`, [operation.id]);
    container.wake();
    const ended = await operation.ended(25_000);
    expect(ended.status).toBe('Failure');
    expect(ended.errorMessage).toMatch(/time limit.*busy running a "start" operation/);
  });

  it('of a container that stops at once says so after three tries', async () => {
    const container = await host.existing('flicker', 'Stopped');
    const { power } = host.fake.engine;
    const nowRunning = power.nowRunning.bind(power);
    power.nowRunning = (instance) => {
      nowRunning(instance);
      power.nowStopped(instance);
    };
    const ended = await (await container.power('start')).ended();
    expect([ended.status, ended.errorCode]).toEqual(['Failure', 'operation-failed']);
    expect(ended.errorMessage).toContain('stops again right after its start');
    expect(host.journal.of('flicker')).toEqual(['started', 'started', 'started']);
  });

  it('with an image that the host does not have fails in its words', async () => {
    const container = await host.wanted('imageless');
    await world.query(`UPDATE containers SET image = 'no/such' WHERE id = $1`, [container.id]);
    const ended = await (await container.create()).ended();
    expect([ended.status, ended.errorCode]).toEqual(['Failure', 'not-found']);
    expect(ended.errorMessage).toContain('Image alias not found');
  });
});

describe('a stop', () => {
  it('that is not obeyed is forced after its time', async () => {
    const container = await host.existing('deaf', 'Running', { obeysStop: false });
    const ended = await (await container.power('stop', { timeoutSeconds: 1 })).ended();
    expect(ended.status).toBe('Success');
    expect(ended.steps.map(({ name }) => name)).toEqual(['Stop', 'Force stop']);
    expect(host.journal.of('deaf')).toEqual(['stopped']);
  });

  it('by force is not preceded by a polite one', async () => {
    const container = await host.existing('doomed', 'Running', { obeysStop: false });
    expect((await (await container.power('stop', { force: true })).ended()).status).toBe('Success');
    expect(host.fake.counts.of('PUT', '/1.0/instances/doomed/state')).toBe(1);
  });

  it('stays polite when the container was only busy with something else', async () => {
    const container = await host.existing('occupied', 'Running');
    const instance = container.instance;
    if (!instance) throw new Error('the fake lost it');
    instance.busy = 'backup';
    host.fake.onRequest = ({ path }) => {
      // The backup is done as soon as the first order was refused.
      if (path.endsWith('/state') && host.fake.counts.of('PUT', path) > 1) instance.busy = undefined;
    };
    expect((await (await container.power('stop')).ended()).status).toBe('Success');
    expect(host.journal.of('occupied')).toEqual(['shutdown']);
  });
});

describe('a container that vanishes between two looks', () => {
  const vanishing = async (name: string): Promise<Container> => {
    const container = await host.existing(name, 'Running');
    host.fake.onRequest = ({ method, path }) => {
      if (method === 'GET' && path.endsWith('/state') && container.instance) host.fake.meddle(name, 'delete', false);
    };
    return container;
  };

  it('is deleted when that was wanted', async () => {
    const container = await vanishing('gone-anyway');
    expect((await (await container.delete()).ended()).status).toBe('Success');
    expect((await container.row()).removed).toBe(true);
  });

  it('is missing when something else was wanted', async () => {
    const container = await vanishing('gone-missing');
    const ended = await (await container.power('stop')).ended();
    expect([ended.status, ended.errorCode]).toEqual(['Failure', 'missing-on-host']);
    await until('shown as missing', async () => (await container.row()).missing);
  });
});

describe('a name that a foreign instance has', () => {
  const foreign = { status: 'Running', config: { 'user.owner': 'somebody else' } } as const;

  it.each([
    ['before we look', false],
    ['between our look and our order', true],
  ])('%s: fails, and the instance is not touched, not even by a deletion', async (_what, late) => {
    const name = late ? 'taken-late' : 'taken';
    const container = await host.wanted(name);
    if (late)
      host.fake.onRequest = ({ method, path }) => {
        if (method === 'POST' && path === '/1.0/instances' && !container.instance) host.fake.addInstance(name, foreign);
      };
    else host.fake.addInstance(name, foreign);
    const ended = await (await container.create()).ended(60_000);
    expect([ended.status, ended.errorCode]).toEqual(['Failure', 'name-taken-on-host']);
    const before = JSON.stringify(container.instance);
    expect((await (await container.delete()).ended()).status).toBe('Success');
    expect(JSON.stringify(container.instance)).toBe(before);
    expect(host.journal.of(name)).toEqual([]);
    world.jobs.wake('hosts.sync', { id: host.id });
    await until('shown as unmanaged', async () => {
      const rows = await world.query('SELECT 1 FROM containers WHERE name = $1 AND adopted AND removed_at IS NULL', [
        name,
      ]);
      return rows.length === 1;
    });
  });
});

describe('what happens behind the manager’s back', () => {
  it('shows within two seconds where the host tells of it', async () => {
    const stopped = await host.existing('by-hand', 'Running');
    const deleted = await host.existing('by-mistake', 'Running');
    await until('the stream is open', () => host.fake.events.count > 0);
    await until('a scan has seen them', async () => (await deleted.published()).length > 0);
    host.fake.meddle('by-hand', 'stop');
    await until('shown as stopped', async () => (await stopped.row()).status === 'Stopped', 4_000);
    host.fake.meddle('by-mistake', 'delete');
    await until('shown as missing', async () => (await deleted.row()).missing, 4_000);
    expect(await deleted.row()).toMatchObject({ removed: false, settled: true });
    expect(host.journal.of('by-hand')).toEqual(['stopped']);
  });

  it('is found by a scan where events were lost', async () => {
    const stopped = await host.existing('unheard', 'Running');
    await until('the stream is open', () => host.fake.events.count > 0);
    await until('a scan has seen it', async () => (await stopped.published()).length > 0);
    host.fake.meddle('unheard', 'stop', false);
    host.fake.addInstance('newcomer', { status: 'Running' });
    host.fake.events.cut();
    await until('shown as stopped', async () => (await stopped.row()).status === 'Stopped');
    await until('the newcomer is shown', async () => {
      const rows = await world.query(`SELECT 1 FROM containers WHERE name = 'newcomer' AND adopted`);
      return rows.length === 1;
    });
  });

  it('a missing container that comes back is shown again, and its wishes are met again', async () => {
    const container = await host.existing('prodigal', 'Running');
    const instance = container.instance;
    if (!instance) throw new Error('the fake lost it');
    await until('the stream is open', () => host.fake.events.count > 0);
    host.fake.meddle('prodigal', 'delete');
    await until('shown as missing', async () => (await container.row()).missing);
    host.fake.addInstance('prodigal', { status: 'Stopped', config: instance.config });
    host.fake.events.cut();
    await until('shown again', async () => !(await container.row()).missing);
    expect((await (await container.power('start')).ended()).status).toBe('Success');
  });
});
