import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { createDataSource, migrate } from '@lxdm/entities';

/** Where the processes of a world find their database and their queue. */
export interface Services {
  databaseUrl: string;
  redisUrl: string;
  close: () => Promise<void>;
}

/** A pair that the test may stop, restart and pause. Not the synchronous control.cjs: the fake hosts live in this process. */
export interface OwnServices extends Services {
  postgres: (action: 'stop' | 'start' | 'restart' | 'pause' | 'resume', mode?: 'fast' | 'immediate') => Promise<void>;
  redis: (action: 'stop' | 'start' | 'restart' | 'pause' | 'resume', mode?: 'kill') => Promise<void>;
}

export const ZONE = 'ct.example.org.';
const script = resolve(__dirname, '../../../../tools/services/ctl.mjs');
let redisDatabase = 0;

/** A database of its own in the run's Postgres, and a numbered database of the run's Redis. */
export async function sharedServices(): Promise<Services> {
  const { TEST_DATABASE_URL: admin, TEST_REDIS_URL: redis } = process.env;
  if (!admin || !redis) throw new Error('TEST_DATABASE_URL and TEST_REDIS_URL are needed');
  const name = `worker_${randomBytes(6).toString('hex')}`;
  await administer(admin, `CREATE DATABASE ${name}`);
  const databaseUrl = Object.assign(new URL(admin), { pathname: `/${name}` }).href;
  await migrate(databaseUrl, ZONE, null);
  // Suites that run beside each other have different worker ids.
  redisDatabase = (5 * (Number(process.env['JEST_WORKER_ID'] ?? 1) - 1) + (redisDatabase % 5) + 1) % 16;
  const redisUrl = Object.assign(new URL(redis), { pathname: `/${redisDatabase}` }).href;
  return { databaseUrl, redisUrl, close: () => administer(admin, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** A Postgres and a Redis of its own. */
export async function ownServices(): Promise<OwnServices> {
  const { dir, databaseUrl, redisUrl } = JSON.parse(await ctl('up')) as Record<
    'dir' | 'databaseUrl' | 'redisUrl',
    string
  >;
  await migrate(databaseUrl, ZONE, null);
  // Services for tests forget the last commits in a crash; what was accepted must not be lost by that.
  await administer(databaseUrl, 'ALTER DATABASE lxdm SET synchronous_commit = on');
  return {
    databaseUrl,
    redisUrl,
    postgres: async (action, mode) => void (await ctl('postgres', dir, action, ...(mode ? [mode] : []))),
    redis: async (action, mode) => void (await ctl('redis', dir, action, ...(mode ? [mode] : []))),
    close: async () => void (await ctl('down', dir)),
  };
}

async function ctl(...words: string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [script, ...words], { timeout: 120_000 })).stdout;
}

async function administer(url: string, statement: string): Promise<void> {
  const admin = await createDataSource({ url, poolSize: 1 }).initialize();
  await admin.query(statement);
  await admin.destroy();
}
