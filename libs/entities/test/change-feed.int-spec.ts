import { randomUUID } from 'node:crypto';
import { ChangeListener, ChangeRow } from '../src';
import { gate, once, somebodyWaits, TestDatabase, until } from './database';

let database: TestDatabase;
const listeners: ChangeListener[] = [];
beforeAll(async () => {
  database = await TestDatabase.open(24);
});
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.close()));
});
afterAll(() => database.close());

interface Heard {
  name: string;
  listener: ChangeListener;
  changes: number[];
  connections: number;
  losses: string[];
}

async function listen(heartbeatMs = 5_000): Promise<Heard> {
  const name = `listener-${randomUUID()}`;
  const listener = new ChangeListener(database.url, name, heartbeatMs);
  const heard: Heard = { name, listener, changes: [], connections: 0, losses: [] };
  listener.on('change', (seq) => heard.changes.push(seq));
  listener.on('connected', () => heard.connections++);
  listener.on('disconnected', (reason) => heard.losses.push(reason));
  listeners.push(listener);
  listener.start();
  await until('the listener is connected', () => listener.connected);
  return heard;
}

const last = async () => (await database.changes.bounds()).last;
const change = (id: string = randomUUID()) => database.db.run(async (tx) => tx.changed('container', id));

it('a reader that polls never misses a change, whatever the order of twenty commits at a time', async () => {
  const rounds = 5;
  const start = await last();
  const wanted = Array.from({ length: 20 * rounds }, () => randomUUID());
  // Announced by hand, and once more at the end of the transaction.
  const entries = 2 * wanted.length;
  const seen: ChangeRow[] = [];
  const reading = until('the reader has as many changes as were made', async () => {
    seen.push(...(await database.changes.since(seen.at(-1)?.seq ?? start, 7)));
    return seen.length >= entries;
  });
  for (let round = 0; round < rounds; round++)
    await Promise.all(
      wanted.slice(20 * round, 20 * round + 20).map((id, number) =>
        database.db.run(async (tx) => {
          tx.changed('container', id);
          await tx.announce();
          // Whoever has the lower number does not commit first, unless something makes them.
          await tx.query('SELECT pg_sleep($1)', [((number * 7) % 20) / 1_000]);
        }),
      ),
    );
  await reading;
  expect(new Set(seen.map((row) => row.entityId))).toEqual(new Set(wanted));
  expect(seen).toHaveLength(entries);
  const numbers = seen.map((row) => row.seq);
  expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
});

it('a number that is given out is not overtaken: the next transaction waits for the commit before it', async () => {
  const start = await last();
  const held = gate();
  const announced = gate();
  const first = database.db.run(async (tx) => {
    tx.changed('container', randomUUID());
    await tx.announce();
    announced.open();
    await held.opened;
    // Announced again at the end of the transaction, with a second number.
  });
  await announced.opened;
  const second = change();
  await until('the second transaction waits', () => somebodyWaits(database));
  await expect(database.changes.since(start)).resolves.toEqual([]);
  held.open();
  await Promise.all([first, second]);
  await expect(database.changes.since(start)).resolves.toHaveLength(3);
});

it('is announced after the commit, with the highest number of it, and can be read by then', async () => {
  const heard = await listen();
  const held = gate();
  const announced = gate();
  const running = database.db.run(async (tx) => {
    tx.changed('container', randomUUID());
    tx.changed('host', randomUUID());
    await tx.announce();
    announced.open();
    await held.opened;
  });
  await announced.opened;
  // Another commit on the same channel is heard while this one is open: silence is not slowness.
  await once(database.url, `SELECT pg_notify('lxdm_changes', '-1')`);
  await until('the other notification', () => heard.changes.length > 0);
  expect(heard.changes).toEqual([-1]);
  held.open();
  await running;
  const { last: highest } = await database.changes.bounds();
  await until('the announcement', () => heard.changes.includes(highest));
  await expect(database.changes.since(highest - 1)).resolves.toHaveLength(1);
});

it('says nothing of what was rolled back, and nothing when nothing changed', async () => {
  const heard = await listen();
  const start = await last();
  const failing = database.db.run(async (tx) => {
    tx.changed('container', randomUUID());
    tx.zoneChanged();
    await tx.announce();
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await database.db.run(async (tx) => tx.query('SELECT 1'));
  await change();
  await until('the change behind them', () => heard.changes.length > 0);
  expect(heard.changes).toHaveLength(1);
  await expect(database.changes.since(start)).resolves.toHaveLength(1);
});

it('names a thing once in a transaction, and keeps its project', async () => {
  const start = await last();
  const id = randomUUID();
  const project = randomUUID();
  await database.db.run(async (tx) => {
    tx.changed('container', id);
    tx.changed('container', id, project);
    tx.changed('container', id);
    tx.changed('operation', id);
  });
  const rows = await database.changes.since(start);
  expect(rows.map(({ kind, entityId, projectId }) => [kind, entityId, projectId])).toEqual([
    ['container', id, project],
    ['operation', id, null],
  ]);
});

it('goes on behind the newest entry after old ones are pruned', async () => {
  await change();
  const newest = await last();
  await database.db.query(`UPDATE changes SET at = now() - interval '2 days'`);
  await database.changes.prune();
  await expect(database.changes.bounds()).resolves.toEqual({ first: newest, last: newest });
  await change();
  await expect(database.changes.since(newest)).resolves.toHaveLength(1);
});

describe('a listener', () => {
  const backends = (application: string) =>
    database.db.query<{ pid: number }>('SELECT pid FROM pg_stat_activity WHERE application_name = $1', [application]);
  const kill = (heard: Heard) =>
    database.db.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
      heard.name,
    ]);

  it('whose connection was ended says so, connects again and hears again', async () => {
    const heard = await listen();
    for (let times = 1; times <= 3; times++) {
      await kill(heard);
      await until('it is connected again', () => heard.connections === times + 1);
      expect(heard.losses).toHaveLength(times);
      heard.changes.length = 0;
      await change();
      await until('it hears', () => heard.changes.length > 0);
      expect(heard.changes).toHaveLength(1);
      await expect(backends(heard.name)).resolves.toHaveLength(1);
    }
  });

  it('that is closed leaves no connection and does not come back', async () => {
    const heard = await listen();
    await heard.listener.close();
    expect(heard.listener.connected).toBe(false);
    await until('its connection is gone', async () => (await backends(heard.name)).length === 0);
    expect(heard).toMatchObject({ connections: 1, losses: [] });
  });

  it('that is closed while it connects leaves no connection either', async () => {
    const name = `listener-${randomUUID()}`;
    const listener = new ChangeListener(database.url, name);
    const connected = jest.fn();
    listener.on('connected', connected);
    listener.start();
    await listener.close();
    // One that began later is there, so the first one would be, too.
    const later = await listen();
    await change();
    await until('the later one hears', () => later.changes.length > 0);
    await until('every connection of the first is gone', async () => (await backends(name)).length === 0);
    expect(connected).not.toHaveBeenCalled();
  });

  it('without a database tries again and again, and does not throw', async () => {
    const listener = new ChangeListener('postgres://nobody@127.0.0.1:1/nothing');
    const reasons: string[] = [];
    listener.on('disconnected', (reason) => reasons.push(reason));
    listener.start();
    await until('it has tried three times', () => reasons.length >= 3);
    await listener.close();
    expect(reasons[0]).toMatch(/ECONNREFUSED/);
  });
});
