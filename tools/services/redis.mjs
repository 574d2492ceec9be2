// @ts-check
/**
 * A private Redis: on loopback, with a password and a port of its own, and nothing on disk, because it only wakes the worker up. Its
 * configuration goes in through standard input, so the password is in no file and in no command line.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join, resolve } from 'node:path';
import { alive, commandMentions, keptPort, lastLines, until } from './processes.mjs';
import { redisBinary } from './redis-binary.mjs';

/**
 * @typedef {object} RedisOptions
 * @property {string} dataDir
 * @property {string} password
 * @property {string} [logFile]
 * @property {(text: string) => void} [say]
 *
 * @typedef {{url: string, port: number, pid: number, attached: boolean}} Redis
 */

/** @param {string} dataDir */
const folderOf = (dataDir) => join(resolve(dataDir), 'redis');

/** The running server of this folder. @param {string} dataDir @returns {{pid: number, port: number} | undefined} */
export function runningRedis(dataDir) {
  const file = join(folderOf(dataDir), 'pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (!alive(pid) || !commandMentions(pid, 'redis')) return undefined;
  return { pid, port: Number(readFileSync(join(folderOf(dataDir), 'port'), 'utf8')) };
}

/** @param {number} port @param {string} password */
export const redisUrl = (port, password) => `redis://:${encodeURIComponent(password)}@127.0.0.1:${port}/0`;

/** Whether a Redis answers here to this password. @param {number} port @param {string} password @returns {Promise<boolean>} */
export function redisAnswers(port, password) {
  return new Promise((done) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1000 });
    let heard = '';
    const end = (/** @type {boolean} */ yes) => {
      socket.destroy();
      done(yes);
    };
    const bulk = (/** @type {string} */ word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`;
    socket.once('connect', () => socket.write(`*2\r\n${bulk('AUTH')}${bulk(password)}*1\r\n${bulk('PING')}`));
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      if (heard.includes('+PONG')) end(true);
      else if (heard.includes('-')) end(false);
    });
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

/** Starts Redis, or finds it running with this password. @param {RedisOptions} options @returns {Promise<Redis>} */
export async function startRedis(options) {
  const folder = folderOf(options.dataDir);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = runningRedis(options.dataDir);
  if (found) {
    process.kill(found.pid, 'SIGCONT');
    if (await redisAnswers(found.port, options.password))
      return { url: redisUrl(found.port, options.password), ...found, attached: true };
    await stopRedis(options.dataDir); // the password was changed
  }
  const binary = redisBinary(options.dataDir, options.say);
  const port = await keptPort(join(folder, 'port'));
  const logFile = options.logFile ?? join(resolve(options.dataDir), 'redis.log');
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(binary.file, ['-'], {
    argv0: 'redis-server',
    cwd: folder,
    detached: true,
    stdio: ['pipe', log, log],
    env: { PATH: process.env['PATH'], ...(binary.libraries ? { LD_LIBRARY_PATH: binary.libraries } : {}) },
  });
  closeSync(log);
  let gone = false;
  child.once('exit', () => (gone = true));
  child.once('error', () => (gone = true));
  const quoted = options.password.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  child.stdin?.once('error', () => (gone = true));
  child.stdin?.end(
    `bind 127.0.0.1\nport ${port}\nrequirepass "${quoted}"\nsave ""\nappendonly no\nmaxmemory-policy noeviction\ndaemonize no\n`,
  );
  child.unref();
  writeFileSync(join(folder, 'port'), `${port}\n`);
  writeFileSync(join(folder, 'pid'), `${child.pid ?? 0}\n`);
  const ready = await until(() => gone || redisAnswers(port, options.password), 10_000);
  if (gone || !ready) throw new Error(`Redis did not start; ${logFile} ends:\n${lastLines(logFile)}`);
  return { url: redisUrl(port, options.password), port, pid: child.pid ?? 0, attached: false };
}

/** Ends the Redis of this folder; with `kill` as a crash does. @param {string} dataDir @param {'term' | 'kill'} [mode] */
export async function stopRedis(dataDir, mode = 'term') {
  const running = runningRedis(dataDir);
  if (running) {
    process.kill(running.pid, 'SIGCONT');
    process.kill(running.pid, mode === 'kill' ? 'SIGKILL' : 'SIGTERM');
    if (!(await until(() => !alive(running.pid), 10_000))) process.kill(running.pid, 'SIGKILL');
  }
  rmSync(join(folderOf(dataDir), 'pid'), { force: true });
}

/** @param {string} dataDir @param {boolean} frozen */
export function freezeRedis(dataDir, frozen) {
  const running = runningRedis(dataDir);
  if (!running) throw new Error('Redis does not run.');
  process.kill(running.pid, frozen ? 'SIGSTOP' : 'SIGCONT');
}
