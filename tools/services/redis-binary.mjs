// @ts-check
/**
 * Finds a Redis server: on PATH, else from Debian. Debian's package `redis-tools` already holds the server's program (redis-server is a
 * symbolic link to it), so nothing that would start a service of its own has to be installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** @typedef {{file: string, libraries?: string}} RedisBinary */

/** @param {string} dataDir where a private copy is put @param {(text: string) => void} [say] @returns {RedisBinary} */
export function redisBinary(dataDir, say = () => undefined) {
  const present = onPath('redis-server') ?? onPath('redis-check-rdb');
  if (present) return { file: present };
  const kept = unpacked(dataDir);
  if (kept) return kept;
  if (onPath('apt-get')) {
    if (process.getuid?.() === 0) {
      say('installs Redis (Debian package redis-tools)');
      if (install()) return { file: '/usr/bin/redis-check-rdb' };
    }
    say("fetches Redis into the data folder (Debian's redis-tools, 1.5 MB)");
    if (download(dataDir)) return /** @type {RedisBinary} */ (unpacked(dataDir));
  }
  throw new Error('There is no Redis here: install the package redis-server, or set REDIS_URL to one that runs.');
}

/** @param {string} name */
function onPath(name) {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function install() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const get = (/** @type {string[]} */ ...words) => spawnSync('apt-get', words, { env, stdio: 'ignore' }).status === 0;
  const once = () => get('install', '-y', '--no-install-recommends', 'redis-tools');
  return once() || (get('update') && once());
}

/** @param {string} dataDir */
const packageFolder = (dataDir) => join(resolve(dataDir), 'redis-package');

/** @param {string} dataDir @returns {RedisBinary | undefined} */
function unpacked(dataDir) {
  const file = join(packageFolder(dataDir), 'usr/bin/redis-check-rdb');
  if (!existsSync(file)) return undefined;
  const base = join(packageFolder(dataDir), 'usr/lib');
  return {
    file,
    libraries: readdirSync(base)
      .map((name) => join(base, name))
      .join(':'),
  };
}

/** Needs no root: apt's lists are fetched into a folder of our own where the system has none. @param {string} dataDir */
function download(dataDir) {
  const half = `${packageFolder(dataDir)}.${process.pid}`;
  const lists = join(half, 'apt');
  mkdirSync(join(lists, 'partial'), { recursive: true });
  const names = ['redis-tools', 'liblzf1', 'libjemalloc2', 'libatomic1'];
  const get = (/** @type {string[]} */ ...words) =>
    spawnSync('apt-get', words, { cwd: half, stdio: 'ignore' }).status === 0;
  const own = ['-o', `Dir::State::lists=${lists}`, '-o', `Dir::Cache=${lists}`];
  const fetched = get('download', ...names) || (get(...own, 'update') && get(...own, 'download', ...names));
  const packages = fetched ? readdirSync(half).filter((name) => name.endsWith('.deb')) : [];
  const done =
    packages.length > 0 &&
    packages.every((name) => spawnSync('dpkg-deb', ['-x', name, '.'], { cwd: half }).status === 0);
  rmSync(lists, { recursive: true, force: true });
  if (done) renameSync(half, packageFolder(dataDir));
  rmSync(half, { recursive: true, force: true });
  return done;
}
