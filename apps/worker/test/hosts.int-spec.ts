import { HostsRepository } from '@lxdm/entities';
import type { Fault, FaultScope } from '@lxdm/testing';
import { confirm, stateOf } from './rig/host-wishes';
import { outstanding, violations } from './rig/invariants';
import type { ManagedHost } from './rig/managed-host';
import { sharedServices } from './rig/services';
import { each, until, untilNone } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(150_000);

let world: World;

beforeAll(async () => {
  world = await World.make(await sharedServices());
  await Promise.all([world.start('worker'), world.start('scheduler')]);
});
afterAll(() => world.close());

describe('a host that hangs', () => {
  it('holds up nobody else; its containers are stale with a reason; it recovers by itself', async () => {
    const [frozen, silent, well] = await each([1, 2, 3], () => world.host());
    if (!frozen || !silent || !well) throw new Error('three hosts are needed');
    // More than a worker does at a time on one host.
    const twentyOn = (host: ManagedHost) =>
      each(
        Array.from({ length: 20 }, (_, index) => index),
        (index) => host.existing(`${host.name}-${index}`, 'Running'),
      );
    const [onFrozen, onSilent, onWell] = await each([frozen, silent, well], twentyOn);
    const restart = (containers = onWell) => each(containers ?? [], (container) => container.power('restart'));
    const restartOfWell = async (): Promise<number> => {
      const began = performance.now();
      for (const operation of await restart(onWell)) expect((await operation.ended()).status).toBe('Success');
      return performance.now() - began;
    };
    await world.listening();
    const undisturbed = await restartOfWell();
    frozen.fake.freeze();
    silent.fake.hangTls();
    // The scan that is due every thirty seconds is due now.
    for (const { id } of [frozen, silent]) world.jobs.wake('hosts.sync', { id });
    const stuck = [...(await restart(onFrozen)), ...(await restart(onSilent))];
    // A call to a host that hangs takes ten seconds: nobody else may wait for one.
    expect(await restartOfWell()).toBeLessThan(2 * undisturbed + 4_000);
    expect((await outstanding(world)).length).toBe(40);
    for (const host of [frozen, silent]) {
      await until(
        `${host.name} is shown as unreachable`,
        async () => (await stateOf(host)).state === 'Unreachable',
        45_000,
      );
      expect((await stateOf(host)).reason).toContain(host.fake.url);
    }
    expect((await stateOf(well)).state).toBe('Online');
    frozen.fake.heal();
    silent.fake.heal();
    for (const operation of stuck) expect((await operation.ended(45_000)).status).toBe('Success');
    const effects = [...(onFrozen ?? []), ...(onSilent ?? [])].map(({ host, name }) => host.journal.of(name));
    expect(effects).toEqual(effects.map(() => ['shutdown', 'started']));
    expect(await violations(world)).toEqual([]);
    await until('both are shown as online', async () =>
      [await stateOf(frozen), await stateOf(silent)].every(({ state }) => state === 'Online'),
    );
  });
});

describe('an answer that is none', () => {
  const orders: FaultScope = { method: 'PUT', path: /\/state$/ };
  const faults: [string, Fault, FaultScope][] = [
    ['a web page instead of LXD', { kind: 'html', status: 502 }, { path: /instances\/./, times: 2 }],
    ['a web page with a good status', { kind: 'html', status: 200 }, { path: /instances\/./, times: 2 }],
    ['503', { kind: 'status', status: 503, error: 'LXD is starting' }, { path: /instances\/./, times: 2 }],
    ['429', { kind: 'status', status: 429, error: 'too many requests' }, { ...orders, times: 2 }],
    ['cut before the effect', { kind: 'reset' }, { ...orders, times: 2 }],
    ['cut after the effect', { kind: 'lose-reply' }, { ...orders, times: 2 }],
    ['cut while it waits', { kind: 'reset' }, { path: /\/wait$/, times: 2 }],
    ['broken off', { kind: 'truncate', bytes: 40 }, { ...orders, times: 2 }],
    ['in drips', { kind: 'drip', bytes: 100, everyMs: 100 }, { path: /instances\/./, times: 1 }],
    ['none at all, once', { kind: 'hang-after-effect' }, { ...orders, times: 1 }],
  ];

  it('is tried again: what was wanted happens, once', async () => {
    const cases = await each(faults, async ([what, fault, scope], index) => {
      const container = await (await world.host()).existing(`ill-${index}`, 'Running');
      container.host.fake.inject(fault, scope);
      return { what, container, operation: await container.power('restart') };
    });
    expect(await untilNone(() => outstanding(world), 60_000)).toEqual([]);
    const outcomes = await each(cases, async ({ what, container, operation }) => {
      const { status, errorMessage } = await operation.view();
      return [what, status, errorMessage, container.host.journal.of(container.name)];
    });
    expect(outcomes).toEqual(cases.map(({ what }) => [what, 'Success', null, ['shutdown', 'started']]));
    expect(await violations(world)).toEqual([]);
  });

  it('400 is a failure now, in LXD’s words; an endless answer does not fill the memory', async () => {
    const refused = await (await world.host()).existing('refused', 'Running');
    refused.host.fake.inject({ kind: 'status', status: 400, error: 'Odd wish' }, orders);
    const huge = await (await world.host()).existing('huge', 'Running');
    huge.host.fake.inject({ kind: 'huge', bytes: 80 * 1024 * 1024 }, { path: /instances\/huge/ });
    const [first, second] = await Promise.all([refused.power('stop'), huge.power('stop')]);
    expect(await first.ended()).toMatchObject({ status: 'Failure', errorCode: 'bad-request' });
    expect((await first.view()).errorMessage).toContain('Odd wish');
    expect(await second.ended()).toMatchObject({ status: 'Failure', errorCode: 'garbage' });
  });

  it('a host that is down for a while is waited for', async () => {
    const container = await (await world.host()).existing('patient', 'Stopped');
    await container.host.fake.refuse();
    const operation = await container.power('start');
    await until(
      'it waits for the host',
      async () => (await operation.view()).steps.at(-1)?.name === 'Wait for the host',
    );
    expect((await operation.view()).steps.at(-1)?.detail).toContain('refused the connection');
    await container.host.fake.listen();
    expect((await operation.ended(40_000)).status).toBe('Success');
  });
});

describe('a host that is not the one that was trusted', () => {
  it('with another certificate is sent nothing, and both fingerprints are told; a confirmation heals it', async () => {
    const container = await (await world.host()).existing('guarded', 'Stopped');
    const { fake } = container.host;
    const expected = fake.fingerprint;
    await world.listening();
    fake.changeCertificate();
    fake.counts.reset();
    const ended = await (await container.power('start')).ended();
    expect([ended.status, ended.errorCode]).toEqual(['Failure', 'certificate-changed']);
    for (const fingerprint of [expected, fake.fingerprint]) expect(ended.errorMessage).toContain(fingerprint);
    world.jobs.wake('hosts.sync', { id: container.host.id });
    await until('the host shows it', async () => {
      const view = await world.get(HostsRepository).find(container.host.id);
      return view?.seenFingerprint === fake.fingerprint;
    });
    expect((await stateOf(container.host)).reason).toContain('certificate');
    expect([fake.counts.total, fake.events.count]).toEqual([0, 0]);
    // Down on top of it: that is what is told then, and that a confirmation is needed is not forgotten.
    await fake.refuse();
    world.jobs.wake('hosts.sync', { id: container.host.id });
    const down = await until('the host is shown as down', async () => {
      const shown = await stateOf(container.host);
      return shown.reason?.includes('refused the connection') && shown;
    });
    expect([down.state, down.reason]).toEqual(['AwaitingConfirmation', expect.stringContaining('confirm it')]);
    await fake.listen();
    expect((await (await confirm(container.host, fake.fingerprint)).ended()).status).toBe('Success');
    expect((await (await container.power('start')).ended()).status).toBe('Success');
    expect(await violations(world)).toEqual([]);
  });

  it('that no longer trusts us says so, and nothing is done', async () => {
    const container = await (await world.host()).existing('distrusted', 'Stopped');
    container.host.fake.trust.forgetAll();
    const ended = await (await container.power('start')).ended();
    expect([ended.status, ended.errorCode]).toEqual(['Failure', 'not-trusted']);
    expect(ended.errorMessage).toContain('does not trust our certificate');
    expect(container.instance?.status).toBe('Stopped');
  });
});
