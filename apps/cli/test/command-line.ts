import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { createDataSource } from '@lxdm/entities';
import { run } from '../src/run';

/** What a command line left behind. */
export interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** Runs a command line as the process does, with this environment and nothing else. */
export async function cli(environment: Record<string, string>, line: string, input?: string): Promise<Outcome> {
  const stdin = new PassThrough();
  stdin.end(input ?? '');
  const said: Outcome = { code: -1, out: '', err: '' };
  const output = {
    result: (text: string) => (said.out += `${text}\n`),
    remark: (text: string) => (said.err += `${text}\n`),
    prompt: (text: string) => (said.err += text),
  };
  const words = line.split(' ').filter(Boolean);
  said.code = await run(words, { environment, input: stdin as unknown as NodeJS.ReadStream, output });
  return said;
}

/** An empty database of the test's own. */
export async function emptyDatabase(): Promise<{ url: string; query: Query; drop: () => Promise<void> }> {
  const server = process.env['TEST_DATABASE_URL'] ?? '';
  const name = `cli_${process.pid}_${randomBytes(3).toString('hex')}`;
  await queryOnce(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    query: (sql) => queryOnce(url.href, sql),
    drop: async () => void (await queryOnce(server, `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

type Query = (sql: string) => Promise<Record<string, unknown>[]>;

async function queryOnce(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const dataSource = await createDataSource({ url, poolSize: 1 }).initialize();
  try {
    return await dataSource.query(sql);
  } finally {
    await dataSource.destroy();
  }
}
