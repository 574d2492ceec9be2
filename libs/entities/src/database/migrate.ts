import { createDataSource } from './data-source';
import { grantReader, ReaderRole } from './name-server-role';

/** What `migrate` did. */
export interface MigrationReport {
  applied: string[];
}

/** Keeps two processes that migrate at the same time apart. */
const MIGRATION_LOCK = 0x6c78646e;

/**
 * Brings a database to the current schema and makes the zone known.
 * @param reader the name server's role that is made or given its password; none for a database whose roles somebody else keeps
 */
export async function migrate(url: string, zone: string, reader: ReaderRole | null): Promise<MigrationReport> {
  const dataSource = await createDataSource({
    url,
    poolSize: 2,
    applicationName: 'lxdm-migrate',
    // Neither a big table nor the wait for another one that migrates is a fault.
    statementTimeoutMs: 0,
  }).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await dataSource.runMigrations();
    await lock.query('INSERT INTO zones (name) VALUES ($1) ON CONFLICT DO NOTHING', [zone]);
    // One connection for all of it: the settings below live in a session.
    if (reader) await grantReader((sql, parameters) => lock.query(sql, parameters), reader);
    return { applied: applied.map((migration) => migration.name) };
  } finally {
    await lock.release();
    await dataSource.destroy();
  }
}

/** The statements that would be needed to make the database what the entities say; empty when they agree. */
export async function schemaDrift(url: string): Promise<string[]> {
  const dataSource = await createDataSource({ url, poolSize: 1 }).initialize();
  try {
    return (await dataSource.driver.createSchemaBuilder().log()).upQueries.map((query) => query.query);
  } finally {
    await dataSource.destroy();
  }
}

/** The migrations that the database lacks. */
export async function pendingMigrations(url: string): Promise<boolean> {
  const dataSource = await createDataSource({ url, poolSize: 1 }).initialize();
  try {
    return await dataSource.showMigrations();
  } finally {
    await dataSource.destroy();
  }
}
