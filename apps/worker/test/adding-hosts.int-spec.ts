import { randomUUID } from 'node:crypto';
import { add, confirm, stateOf } from './rig/host-wishes';
import { violations } from './rig/invariants';
import type { ManagedHost } from './rig/managed-host';
import { RedisClient } from './rig/redis-client';
import { sharedServices } from './rig/services';
import { until } from './rig/until';
import { World } from './rig/world';

jest.setTimeout(120_000);

let world: World;

beforeAll(async () => {
  world = await World.make(await sharedServices());
  await Promise.all([world.start('worker'), world.start('scheduler')]);
});
afterAll(() => world.close());

/** Resolves when the workers have taken every job that was asked for. */
async function jobsTaken(): Promise<void> {
  const redis = new RedisClient(world.services.redisUrl);
  const lists = ['hosts.sync', 'hosts.reconcile'].flatMap((name) => [`lxdm:${name}:wait`, `lxdm:${name}:active`]);
  await until('all jobs are taken', async () => {
    let left = 0;
    for (const list of lists) left += Number(await redis.call('LLEN', list));
    return left === 0;
  });
  redis.close();
}

async function secretOf(host: ManagedHost): Promise<string | null | undefined> {
  const [row] = await world.query<{ secret: string | null }>('SELECT trust_secret AS secret FROM hosts WHERE id = $1', [
    host.id,
  ]);
  return row?.secret;
}

describe('a host that is added', () => {
  it('with pin and password is trusted and listed; the password is in no place afterwards', async () => {
    const password = `hush-${randomUUID()}`;
    const host = await world.host({ managed: false, trustPassword: password });
    host.fake.addInstance('found', { status: 'Running' });
    const redis = new RedisClient(world.services.redisUrl);
    const seen: string[] = [];
    host.fake.onRequest = async () => void seen.push(await redis.everything());
    expect((await (await add(host, { pin: host.fake.fingerprint, password })).ended()).status).toBe('Success');
    await until('it is online', async () => (await stateOf(host)).state === 'Online');
    await until(
      'its instance is shown',
      async () => (await world.query(`SELECT 1 FROM containers WHERE name = 'found'`)).length === 1,
    );
    host.fake.onRequest = undefined;
    expect(await secretOf(host)).toBeNull();
    const [dump] = await world.query<{ text: string }>(
      `SELECT concat((SELECT string_agg(o::text, ' ') FROM operations o), (SELECT string_agg(h::text, ' ') FROM hosts h), (SELECT string_agg(c::text, ' ') FROM changes c)) AS text`,
    );
    const everywhere = [dump?.text, ...seen, await redis.everything(), ...world.processes.map(({ log }) => log)].join(
      '\n',
    );
    redis.close();
    expect(seen.length).toBeGreaterThan(0);
    expect(everywhere).not.toContain(password);
    expect(await violations(world)).toEqual([]);
  });

  it('with a token is trusted', async () => {
    const host = await world.host({ managed: false });
    const token = host.fake.issueToken('lxd-manager');
    expect((await (await add(host, { pin: host.fake.fingerprint, token })).ended()).status).toBe('Success');
    expect(await secretOf(host)).toBeNull();
  });

  it('without pin waits for a confirmation, and not one request reaches it before that', async () => {
    const host = await world.host({ managed: false });
    expect((await (await add(host, { password: host.fake.trustPassword })).ended()).status).toBe('Success');
    expect((await stateOf(host)).state).toBe('AwaitingConfirmation');
    world.jobs.wake('hosts.sync', { id: host.id });
    world.jobs.wake('hosts.reconcile', { id: host.id });
    await jobsTaken();
    expect(host.fake.counts.total).toBe(0);
    expect((await (await confirm(host, host.fake.fingerprint)).ended()).status).toBe('Success');
    await until('it is online', async () => (await stateOf(host)).state === 'Online');
  });

  it.each([
    ['with a wrong pin is sent nothing', true, 'certificate-changed'],
    ['with a wrong password is not tried again', false, 'not-trusted'],
  ])('%s', async (_what, wrongPin, code) => {
    const host = await world.host({ managed: false });
    const pin = wrongPin ? 'ab'.repeat(32) : host.fake.fingerprint;
    const ended = await (await add(host, { pin, password: wrongPin ? host.fake.trustPassword : 'wrong-word' })).ended();
    expect([ended.status, ended.errorCode]).toEqual(['Failure', code]);
    if (wrongPin) for (const one of [pin, host.fake.fingerprint]) expect(ended.errorMessage).toContain(one);
    expect(ended.errorMessage).not.toContain('wrong-word');
    expect(host.fake.counts.of('POST', '/1.0/certificates')).toBe(wrongPin ? 0 : 1);
    if (wrongPin) expect(host.fake.counts.total).toBe(0);
    expect((await stateOf(host)).state).toBe('Failed');
    const { attempts } =
      (await world.query<{ attempts: number }>('SELECT attempts FROM hosts WHERE id = $1', [host.id]))[0] ?? {};
    expect(attempts).toBe(0);
  });
});
