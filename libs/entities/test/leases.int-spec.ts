import { Claim, LEASE_SECONDS, LeasedObservation, LeaseLostError } from '../src';
import { TestDatabase } from './database';

let database: TestDatabase;
let host: string;
beforeAll(async () => {
  database = await TestDatabase.open(20);
  host = await database.host();
});
afterAll(() => database.close());

/** As if nobody had renewed for longer than a lease lasts: the database's clock is what counts. */
const expire = (id: string) =>
  database.db.query(`UPDATE containers SET lease_until = now() - interval '1 ms' WHERE id = $1`, [id]);
const claim = (id: string) => database.claim(id);
const renew = (id: string, { fence }: Claim) => database.leases.renew('containers', id, fence);
/** As if the api accepted another wish. */
const wish = (id: string) =>
  database.db.query(
    'UPDATE containers SET generation = generation + 1, next_attempt_at = NULL, attempts = 0 WHERE id = $1',
    [id],
  );

it.each(['containers', 'hosts'] as const)('one of twenty that claim a row of %s at once gets it', async (table) => {
  const id = table === 'hosts' ? await database.host() : await database.container(host);
  const claims = await Promise.all(Array.from({ length: 20 }, () => database.leases.claim(table, id)));
  expect(claims.filter((one) => one !== null)).toEqual([{ fence: 1, generation: 1 }]);
});

it('lasts as long as it says, by the clock of the database', async () => {
  const id = await database.container(host);
  await claim(id);
  const { left } = await database.one<{ left: number }>(
    'SELECT extract(epoch FROM lease_until - now())::float8 AS left FROM containers WHERE id = $1',
    [id],
  );
  expect(left).toBeGreaterThan(LEASE_SECONDS - 5);
  expect(left).toBeLessThanOrEqual(LEASE_SECONDS);
});

it('is taken over by one of many once it has run out, under a higher fence', async () => {
  const id = await database.container(host);
  const first = await claim(id);
  await expect(database.leases.claim('containers', id)).resolves.toBeNull();
  await expire(id);
  const claims = await Promise.all(Array.from({ length: 10 }, () => database.leases.claim('containers', id)));
  expect(claims.filter((one) => one !== null)).toEqual([{ ...first, fence: first.fence + 1 }]);
});

it('is renewed by its holder, even late, and by nobody else', async () => {
  const id = await database.container(host);
  const held = await claim(id);
  await expect(renew(id, held)).resolves.toBe(true);
  await expire(id);
  await expect(renew(id, held)).resolves.toBe(true);
  await expect(database.leases.claim('containers', id)).resolves.toBeNull();
  await expect(renew(id, { ...held, fence: held.fence - 1 })).resolves.toBe(false);
  await expire(id);
  await claim(id);
  await expect(renew(id, held)).resolves.toBe(false);
});

it('cannot be revived after it was given back', async () => {
  const id = await database.container(host);
  const held = await claim(id);
  await database.leases.release('containers', id, held, null);
  await expect(renew(id, held)).resolves.toBe(false);
  await expect(claim(id)).resolves.toMatchObject({ fence: held.fence + 1 });
});

it('is not to be had on what is removed', async () => {
  const id = await database.container(host, { removed_at: new Date() });
  await expect(database.leases.claim('containers', id)).resolves.toBeNull();
});

describe('giving it back', () => {
  it('tells of a wish that came meanwhile, and of none otherwise', async () => {
    const id = await database.settled(host);
    const held = await claim(id);
    await wish(id);
    await expect(database.leases.release('containers', id, held, null)).resolves.toBe(true);
    await database.db.query('UPDATE containers SET observed_generation = generation WHERE id = $1', [id]);
    await expect(database.leases.release('containers', id, await claim(id), null)).resolves.toBe(false);
  });

  it('for a later try counts the tries and keeps the sweep away until then', async () => {
    const id = await database.container(host);
    await expect(database.leases.release('containers', id, await claim(id), 60)).resolves.toBe(false);
    await expect(database.leases.unsettled('containers')).resolves.not.toContain(id);
    await database.leases.release('containers', id, await claim(id), 60);
    const sql = 'SELECT attempts, next_attempt_at > now() AS later FROM containers WHERE id = $1';
    await expect(database.one(sql, [id])).resolves.toEqual({ attempts: 2, later: true });
    await database.leases.release('containers', id, await claim(id), null);
    await expect(database.one(sql, [id])).resolves.toEqual({ attempts: 0, later: null });
    await expect(database.leases.unsettled('containers')).resolves.toContain(id);
  });

  it('for a later try holds up no wish that came meanwhile: it goes on at once, as if nothing had been tried', async () => {
    const id = await database.container(host);
    await database.leases.release('containers', id, await claim(id), 60);
    const held = await claim(id);
    await wish(id);
    await expect(database.leases.release('containers', id, held, 60)).resolves.toBe(true);
    const sql = 'SELECT attempts, next_attempt_at AS next, lease_until AS until FROM containers WHERE id = $1';
    await expect(database.one(sql, [id])).resolves.toEqual({ attempts: 0, next: null, until: null });
    await expect(database.leases.unsettled('containers')).resolves.toContain(id);
    // The same try for the wish that is known has to wait.
    await expect(database.leases.release('containers', id, await claim(id), 60)).resolves.toBe(false);
    await expect(database.leases.unsettled('containers')).resolves.not.toContain(id);
  });

  it('with an old fence does not take it from its new holder', async () => {
    const id = await database.container(host);
    const old = await claim(id);
    await expire(id);
    const held = await claim(id);
    await expect(database.leases.release('containers', id, old, null)).resolves.toBe(false);
    await expect(renew(id, held)).resolves.toBe(true);
  });
});

it('the sweep finds what is unmet and free, and nothing else', async () => {
  const unmet = await database.container(host);
  const expired = await database.container(host);
  await claim(expired);
  await expire(expired);
  const others = await Promise.all([
    database.settled(host),
    database.container(host, { removed_at: new Date() }),
    database.container(host, { lease_until: new Date(Date.now() + 60_000) }),
    database.container(host, { next_attempt_at: new Date(Date.now() + 60_000) }),
  ]);
  const found = await database.leases.unsettled('containers');
  expect(found).toEqual(expect.arrayContaining([unmet, expired]));
  for (const other of others) expect(found).not.toContain(other);
});

describe('a holder that lost its lease', () => {
  const SEEN: LeasedObservation = {
    status: 'Stopped',
    uuid: 'u',
    image: 'i',
    hwaddrEth1: 'h',
    boot: null,
    addresses: null,
  };
  type Write = (work: Awaited<ReturnType<typeof load>>, fence: number) => Promise<void>;
  const load = async (id: string) => {
    const work = await database.work.load(id);
    if (!work) throw new Error('The container is gone.');
    return work;
  };
  const key = { type: 'rsa', publicKey: 'p', privateKeySealed: 's', fingerprint: 'f' } as const;
  const writes: [string, Write][] = [
    ['a step', (work, fence) => database.work.noteStep(work, fence, 'Start')],
    ['a restart', (work, fence) => database.work.noteRestart(work, fence, 'boot 9')],
    ['an observation', (work, fence) => database.work.recordObserved(work, fence, SEEN)],
    ['a settled state', (work, fence) => database.work.recordSettled(work, fence, SEEN)],
    ['a failure', (work, fence) => database.work.recordFailed(work, fence, 'x', 'y')],
    ['a removal', (work, fence) => database.work.recordRemoved(work, fence)],
    ['host keys', (work, fence) => database.work.addHostKeys(work, fence, [key])],
  ];
  const everything = (id: string) =>
    database.one<{ all: string }>(
      `SELECT (SELECT to_jsonb(c) FROM containers c WHERE id = $1)::text || (SELECT coalesce(jsonb_agg(o), '[]') FROM operations o WHERE target_id = $1)::text
         || (SELECT coalesce(jsonb_agg(k), '[]') FROM ssh_host_keys k WHERE container_id = $1)::text || (SELECT coalesce(max(seq), 0) FROM changes)::text AS all`,
      [id],
    );

  it.each(writes)('writes %s in vain, whether another one took over or it was given back', async (_, write) => {
    const id = await database.container(host);
    await database.operation('container.start', id, 1, await database.user());
    const work = await load(id);
    const old = await claim(id);
    await expire(id);
    const held = await claim(id);
    const before = await everything(id);
    await expect(write(work, old.fence)).rejects.toThrow(LeaseLostError);
    await expect(everything(id)).resolves.toEqual(before);
    await database.leases.release('containers', id, held, null);
    const free = await everything(id);
    await expect(write(work, held.fence)).rejects.toThrow(LeaseLostError);
    await expect(everything(id)).resolves.toEqual(free);
  });

  it.each(writes)('writes %s as long as it holds it', async (_, write) => {
    const id = await database.container(host);
    const work = await load(id);
    const { fence } = await claim(id);
    const before = await everything(id);
    await expect(write(work, fence)).resolves.toBeUndefined();
    await expect(everything(id)).resolves.not.toEqual(before);
  });
});
