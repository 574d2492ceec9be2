import { Client } from 'pg';
import { createDataSource, migrate, pendingMigrations, schemaDrift } from '../src';
import { migrations } from '../src/migrations';
import { EmptyDatabase, emptyDatabase, once, ZONE } from './database';

let database: EmptyDatabase;
beforeEach(async () => {
  database = await emptyDatabase();
});
afterEach(() => database.drop());

async function rows<Row>(sql: string, url = database.url): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

const tables = async () =>
  (await rows<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)).map(
    (table) => table.name,
  );

it('brings an empty database to what the entities say, and finds nothing to do the second time', async () => {
  await expect(pendingMigrations(database.url)).resolves.toBe(true);
  const first = await migrate(database.url, ZONE, null);
  expect(first.applied).toEqual(migrations.map((migration) => migration.name));
  await expect(schemaDrift(database.url)).resolves.toEqual([]);
  await expect(pendingMigrations(database.url)).resolves.toBe(false);
  await expect(migrate(database.url, ZONE, null)).resolves.toEqual({ applied: [] });
  await expect(rows('SELECT name, serial FROM zones')).resolves.toEqual([{ name: ZONE, serial: '1' }]);
});

it('tells drift', async () => {
  await migrate(database.url, ZONE, null);
  await once(database.url, 'ALTER TABLE hosts DROP COLUMN attempts');
  const drift = await schemaDrift(database.url);
  expect(drift).toEqual([expect.stringContaining('ADD "attempts"')]);
});

it('does not set the zone back when it migrates again', async () => {
  await migrate(database.url, ZONE, null);
  await once(database.url, 'UPDATE zones SET serial = 77');
  await migrate(database.url, ZONE, null);
  await migrate(database.url, 'other.example.org.', null);
  await expect(rows('SELECT name, serial FROM zones ORDER BY name')).resolves.toEqual([
    { name: ZONE, serial: '77' },
    { name: 'other.example.org.', serial: '1' },
  ]);
});

it('four that migrate at the same time do it once', async () => {
  const reports = await Promise.all(Array.from({ length: 4 }, () => migrate(database.url, ZONE, null)));
  expect(reports.flatMap((report) => report.applied)).toEqual(migrations.map((migration) => migration.name));
  await expect(schemaDrift(database.url)).resolves.toEqual([]);
});

it('may take as long as it needs: the limit on the statements of the processes does not hold', async () => {
  await once(
    database.url,
    `CREATE SCHEMA seen; CREATE TABLE seen.settings (value text);
     CREATE FUNCTION seen.note() RETURNS event_trigger LANGUAGE plpgsql AS
       $$ BEGIN INSERT INTO seen.settings VALUES (current_setting('statement_timeout')); END $$;
     CREATE EVENT TRIGGER note ON ddl_command_start EXECUTE FUNCTION seen.note()`,
  );
  await migrate(database.url, ZONE, null);
  await expect(rows('SELECT DISTINCT value FROM seen.settings')).resolves.toEqual([{ value: '0' }]);
  const dataSource = await createDataSource({ url: database.url, poolSize: 1 }).initialize();
  await expect(dataSource.query('SHOW statement_timeout')).resolves.toEqual([{ statement_timeout: '15s' }]);
  await dataSource.destroy();
});

it('goes all the way down, and up again', async () => {
  await migrate(database.url, ZONE, null);
  const full = await tables();
  const dataSource = await createDataSource({ url: database.url, poolSize: 1 }).initialize();
  for (const _ of migrations) await dataSource.undoLastMigration();
  await dataSource.destroy();
  await expect(tables()).resolves.toEqual(['migrations']);
  await migrate(database.url, ZONE, null);
  await expect(tables()).resolves.toEqual(full);
  await expect(schemaDrift(database.url)).resolves.toEqual([]);
});

it('gives the name server a role of its own, and a new password when asked', async () => {
  const role = `Reader "${database.url.slice(-6)}" %I`;
  const urlOf = (password: string) => {
    const url = new URL(database.url);
    url.username = encodeURIComponent(role);
    url.password = encodeURIComponent(password);
    return url.href;
  };
  try {
    await migrate(database.url, ZONE, { name: role, password: 'it\'s %L; \\ "x"' });
    await expect(rows('SELECT serial FROM zones', urlOf('it\'s %L; \\ "x"'))).resolves.toHaveLength(1);
    await migrate(database.url, ZONE, { name: role, password: 'second' });
    const reader = urlOf('second');
    for (const table of ['containers', 'addresses', 'changes'])
      await expect(rows(`SELECT count(*) FROM ${table}`, reader)).resolves.toHaveLength(1);
    for (const table of ['users', 'sessions', 'hosts', 'operations', 'key_check'])
      await expect(rows(`SELECT 1 FROM ${table}`, reader)).rejects.toThrow(/permission denied/);
    await expect(rows('SELECT private_key_sealed FROM ssh_host_keys', reader)).rejects.toThrow(/permission denied/);
    await expect(rows('UPDATE zones SET dnssec = true', reader)).rejects.toThrow(/permission denied/);
  } finally {
    const quoted = `"${role.replaceAll('"', '""')}"`;
    await once(database.url, `DROP OWNED BY ${quoted}; DROP ROLE ${quoted}`);
  }
});
