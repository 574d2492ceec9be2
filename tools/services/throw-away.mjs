// @ts-check
/** A Postgres and a Redis for tests: in a folder of their own under the system's temporary folder, gone afterwards. */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { alive } from './processes.mjs';
import { clusterFolder, startPostgres, stopPostgres } from './postgres.mjs';
import { startRedis, stopRedis } from './redis.mjs';

/** @typedef {{dir: string, databaseUrl: string, redisUrl: string}} ThrowAway */

/** @param {string} dir @returns {{secrets: string} | undefined} what a launcher that uses this folder says about itself (run.json) */
function launcherOf(dir) {
  const file = join(dir, 'run.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** The password: a launcher's is in its secrets, ours is kept in the folder (mode 0600) so that a later command finds it. @param {string} dir @param {string} secret */
function passwordOf(dir, secret) {
  const launcher = launcherOf(dir);
  if (launcher) return readFileSync(join(launcher.secrets, secret), 'utf8').trim();
  const file = join(dir, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** Starts Postgres again as it was, be the folder ours or a launcher's. @param {string} dir */
export const startDatabase = (dir) =>
  startPostgres({ dataDir: dir, password: passwordOf(dir, 'ct_postgres'), throwAway: !launcherOf(dir) });
/** @param {string} dir */
export const startQueue = (dir) => startRedis({ dataDir: dir, password: passwordOf(dir, 'redis') });

const prefix = 'lxdm-test-';

/** What a killed test run left behind: folders whose owner is gone. */
async function sweep() {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const owner = join(tmpdir(), name, 'owner');
    if (existsSync(owner) && !alive(Number(readFileSync(owner, 'utf8')))) await servicesDown(join(tmpdir(), name));
  }
}

/** @param {string} [at] folder to use; a new one when left out @param {number} [owner] the process that uses them: after its end the next call clears up @returns {Promise<ThrowAway>} */
export async function servicesUp(at, owner = process.pid) {
  await sweep();
  const dir = at ? resolve(at) : mkdtempSync(join(tmpdir(), prefix));
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, 'owner'), String(owner));
  chmodSync(dir, 0o755); // the postgres user must be able to walk through it
  const [database, queue] = await Promise.all([startDatabase(dir), startQueue(dir)]);
  return { dir, databaseUrl: database.url, redisUrl: queue.url };
}

/** Stops both and removes the folder. @param {string} dir */
export async function servicesDown(dir) {
  await Promise.all([stopPostgres(clusterFolder(dir), 'immediate'), stopRedis(dir, 'kill')]);
  rmSync(dir, { recursive: true, force: true });
}
