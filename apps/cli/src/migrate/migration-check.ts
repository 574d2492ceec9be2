import { randomBytes } from 'node:crypto';
import { createDataSource, migrate, schemaDrift, Transactor } from '@lxdm/entities';
import { withDatabase } from '../database';

/** Tries every migration on an empty database of its own; returns what is wrong with them. */
export async function checkMigrations(serverUrl: string): Promise<string[]> {
  const name = `lxdm_check_${process.pid}_${randomBytes(4).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  // The name is made of letters, digits and underscores above: it needs no quoting.
  await onServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  try {
    return await faultsOf(url.href);
  } finally {
    await onServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

async function faultsOf(url: string): Promise<string[]> {
  const faults: string[] = [];
  const { applied } = await migrate(url, 'check.example.', null);
  if (applied.length === 0) faults.push('There are no migrations.');
  faults.push(...(await drift(url, 'After all migrations')));
  const left = await undoAll(url, applied.length);
  if (left.length > 0) faults.push(`Undone migrations leave behind: ${left.join(', ')}`);
  await migrate(url, 'check.example.', null);
  faults.push(...(await drift(url, 'After down and up again')));
  return faults;
}

async function drift(url: string, when: string): Promise<string[]> {
  const statements = await schemaDrift(url);
  return statements.map((sql) => `${when} the schema still needs: ${sql}`);
}

/** Undoes the migrations one by one; returns the tables, sequences and types that are left. */
async function undoAll(url: string, count: number): Promise<string[]> {
  const dataSource = await createDataSource({ url, poolSize: 1, applicationName: 'lxdm-cli' }).initialize();
  try {
    for (let undone = 0; undone < count; undone += 1) await dataSource.undoLastMigration({ transaction: 'each' });
    const rows = await new Transactor(dataSource).query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S') AND relname NOT LIKE 'migrations%'
       UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'e'`,
    );
    return rows.map((row) => row.name);
  } finally {
    await dataSource.destroy();
  }
}

async function onServer(url: string, sql: string): Promise<void> {
  await withDatabase(url, (db) => db.query(sql));
}
