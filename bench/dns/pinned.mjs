// @ts-check
/** Programs that run on one processor core each, so that the client never takes the server's. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export const SERVER_CORE = 0;
export const CLIENT_CORE = 1;

/** Whether a program is installed. @param {string} program */
export const installed = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** A server on its core. */
export class Pinned {
  #ended = false;
  #output = '';

  /** @param {string} program @param {string[]} args @param {Record<string, string>} [env] */
  constructor(program, args, env = {}) {
    this.child = spawn('taskset', ['-c', String(SERVER_CORE), program, ...args], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (text) => this.#note(text));
    this.child.stderr?.on('data', (text) => this.#note(text));
    this.child.once('exit', () => (this.#ended = true));
  }

  /** What it said last. */
  get output() {
    return this.#output;
  }

  /** Resident memory in MB. */
  memory() {
    const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'))?.[1] ?? 0;
    return Number(kilobytes) / 1024;
  }

  async stop() {
    if (this.#ended) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }

  /** @param {Buffer} text */
  #note(text) {
    this.#output = (this.#output + String(text)).slice(-4000);
  }
}

/** Puts a process that runs already, with all its children, on a core. @param {number} pid @param {number} [core] */
export function pinTree(pid, core = SERVER_CORE) {
  for (const each of tree(pid)) spawnSync('taskset', ['-acp', String(core), String(each)]);
}

/**
 * Lets a process, with all its children and those that it starts later, go before others on its core. Real time and not a nice value, which
 * counts only among the processes of one session. Only root may.
 * @param {number} pid @returns {boolean} whether that could be done
 */
export function favourTree(pid) {
  // A child that ended meanwhile needs nothing.
  for (const each of tree(pid)) spawnSync('chrt', ['--all-tasks', '--rr', '--pid', '1', String(each)]);
  return spawnSync('chrt', ['--pid', String(pid)], { encoding: 'utf8' }).stdout.includes('SCHED_RR');
}

/** @param {number} pid */
function tree(pid) {
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  return [pid, ...children.split('\n').map(Number).filter(Boolean)];
}
