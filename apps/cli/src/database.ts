import { createDataSource, Transactor } from '@lxdm/entities';

/** Runs work on the database and closes it, however the work ends. */
export async function withDatabase<T>(url: string, work: (db: Transactor) => Promise<T>): Promise<T> {
  const dataSource = await createDataSource({ url, poolSize: 2, applicationName: 'lxdm-cli' }).initialize();
  try {
    return await work(new Transactor(dataSource));
  } finally {
    await dataSource.destroy();
  }
}

/** SQLSTATE (PostgreSQL appendix A) and socket errors that an operator can do something about. */
const SENTENCES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Nothing listens at the address of DATABASE_URL: is the database running?',
  ENOTFOUND: 'The host name in DATABASE_URL is not known.',
  EAI_AGAIN: 'The host name in DATABASE_URL could not be looked up.',
  ETIMEDOUT: 'The database of DATABASE_URL does not answer.',
  EHOSTUNREACH: 'The host of DATABASE_URL cannot be reached.',
  ECONNRESET: 'The database ended the connection.',
  '28P01': 'The database refuses the password of DATABASE_URL.',
  '28000': 'The database refuses the role of DATABASE_URL.',
  '3D000': 'The database that DATABASE_URL names does not exist: create it first.',
  '42P01': 'The database lacks a table: run "npm run cli -- migrate" first.',
  '42703': 'The database lacks a column: run "npm run cli -- migrate" first.',
  '42501': 'The role of DATABASE_URL may not do this.',
  '25006': 'The database is read-only at the moment.',
  '57P03': 'The database is starting or stopping: try again.',
  '53300': 'The database has no connection left.',
};

/** What to tell about an error of the database; undefined when it is not one that is known. Never quotes the URL. */
export function databaseTrouble(error: unknown): string | undefined {
  const { code = '', message = '', errors } = (error ?? {}) as { code?: string; message?: string; errors?: unknown[] };
  const sentence = SENTENCES[code];
  if (sentence !== undefined) return `${sentence} (${code})`;
  // node:net tries every address of a name and reports all failures together.
  if (Array.isArray(errors)) return databaseTrouble(errors[0]);
  if (/^timeout expired$|Connection terminated due to connection timeout/.test(message))
    return 'The database of DATABASE_URL does not answer.';
  return undefined;
}
