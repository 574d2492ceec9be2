import { LeaderLock } from '../src';
import { EmptyDatabase, emptyDatabase, once, until } from './database';

let database: EmptyDatabase;
const replicas: LeaderLock[] = [];
beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(async () => {
  await Promise.all(replicas.splice(0).map((replica) => replica.close()));
  await database.drop();
});

function replica(name: string): LeaderLock {
  const lock = new LeaderLock(database.url, name);
  replicas.push(lock);
  return lock;
}
const kill = (name: string) =>
  once(database.url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '${name}'`);
/** What a replica answers; one that the database does not answer leads nobody. */
const leads = (lock: LeaderLock) => lock.isLeader().catch(() => false);

it('one of five that ask at once leads, and goes on leading', async () => {
  const locks = Array.from({ length: 5 }, (_, number) => replica(`replica-${number}`));
  const first = await Promise.all(locks.map(leads));
  expect(first.filter(Boolean)).toHaveLength(1);
  for (let times = 0; times < 3; times++) await expect(Promise.all(locks.map(leads))).resolves.toEqual(first);
});

it('a leader that goes hands over', async () => {
  const [first, second] = [replica('first'), replica('second')];
  await expect(first.isLeader()).resolves.toBe(true);
  await expect(second.isLeader()).resolves.toBe(false);
  await first.close();
  await until('the second leads', () => leads(second));
});

it('a leader whose connection is killed hands over, learns of it, and does not lead beside the next one', async () => {
  const [first, second] = [replica('first'), replica('second')];
  await expect(first.isLeader()).resolves.toBe(true);
  await kill('first');
  await until('the second leads', () => leads(second));
  await until('the first knows', async () => !(await leads(first)));
  // It has connected again, and waits for its turn.
  await expect(first.isLeader()).resolves.toBe(false);
  await expect(second.isLeader()).resolves.toBe(true);
  await second.close();
  await until('the first leads again', () => leads(first));
});

it('is not led by anybody who cannot reach the database', async () => {
  const lost = new LeaderLock('postgres://nobody@127.0.0.1:1/nothing', 'lost');
  await expect(lost.isLeader()).rejects.toThrow(/ECONNREFUSED/);
  await expect(lost.close()).resolves.toBeUndefined();
});

it('a leader that was silent for long is thrown out by the database: its session ends when idle', async () => {
  const first = replica('first');
  await first.isLeader();
  await once(
    database.url,
    `DO $$ BEGIN IF (SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE l.locktype = 'advisory' AND a.application_name = 'first') <> 1
     THEN RAISE 'the lock is not held by a session of its own'; END IF; END $$`,
  );
  const client = Reflect.get(first, 'client') as { query: (sql: string) => Promise<{ rows: unknown[] }> };
  const { rows } = await client.query('SHOW idle_session_timeout');
  expect(rows).toEqual([{ idle_session_timeout: '15s' }]);
  await client.query('SET idle_session_timeout = 50');
  const second = replica('second');
  await until('the second leads', () => leads(second));
});
