import { inspect } from 'node:util';
import type { FakeLxd, Fault } from '@lxdm/testing';
import { failure, makeRig, quick, type Rig } from './rig';

describe('a host that misbehaves', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await makeRig();
  });
  afterEach(() => rig.close());

  const answers: [Fault, string, boolean][] = [
    [{ kind: 'hang' }, 'timeout', true],
    [{ kind: 'hang-after-effect' }, 'timeout', true],
    [{ kind: 'slow', ms: 2_500 }, 'timeout', true],
    [{ kind: 'drip', bytes: 1, everyMs: 1_500 }, 'timeout', true],
    [{ kind: 'drip', bytes: 1, everyMs: 50 }, 'timeout', true],
    [{ kind: 'reset' }, 'unreachable', true],
    [{ kind: 'lose-reply' }, 'unreachable', true],
    [{ kind: 'truncate', bytes: 20 }, 'garbage', true],
    [{ kind: 'truncate', bytes: 0 }, 'garbage', true],
    [{ kind: 'html', status: 200 }, 'garbage', true],
    [{ kind: 'html', status: 502 }, 'server', true],
    [{ kind: 'html', status: 302 }, 'garbage', true],
    [{ kind: 'huge', bytes: 3_000_000 }, 'garbage', false],
    [{ kind: 'status', status: 500, error: 'no space left on device' }, 'server', true],
    [{ kind: 'status', status: 503, error: 'LXD daemon is shutting down' }, 'server', true],
    [{ kind: 'status', status: 429, error: 'slow down' }, 'busy', true],
    [{ kind: 'status', status: 403, error: 'not authorized' }, 'not-trusted', false],
    [{ kind: 'status', status: 400, error: 'bad thing' }, 'bad-request', false],
  ];
  it.each(answers)('%j → %s, retryable %s, and the next call works', async (fault, kind, retryable) => {
    const host = rig.connect({ maxBodyBytes: 1_000_000 });
    await host.server();
    rig.fake.inject(fault, { times: 1 });
    const began = performance.now();
    const error = await failure(host.instances.list());
    expect(error).toMatchObject({ kind, retryable });
    expect(performance.now() - began).toBeLessThan(2 * quick.totalMs);
    await expect(host.instances.list()).resolves.toEqual([]);
  });

  const connections: [string, (fake: FakeLxd) => unknown, string][] = [
    ['is down', (fake) => fake.refuse(), 'unreachable'],
    ['accepts and says nothing', (fake) => fake.hangTls(), 'timeout'],
    ['hangs as a whole', (fake) => fake.freeze(), 'timeout'],
    ['has forgotten us', (fake) => fake.trust.forgetAll(), 'not-trusted'],
  ];
  it.each(connections)('%s', async (_what, break_, kind) => {
    const host = rig.connect();
    await host.server();
    await break_(rig.fake);
    expect(await failure(host.instances.list())).toMatchObject({ kind });
  });

  it('is back after it was down', async () => {
    const host = rig.connect();
    await rig.fake.refuse();
    const error = await failure(host.server());
    expect(error).toMatchObject({ kind: 'unreachable' });
    expect(String(error)).toContain('nothing listens');
    await rig.fake.listen();
    await expect(host.server()).resolves.toMatchObject({ auth: 'trusted' });
  });

  it('that hangs does not hold up calls for which a connection is left', async () => {
    const host = rig.connect({ connections: 2 });
    rig.fake.inject({ kind: 'hang' }, { path: /state$/ });
    const hanging = failure(host.instances.getState('a'));
    await expect(host.server()).resolves.toMatchObject({ auth: 'trusted' });
    expect(await hanging).toMatchObject({ kind: 'timeout' });
  });

  it('lets go at once when the caller has had enough', async () => {
    const host = rig.connect();
    rig.fake.inject({ kind: 'hang' });
    const stop = new AbortController();
    rig.fake.onRequest = () => stop.abort();
    const began = performance.now();
    expect(await failure(host.server({ signal: stop.signal }))).toMatchObject({ kind: 'cancelled', retryable: false });
    expect(performance.now() - began).toBeLessThan(quick.totalMs);
    expect(await failure(host.server({ signal: stop.signal }))).toMatchObject({ kind: 'cancelled' });
  });

  it('learns nothing from our errors, and neither does a log', async () => {
    const stranger = rig.connect();
    rig.fake.trust.forgetAll();
    const password = 'wrong-Passw0rd';
    const errors = [await failure(stranger.trustByPassword('manager', password))];
    for (const kind of ['hang', 'reset', 'lose-reply'] as const) {
      const lift = rig.fake.inject({ kind });
      errors.push(await failure(stranger.trustByPassword('manager', password)));
      lift();
    }
    expect(errors).toHaveLength(4);
    for (const error of errors) {
      const text = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error);
      expect(text).not.toContain(password);
      expect(text).not.toContain('PRIVATE KEY');
    }
  });

  it('gets an empty name from nobody: LXD would make one up', async () => {
    const request = { name: '', type: 'container', source: { type: 'image', alias: 'debian/12' } } as const;
    expect(await failure(rig.connect().instances.create(request))).toMatchObject({ kind: 'bad-request' });
    expect(rig.fake.counts.total).toBe(0);
  });
});
