import { setTimeout as delay } from 'node:timers/promises';
import { createDataSource, SqlTransactor, Transactor, violatedIndex } from '../src';
import { isPassingDatabaseFault, PgSource } from '../src/zones';
import { emptyDatabase, EmptyDatabase, once } from './database';

interface Opened {
  db: SqlTransactor;
  close: () => Promise<void>;
}

/** What transactors work on: they must not be told apart. */
const sources: [string, (url: string) => Promise<Opened>][] = [
  [
    'TypeORM',
    async (url) => {
      const source = await createDataSource({ url, poolSize: 2 }).initialize();
      return { db: new Transactor(source), close: () => source.destroy() };
    },
  ],
  [
    'plain connections',
    async (url) => {
      const source = await PgSource.connect({ url, poolSize: 2 });
      return { db: new SqlTransactor(source), close: () => source.close() };
    },
  ],
];

let database: EmptyDatabase;
beforeAll(async () => {
  database = await emptyDatabase();
  await once(database.url, 'CREATE TABLE things (id int CONSTRAINT things_id PRIMARY KEY)');
});
afterAll(() => database.drop());

describe.each(sources)('%s', (_name, open) => {
  let opened: Opened;
  let db: SqlTransactor;
  beforeEach(async () => {
    await once(database.url, 'TRUNCATE things');
    opened = await open(database.url);
    ({ db } = opened);
  });
  afterEach(() => opened.close());
  const things = async () => (await db.query<{ id: number }>('SELECT id FROM things ORDER BY id')).map(({ id }) => id);

  /** A connection of the pool may be found dead only when it is used, which is told as what passes. */
  const usable = async () => {
    for (let time = 0; time < 2; time++)
      await things().catch((error: unknown) => expect(isPassingDatabaseFault(error)).toBe(true));
    expect(await things()).toEqual([]);
  };

  it('gives rows, those of what writes too', async () => {
    expect(await db.query('INSERT INTO things VALUES ($1), ($2) RETURNING id', [1, 2])).toEqual([{ id: 1 }, { id: 2 }]);
    expect(await db.query('UPDATE things SET id = id + 10 RETURNING id')).toEqual([{ id: 11 }, { id: 12 }]);
    expect(await db.query('DELETE FROM things WHERE id = $1 RETURNING id', [11])).toEqual([{ id: 11 }]);
    expect(await things()).toEqual([12]);
  });

  it('keeps all of a transaction or nothing, and lends its connection again', async () => {
    for (let time = 0; time < 5; time++)
      await expect(
        db.run(async (tx) => {
          await tx.query('INSERT INTO things VALUES (1)');
          throw new Error('on second thoughts');
        }),
      ).rejects.toThrow('on second thoughts');
    expect(await things()).toEqual([]);
    expect(await db.run((tx) => tx.query('INSERT INTO things VALUES (2) RETURNING id'))).toEqual([{ id: 2 }]);
    expect(await things()).toEqual([2]);
  });

  it('reads one moment, whatever is written meanwhile', async () => {
    const seen = await db.snapshot(async (sql) => {
      const before = await sql.query('SELECT id FROM things');
      await once(database.url, 'INSERT INTO things VALUES (1)');
      return [before, await sql.query('SELECT id FROM things')];
    });
    expect(seen).toEqual([[], []]);
    expect(await things()).toEqual([1]);
  });

  it('names the index that a write ran into', async () => {
    await db.query('INSERT INTO things VALUES (1)');
    const fault: unknown = await db.query('INSERT INTO things VALUES (1)').catch((error: unknown) => error);
    expect([violatedIndex(fault), isPassingDatabaseFault(fault)]).toEqual(['things_id', false]);
    const other: unknown = await db.query('SELECT nonsense').catch((error: unknown) => error);
    expect([violatedIndex(other), isPassingDatabaseFault(other)]).toEqual([undefined, false]);
  });

  it('outlives a connection that the server ends, inside a transaction too', async () => {
    const end = 'SELECT pg_terminate_backend(pg_backend_pid())';
    for (const work of [() => db.query(end), () => db.run((tx) => tx.query(end))]) {
      const fault: unknown = await work().catch((error: unknown) => error);
      expect(isPassingDatabaseFault(fault)).toBe(true);
      await usable();
    }
  });

  it('outlives connections that end while nobody uses them', async () => {
    await Promise.all([things(), things()]);
    await once(
      database.url,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await usable();
  });

  it('cuts off what is at work when it is closed', async () => {
    const other = await open(database.url);
    const began = performance.now();
    const working = [other.db.query('SELECT pg_sleep(60)'), other.db.run((tx) => tx.query('SELECT pg_sleep(60)'))].map(
      (work) => work.catch((error: unknown) => error),
    );
    await delay(100);
    await other.close();
    for (const fault of await Promise.all(working)) expect(isPassingDatabaseFault(fault)).toBe(true);
    // Far less than the statements would take, and their own limit.
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('is told of statements that take too long, and of a server that is not there', async () => {
    await expect(db.run((tx) => tx.query(`SET LOCAL statement_timeout = 50; SELECT pg_sleep(5)`))).rejects.toThrow(
      /statement timeout/,
    );
    await expect(open('postgres://nobody:x@127.0.0.1:1/none')).rejects.toThrow(/ECONNREFUSED/);
  });
});
