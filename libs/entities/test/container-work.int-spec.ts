import { ContainerWork, LeasedObservation } from '../src';
import { TestDatabase, unique } from './database';

let database: TestDatabase;
let host: string;
let user: string;
beforeAll(async () => {
  database = await TestDatabase.open();
  host = await database.host();
  user = await database.user();
});
afterAll(() => database.close());

const RUNNING: LeasedObservation = {
  status: 'Running',
  uuid: 'u',
  image: 'i',
  hwaddrEth1: 'h',
  boot: null,
  addresses: null,
};
async function held(id: string): Promise<[ContainerWork, number]> {
  const { fence } = await database.claim(id);
  return [await load(id), fence];
}
async function load(id: string): Promise<ContainerWork> {
  const work = await database.work.load(id);
  if (!work) throw new Error('The container is gone.');
  return work;
}
const wish = (id: string, set: string) =>
  database.db.query(`UPDATE containers SET ${set}, generation = generation + 1 WHERE id = $1`, [id]);
const row = (id: string) =>
  database.one<{ observedAt: Date | null; status: string | null; error: string | null; generation: number }>(
    `SELECT observed_at AS "observedAt", observed_status AS status, observed_error AS error, observed_generation AS generation FROM containers WHERE id = $1`,
    [id],
  );

describe('the boot from which a restart begins', () => {
  it('is remembered for that restart, whatever is in it', async () => {
    const id = await database.settled(host);
    await wish(id, 'restart_generation = restart_generation + 1');
    const [work, fence] = await held(id);
    expect(work.restartFrom).toBeNull();
    for (const mark of ['2026-01-02T03:04:05Z 1234', '', ' ', '1', "it's 0"]) {
      await database.work.noteRestart(work, fence, mark);
      expect((await load(id)).restartFrom).toBe(mark);
    }
  });

  it('does not count for a restart that is asked for later: that one needs a boot of its own', async () => {
    const id = await database.settled(host);
    await wish(id, 'restart_generation = restart_generation + 1');
    const [work, fence] = await held(id);
    await database.work.noteRestart(work, fence, 'boot 1');
    await wish(id, 'restart_generation = restart_generation + 1');
    expect((await load(id)).restartFrom).toBeNull();
    // Noted by somebody who has not read the later wish yet: it is not taken for a note of that one.
    await database.work.noteRestart(work, fence, 'boot 2');
    expect((await load(id)).restartFrom).toBeNull();
  });

  it('is forgotten once it is settled', async () => {
    const id = await database.settled(host);
    await wish(id, 'restart_generation = restart_generation + 1');
    const [work, fence] = await held(id);
    await database.work.noteRestart(work, fence, 'boot 1');
    await database.work.recordSettled(work, fence, RUNNING);
    expect(await load(id)).toMatchObject({ restartFrom: null, observedRestartGeneration: 1, observedGeneration: 2 });
  });
});

it('settles what it read and not what was wanted meanwhile', async () => {
  const id = await database.settled(host);
  await wish(id, `power = 'running'`);
  const start = await database.operation('container.start', id, 2, user);
  const [work, fence] = await held(id);
  await wish(id, `power = 'stopped'`);
  const stop = await database.operation('container.stop', id, 3, user);
  await database.work.recordSettled(work, fence, RUNNING);
  expect((await row(id)).generation).toBe(2);
  const views = await database.operations.byIds([start, stop]);
  expect(new Map(views.map((view) => [view.id, view.status]))).toEqual(
    new Map([
      [start, 'Success'],
      [stop, 'Pending'],
    ]),
  );
  await expect(database.leases.release('containers', id, { fence, generation: 1 }, null)).resolves.toBe(true);
});

it('a failure is told and leaves the last observation with its age', async () => {
  const then = new Date('2026-01-02T03:04:05.000Z');
  const id = await database.settled(host, { observed_at: then, generation: 2 });
  const [work, fence] = await held(id);
  await database.work.recordFailed(work, fence, 'unreachable', 'No answer.');
  await expect(row(id)).resolves.toEqual({ observedAt: then, status: 'Running', error: 'No answer.', generation: 2 });
});

it('what is seen again is neither missing nor in error any more', async () => {
  const id = await database.settled(host, { generation: 2, missing_since: new Date(), observed_error: 'old' });
  const [work, fence] = await held(id);
  await database.work.recordSettled(work, fence, { ...RUNNING, uuid: null });
  await expect(
    database.one(
      'SELECT missing_since, observed_error, observed_at IS NOT NULL AS seen FROM containers WHERE id = $1',
      [id],
    ),
  ).resolves.toEqual({ missing_since: null, observed_error: null, seen: true });
});

it('a removed container gives its name, addresses and keys free and cannot be worked on', async () => {
  const name = `gone-${unique()}`;
  const id = await database.settled(host, { name });
  const [work, fence] = await held(id);
  await database.work.addHostKeys(work, fence, [
    { type: 'rsa', publicKey: 'p', privateKeySealed: 's', fingerprint: 'f' },
  ]);
  await database.work.recordRemoved(work, fence);
  await expect(database.work.load(id)).resolves.toBeNull();
  await expect(database.work.hostKeys(id)).resolves.toEqual([]);
  await expect(database.containers.nameTaken(name)).resolves.toBe(false);
  await expect(database.settled(host, { name })).resolves.toEqual(expect.any(String));
});

it('host keys that are stored stay when others are made at the same time', async () => {
  const id = await database.container(host);
  const [work, fence] = await held(id);
  const key = (publicKey: string) => ({ type: 'rsa', publicKey, privateKeySealed: 's', fingerprint: 'f' }) as const;
  await database.work.addHostKeys(work, fence, [key('first')]);
  await database.work.addHostKeys(work, fence, [key('second'), { ...key('other'), type: 'ecdsa' }]);
  const keys = await database.work.hostKeys(id);
  expect(keys.map(({ type, publicKey }) => [type, publicKey])).toEqual([
    ['ecdsa', 'other'],
    ['rsa', 'first'],
  ]);
});

describe('a host that is removed', () => {
  it('takes its containers, their keys and their lease along, and ends every operation with the reason', async () => {
    const leaving = await database.host();
    const id = await database.settled(leaving, { generation: 2 });
    const [work, fence] = await held(id);
    await database.work.addHostKeys(work, fence, [
      { type: 'rsa', publicKey: 'p', privateKeySealed: 's', fingerprint: 'f' },
    ]);
    const start = await database.operation('container.start', id, 2, user);
    const confirm = await database.operation('host.confirm', leaving, 1, user);
    const remove = await database.operation('host.remove', leaving, 2, user);
    await database.db.query('UPDATE hosts SET generation = 2, deleted_at = now() WHERE id = $1', [leaving]);
    const connection = await database.hostObservations.connection(leaving);
    if (!connection) throw new Error('The host is gone.');
    await database.hostObservations.recordRemoved(connection, (await database.claim(leaving, 'hosts')).fence);
    const ends = await database.operations.byIds([start, confirm, remove]);
    expect(new Map(ends.map((view) => [view.id, view.errorCode ?? view.status]))).toEqual(
      new Map([
        [start, 'host-removed'],
        [confirm, 'superseded'],
        [remove, 'Success'],
      ]),
    );
    await expect(database.work.hostKeys(id)).resolves.toEqual([]);
    await expect(database.leases.renew('containers', id, fence)).resolves.toBe(false);
    await expect(database.hosts.find(leaving)).resolves.toBeNull();
  });
});
