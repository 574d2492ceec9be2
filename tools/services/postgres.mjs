// @ts-check
/**
 * The embedded Postgres: a real server in a data folder, on loopback, with a port of its own. It is started in a session of its own, so
 * that Ctrl-C reaches us first, and it outlives a parent that was killed: the next start finds it by postmaster.pid.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes, scryptSync } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { postgresFolder, postgresOwner, systemFolder } from './postgres-binaries.mjs';
import { alive, commandMentions, keptPort, lastLines, reachable, until } from './processes.mjs';

/**
 * @typedef {object} PostgresOptions
 * @property {string} dataDir folder of the manager; the cluster lies in `postgres/` below it
 * @property {string} password of the role `lxdm`, which owns the database `lxdm`
 * @property {boolean} [throwAway] for tests: nothing is synced to the disk and the role is a superuser
 * @property {string} [logFile]
 *
 * @typedef {object} Postgres
 * @property {string} url of the database, password included: for a child's environment only
 * @property {number} port
 * @property {number} pid
 * @property {string} folder
 * @property {boolean} attached it ran already
 */

const settings = [
  'shared_buffers=64MB',
  'max_connections=80',
  'max_parallel_workers_per_gather=0',
  'unix_socket_directories=',
  'logging_collector=off',
  'log_min_messages=warning',
  'password_encryption=scram-sha-256',
  'max_wal_size=256MB',
  'wal_level=minimal',
  'max_wal_senders=0',
];
const noSync = ['max_connections=200', 'fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

/** Where the cluster of this data folder lies: below it, unless the postgres user cannot get there. @param {string} dataDir */
export function clusterFolder(dataDir) {
  const owner = postgresOwner();
  const outer = resolve(dataDir);
  const inside = join(outer, 'postgres');
  if (!owner || reachable(outer, owner)) return inside;
  if (existsSync(outer) && reachable(dirname(outer), owner)) {
    // The folder is ours and everything in it has a mode of its own: letting others pass through gives nothing away.
    chmodSync(outer, statSync(outer).mode | 0o001);
    return inside;
  }
  return join(systemFolder, createHash('sha256').update(inside).digest('hex').slice(0, 12), 'postgres');
}

/** The running server of a cluster, as its postmaster.pid tells. @param {string} folder @returns {{pid: number, port: number, ready: boolean} | undefined} */
export function runningPostgres(folder) {
  const file = join(folder, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const pid = Number(lines[0]);
  if (!alive(pid) || !commandMentions(pid, folder)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** @param {number} port @param {string} password */
export const postgresUrl = (port, password) => `postgres://lxdm:${encodeURIComponent(password)}@127.0.0.1:${port}/lxdm`;

/** Starts the server or finds it running; makes the cluster, the role and the database the first time. @param {PostgresOptions} options @returns {Promise<Postgres>} */
export async function startPostgres(options) {
  const folder = clusterFolder(options.dataDir);
  await markedBy(options.dataDir, folder);
  const known = knowsPassword(folder, options.password);
  if (runningPostgres(folder) && known && (await becomesReady(folder, 60_000))) return described(options, folder, true);
  if (!existsSync(join(folder, 'PG_VERSION'))) initialise(folder, options);
  else if (!known) {
    await stopPostgres(folder);
    setRolePassword(folder, options);
  }
  await launch(folder, options);
  return described(options, folder, false);
}

/**
 * A cluster outside the data folder belongs to it as long as the data folder says so: whoever removed that folder wants a new beginning,
 * and the old cluster is put aside, not deleted.
 * @param {string} dataDir @param {string} folder
 */
async function markedBy(dataDir, folder) {
  const mark = join(resolve(dataDir), 'postgres.folder');
  if (folder.startsWith(resolve(dataDir)) || existsSync(mark)) return;
  if (existsSync(folder)) {
    await stopPostgres(folder);
    renameSync(folder, `${folder}.${new Date().toISOString().replaceAll(/[:.]/g, '')}`);
  }
  writeFileSync(mark, `${folder}\n`);
}

/** @param {string} folder @param {PostgresOptions} options */
async function launch(folder, options) {
  const owner = postgresOwner();
  const portFile = join(folder, 'lxdm.port');
  const port = await keptPort(portFile);
  const logFile = options.logFile ?? join(resolve(options.dataDir), 'postgres.log');
  const log = openSync(logFile, 'a', 0o600);
  const flags = [...settings, ...(options.throwAway ? noSync : [])].flatMap((setting) => ['-c', setting]);
  const child = spawn(
    join(postgresFolder(owner), 'bin', 'postgres'),
    ['-D', folder, '-p', String(port), '-h', '127.0.0.1', ...flags],
    {
      ...owner,
      cwd: folder,
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' },
    },
  );
  closeSync(log);
  let gone = false;
  child.once('exit', () => (gone = true));
  child.once('error', () => (gone = true));
  child.unref();
  const ready = await until(() => gone || runningPostgres(folder)?.ready === true, 120_000);
  if (gone || !ready) throw new Error(`The embedded Postgres did not start; ${logFile} ends:\n${lastLines(logFile)}`);
  writeFileSync(portFile, `${port}\n`);
}

/** @param {string} folder @param {number} ms */
const becomesReady = (folder, ms) =>
  until(() => runningPostgres(folder)?.ready !== false, ms).then(() => runningPostgres(folder)?.ready === true);

/** @param {PostgresOptions} options @param {string} folder @param {boolean} attached @returns {Postgres} */
function described(options, folder, attached) {
  const running = runningPostgres(folder);
  if (!running) throw new Error('The embedded Postgres ended right after its start; see its log.');
  return { url: postgresUrl(running.port, options.password), port: running.port, pid: running.pid, folder, attached };
}

/** @param {string} folder @param {PostgresOptions} options */
function initialise(folder, options) {
  const owner = postgresOwner();
  rmSync(folder, { recursive: true, force: true }); // a first start that was interrupted leaves half a cluster
  mkdirSync(dirname(folder), { recursive: true, mode: 0o755 });
  mkdirSync(folder, { mode: 0o700 });
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const made = spawnSync(
    join(postgresFolder(owner), 'bin', 'initdb'),
    [
      '-D',
      folder,
      '-U',
      'postgres',
      '--auth=trust',
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--no-instructions',
      ...(options.throwAway ? ['--no-sync'] : []),
    ],
    { ...owner, cwd: folder, env, encoding: 'utf8' },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error}`);
  // Before its first start: no way in but a password over loopback, and the superuser has none.
  writeFileSync(join(folder, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  setRolePassword(folder, options, true);
}

/** Single-user mode needs no password: how the role is made, and how a changed secret reaches a cluster that exists. @param {string} folder @param {PostgresOptions} options @param {boolean} [create] */
function setRolePassword(folder, options, create = false) {
  const owner = postgresOwner();
  const literal = `'${options.password.replaceAll("'", "''")}'`;
  const rights = options.throwAway ? 'SUPERUSER' : 'CREATEROLE';
  const statements = create
    ? [`CREATE ROLE lxdm LOGIN ${rights} PASSWORD ${literal}`, 'CREATE DATABASE lxdm OWNER lxdm']
    : [`ALTER ROLE lxdm PASSWORD ${literal}`];
  const done = spawnSync(
    join(postgresFolder(owner), 'bin', 'postgres'),
    [
      '--single',
      '-D',
      folder,
      '-c',
      'log_min_error_statement=panic',
      ...(options.throwAway ? ['-c', 'fsync=off'] : []),
      'postgres',
    ],
    {
      ...owner,
      cwd: folder,
      input: `${statements.join('\n')}\n`,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', TZ: 'UTC' },
    },
  );
  if (done.status !== 0 || /ERROR|FATAL/.test(done.stderr)) {
    if (create) rmSync(folder, { recursive: true, force: true });
    throw new Error('The embedded Postgres could not make its role and database.');
  }
  const salt = randomBytes(16);
  writeFileSync(join(folder, 'lxdm.password'), `${salt.toString('hex')} ${digest(options.password, salt)}\n`);
}

/** @param {string} password @param {Buffer} salt */
const digest = (password, salt) => scryptSync(password, salt, 32).toString('hex');

/** Whether the role has this password: a digest beside the cluster tells it without a connection. @param {string} folder @param {string} password */
function knowsPassword(folder, password) {
  const file = join(folder, 'lxdm.password');
  if (!existsSync(file)) return false;
  const [salt = '', kept] = readFileSync(file, 'utf8').trim().split(' ');
  return kept === digest(password, Buffer.from(salt, 'hex'));
}

const stopSignals = /** @type {const} */ ({ smart: 'SIGTERM', fast: 'SIGINT', immediate: 'SIGQUIT', kill: 'SIGKILL' });

/** Ends the server of this folder; `immediate` is a crash with the next start recovering. @param {string} folder @param {keyof typeof stopSignals} [mode] */
export async function stopPostgres(folder, mode = 'fast') {
  const running = runningPostgres(folder);
  if (!running) return;
  process.kill(running.pid, 'SIGCONT'); // a paused server could not end
  process.kill(running.pid, stopSignals[mode]);
  if (await until(() => !alive(running.pid), 30_000)) return;
  process.kill(running.pid, 'SIGQUIT');
  if (!(await until(() => !alive(running.pid), 10_000)))
    throw new Error(`Postgres (process ${running.pid}) does not end.`);
}

/** Freezes or thaws the server with all its backends, as a hanging disk would. @param {string} folder @param {boolean} frozen */
export function freezePostgres(folder, frozen) {
  const running = runningPostgres(folder);
  if (!running) throw new Error('Postgres does not run.');
  // Each backend leads its own process group, so one signal to the group would reach the postmaster alone.
  const children = spawnSync('ps', ['-o', 'pid=', '--ppid', String(running.pid)], { encoding: 'utf8' }).stdout;
  for (const pid of [running.pid, ...children.trim().split(/\s+/).filter(Boolean).map(Number)]) {
    if (alive(pid)) process.kill(pid, frozen ? 'SIGSTOP' : 'SIGCONT');
  }
}
