import { LeaseLostError } from '../src';
import { TestDatabase } from './database';
import { ROOT, inRoot, placedIn, claimed, deliver, giveKey, join, team } from './key-builders';

let database: TestDatabase;
let host: string;
let admin: string;
beforeAll(async () => {
  database = await TestDatabase.open();
  host = await database.host();
  admin = await database.user();
});
afterAll(() => database.close());

const run = (sql: string, ...parameters: unknown[]): Promise<unknown> => database.db.query(sql, parameters);
const states = async (container: string): Promise<string[]> =>
  (await database.keys.viewOf(container)).keys.map((key) => `${key.fingerprint} ${key.state}`).sort();
const FAILURE = { code: 'refused', message: 'a directory', retryInSeconds: 60, final: true, doubtful: true };
const PASSING = { ...FAILURE, final: false, doubtful: false };

/** How many changes of the container were announced by some work. */
async function announced(container: string, work: () => Promise<unknown>): Promise<number> {
  const count = async (): Promise<number> =>
    (await database.one<{ n: number }>('SELECT count(*)::int AS n FROM changes WHERE entity_id = $1', [container])).n;
  const before = await count();
  await work();
  return (await count()) - before;
}

/** An order by hand, as the api accepts it. */
async function order(
  container: string,
): Promise<() => Promise<{ status: string; message: string | null; steps: unknown[] }>> {
  const id = await database.db.run(async (tx) => {
    const generation = await database.deliveries.requestRedeploy(tx, container);
    return database.begin(tx, 'container.redeploy-keys', container, generation ?? 0, admin);
  });
  return () => database.one('SELECT status, error_message AS message, steps FROM operations WHERE id = $1', [id]);
}

describe('the state of a key', () => {
  it('goes from pending over placed to removing, and away', async () => {
    const { container, key, user } = await team(database, host);
    expect(await states(container)).toEqual([`${key.fingerprint} pending`]);
    const claim = await claimed(database, container);
    await database.deliveries.recordPlaced(container, claim, [inRoot(key)]);
    expect(await states(container)).toEqual([`${key.fingerprint} pending`]);
    const { digest } = (await database.keys.wanted(container)) ?? { digest: '' };
    await database.deliveries.recordInPlace(container, claim, {
      digest,
      fingerprints: [key.fingerprint],
      homes: [ROOT],
    });
    expect(await states(container)).toEqual([`${key.fingerprint} placed`]);
    const second = await giveKey(database, user);
    expect(await states(container)).toEqual([`${key.fingerprint} placed`, `${second.fingerprint} pending`].sort());
    await deliver(database, container);
    await run('DELETE FROM ssh_keys WHERE fingerprint = $1', key.fingerprint);
    expect(await states(container)).toEqual([`${key.fingerprint} removing`, `${second.fingerprint} placed`].sort());
    await deliver(database, container);
    expect(await states(container)).toEqual([`${second.fingerprint} placed`]);
  });

  it('tells whose it is, while it is wanted and while it is on its way out', async () => {
    const { container, key, user } = await team(database, host);
    await deliver(database, container);
    const view = async (): Promise<unknown> => (await database.keys.viewOf(container)).keys[0];
    const own = {
      fingerprint: key.fingerprint,
      type: 'ssh-ed25519',
      comment: `key ${key.fingerprint}`,
      owner: { id: user },
      source: 'profile',
    };
    expect(await view()).toMatchObject({ ...own, state: 'placed', detail: null });
    await run('DELETE FROM members WHERE user_id = $1', user);
    expect(await view()).toMatchObject({ ...own, state: 'removing' });
    await run('DELETE FROM ssh_keys WHERE user_id = $1', user);
    expect(await view()).toMatchObject({ ...own, owner: null, source: null, state: 'removing' });
  });

  it('is failed with its reason when the container refuses it, and nothing is taken for granted then', async () => {
    const { container, key } = await team(database, host);
    await deliver(database, container);
    await database.deliveries.recordFailed(container, await claimed(database, container), FAILURE);
    const view = await database.keys.viewOf(container);
    expect(view).toMatchObject({
      error: 'a directory',
      keys: [{ fingerprint: key.fingerprint, state: 'failed', detail: 'a directory' }],
    });
    await deliver(database, container);
    expect(await database.keys.viewOf(container)).toMatchObject({ error: null, keys: [{ state: 'placed' }] });
  });

  it('stays placed when only the host was not to be had', async () => {
    const { container } = await team(database, host);
    await deliver(database, container);
    await database.deliveries.recordFailed(container, await claimed(database, container), PASSING);
    expect(await database.keys.viewOf(container)).toMatchObject({ error: 'a directory', keys: [{ state: 'placed' }] });
  });

  it('of a key that was there by hand is placed, and says so', async () => {
    const { container, key } = await team(database, host);
    const claim = await claimed(database, container);
    const { digest } = (await database.keys.wanted(container)) ?? { digest: '' };
    await database.deliveries.recordInPlace(container, claim, {
      digest,
      fingerprints: [key.fingerprint],
      homes: [ROOT],
    });
    expect((await database.keys.viewOf(container)).keys).toMatchObject([
      { state: 'placed', detail: 'It was put there by hand, and stays there.' },
    ]);
  });

  it('says why nothing happens', async () => {
    const { container } = await team(database, await database.host('silent'), { observed_status: 'Stopped' });
    const detail = async (): Promise<unknown> => (await database.keys.viewOf(container)).keys[0]?.detail;
    expect(await detail()).toBe('The container does not run.');
    await run(`UPDATE containers SET observed_status = 'Running' WHERE id = $1`, container);
    await run(`UPDATE hosts SET observed_error = 'x' WHERE name = 'silent'`);
    expect(await detail()).toBe('Host silent does not answer.');
  });

  it('lists one key of two members once, and nothing for a container that is gone', async () => {
    const { container, project, key } = await team(database, host);
    const other = await database.user();
    await giveKey(database, other, { fingerprint: key.fingerprint, source: 'gitlab' });
    await join(database, project, other);
    expect((await database.keys.viewOf(container)).keys).toHaveLength(1);
    expect((await database.keys.wanted(container))?.wanted).toHaveLength(1);
    await run('UPDATE containers SET removed_at = now() WHERE id = $1', container);
    expect(await database.keys.viewOf(container)).toEqual({ checkedAt: null, error: null, keys: [] });
    expect(await database.keys.wanted(container)).toBeNull();
  });
});

describe('whose keys are in which account', () => {
  it('is kept apart: what leaves one account, or an account that is served no more, is forgotten there only', async () => {
    const { container, key } = await team(database, host);
    const claim = await claimed(database, container);
    const [root, user, given] = [inRoot(key), { ...key, home: '/home/ubuntu' }, { ...key, home: '' }];
    await database.deliveries.recordPlaced(container, claim, [root, user, given]);
    expect(await placedIn(database, container)).toEqual([given, user, root]);
    expect(await states(container)).toEqual([`${key.fingerprint} pending`]);
    const { digest } = (await database.keys.wanted(container)) ?? { digest: '' };
    const fingerprints = [key.fingerprint];
    await database.deliveries.recordInPlace(container, claim, { digest, fingerprints, homes: [ROOT] });
    expect(await placedIn(database, container)).toEqual([given, root]);
    expect((await database.keys.wanted(container))?.placed).toEqual([given, root]);
    await database.deliveries.recordInPlace(container, await claimed(database, container), {
      digest,
      fingerprints: [],
      homes: [ROOT],
    });
    expect(await placedIn(database, container)).toEqual([]);
  });
});

describe('the fence', () => {
  it('keeps out whoever comes back too late', async () => {
    const { container, key } = await team(database, host);
    const late = await claimed(database, container);
    await run(`UPDATE key_deliveries SET lease_until = now() - interval '1 second' WHERE container_id = $1`, container);
    const now = await claimed(database, container);
    const found = { digest: 'x', fingerprints: [], homes: [ROOT] };
    await expect(database.deliveries.recordPlaced(container, late, [inRoot(key)])).rejects.toThrow(LeaseLostError);
    await expect(database.deliveries.recordInPlace(container, late, found)).rejects.toThrow(LeaseLostError);
    await expect(database.deliveries.recordFailed(container, late, FAILURE)).rejects.toThrow(LeaseLostError);
    await database.deliveries.release(container, late);
    await database.deliveries.recordPlaced(container, now, [inRoot(key)]);
    expect(await placedIn(database, container)).toEqual([inRoot(key)]);
    await database.deliveries.recordInPlace(container, now, found);
    await expect(database.deliveries.recordFailed(container, now, FAILURE)).rejects.toThrow(LeaseLostError);
  });

  it('two at once: one gets it', async () => {
    const { container } = await team(database, host);
    const claims = await Promise.all(Array.from({ length: 6 }, () => database.deliveries.claim(container)));
    expect(claims.filter((claim) => claim !== null)).toHaveLength(1);
  });

  it('is not to be had for a container that is gone', async () => {
    const { container } = await team(database, host);
    await run('UPDATE containers SET removed_at = now() WHERE id = $1', container);
    expect(await database.deliveries.claim(container)).toBeNull();
  });
});

describe('what is announced', () => {
  it('is news, and not that all is well once more', async () => {
    const { container, user } = await team(database, host);
    expect(await announced(container, () => deliver(database, container))).toBe(1);
    expect(await announced(container, () => deliver(database, container))).toBe(0);
    await giveKey(database, user);
    expect(await announced(container, () => deliver(database, container))).toBe(1);
    const fail = async (): Promise<void> =>
      database.deliveries.recordFailed(container, await claimed(database, container), FAILURE);
    expect(await announced(container, fail)).toBe(1);
    expect(await announced(container, fail)).toBe(0);
    expect(await announced(container, () => deliver(database, container))).toBe(1);
  });
});

describe('an order by hand', () => {
  it('ends as done by a delivery that began after it', async () => {
    const { container } = await team(database, host);
    const claim = await claimed(database, container);
    const operation = await order(container);
    await database.deliveries.recordInPlace(container, claim, { digest: 'x', fingerprints: [], homes: [ROOT] });
    expect((await operation()).status).toBe('Pending');
    await deliver(database, container);
    expect((await operation()).status).toBe('Success');
  });

  it('fails with the reason that the container gives, at once', async () => {
    const { container } = await team(database, host);
    const operation = await order(container);
    await database.deliveries.recordFailed(container, await claimed(database, container), FAILURE);
    expect(await operation()).toMatchObject({ status: 'Failure', message: 'a directory' });
  });

  it('waits for a host that may come back, until its time limit', async () => {
    const { container } = await team(database, host);
    const operation = await order(container);
    await database.deliveries.recordFailed(container, await claimed(database, container), PASSING);
    expect(await operation()).toMatchObject({
      status: 'Running',
      steps: [{ name: 'Try again', detail: 'a directory' }],
    });
    await database.db.run((tx) => database.operations.endOrphans(tx));
    await run(
      `UPDATE operations SET created_at = now() - interval '5 minutes', deadline_at = now() WHERE target_id = $1`,
      container,
    );
    expect(await database.db.run((tx) => database.dueKeys.endOverdue(tx))).toBe(1);
    expect(await operation()).toMatchObject({
      status: 'Failure',
      message: 'Given up after the time limit. Last answer: a directory',
    });
    expect(await database.db.run((tx) => database.dueKeys.endOverdue(tx))).toBe(0);
  });

  it('for a container that does not run is done, and says what that means', async () => {
    const { container } = await team(database, host, { observed_status: 'Stopped' });
    const operation = await order(container);
    await database.deliveries.recordDeferred(container, await claimed(database, container));
    expect(await operation()).toMatchObject({
      status: 'Success',
      steps: [{ detail: 'The container does not run; its keys are delivered when it starts.', status: 'done' }],
    });
  });

  it('is not touched by what settles the container itself, and the other way round', async () => {
    const { container } = await team(database, host);
    const operation = await order(container);
    await run('UPDATE containers SET generation = 9 WHERE id = $1', container);
    const restart = await database.operation('container.restart', container, 9, admin);
    const status = async (): Promise<string> =>
      (await database.one<{ status: string }>('SELECT status FROM operations WHERE id = $1', [restart])).status;
    await run(`UPDATE operations SET created_at = now() - interval '5 minutes' WHERE target_id = $1`, container);
    await database.db.run((tx) => database.operations.endOrphans(tx));
    await database.db.run((tx) =>
      database.operations.noteStep(tx, container, 9, { name: 'Stop', status: 'running', at: '' }),
    );
    expect(await operation()).toMatchObject({ status: 'Pending', steps: [] });
    await database.db.run((tx) => database.operations.settle(tx, container, 9, { power: 'running', deleted: false }));
    expect([await status(), (await operation()).status]).toEqual(['Success', 'Pending']);
    await deliver(database, container);
    expect((await operation()).status).toBe('Success');
  });

  it('ends when its container is gone', async () => {
    const { container } = await team(database, host);
    const operation = await order(container);
    await run('UPDATE containers SET removed_at = now() WHERE id = $1', container);
    await run(`UPDATE operations SET created_at = now() - interval '5 minutes' WHERE target_id = $1`, container);
    await database.db.run((tx) => database.operations.endOrphans(tx));
    expect((await operation()).status).toBe('Cancelled');
  });

  it('is not to be had for a container of no project', async () => {
    const container = await database.settled(host);
    expect(await database.db.run((tx) => database.deliveries.requestRedeploy(tx, container))).toBeNull();
  });
});
