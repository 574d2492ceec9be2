// @ts-check
/** What both services need to know about processes, ports and folders; node: imports only. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether the process runs; a zombie does not. Works without /proc as well. @param {number | undefined} pid */
export function alive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPERM') return false;
  }
  try {
    return !/^\d+ \(.*\) [ZX]/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return !existsSync('/proc/self/stat');
  }
}

/** Whether the process's command line names this text: a pid in a file may belong to somebody else by now. @param {number} pid @param {string} text */
export function commandMentions(pid, text) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').includes(text);
  } catch {
    return !existsSync('/proc/self/stat');
  }
}

/** Polls until `done` says so; false when the time is over. @param {() => boolean | Promise<boolean>} done @param {number} ms @param {number} [step] */
export async function until(done, ms, step = 20) {
  const end = Date.now() + ms;
  for (;;) {
    if (await done()) return true;
    if (Date.now() >= end) return false;
    await delay(step);
  }
}

/** A port that nobody listens on just now. @param {string} [host] @returns {Promise<number>} */
export function freePort(host = '127.0.0.1') {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** @param {number} port @param {string} [host] @returns {Promise<boolean>} */
export function somebodyListens(port, host = '127.0.0.1') {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 500 });
    const answer = (/** @type {boolean} */ yes) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
  });
}

/** The port that this folder used last time if it is still free, else a new one. @param {string} file holds the number */
export async function keptPort(file) {
  const kept = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return kept > 0 && !(await somebodyListens(kept)) ? kept : freePort();
}

/** Whether another user can walk down to this path (every folder above it lets him through). @param {string} path @param {{uid: number, gid: number}} user */
export function reachable(path, user) {
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder)) {
      const { uid, gid, mode } = statSync(folder);
      const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
      if ((mode & bit) === 0) return false;
    }
    if (folder === dirname(folder)) return true;
  }
}

/** The last lines of a log, for an error message. @param {string} file @param {number} [count] */
export function lastLines(file, count = 15) {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
}
