// @ts-check
/** The manager as `npm start` starts it, from a data folder of its own, for measuring. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiSession } from '../tools/api-session.mjs';
import { root } from '../tools/workspace.mjs';

const password = 'bench-password-4711';
const ports = { http: 18080, dns: 15300, metrics: 19101 };

export class RunningStack {
  /** @type {import('node:child_process').ChildProcess | undefined} */
  #launcher;
  dir = mkdtempSync(join(tmpdir(), 'lxdm-bench-'));
  origin = `http://127.0.0.1:${ports.http}`;

  /** Starts it and says how long it took until it was ready, in seconds. @returns {Promise<number>} */
  async start() {
    const start = performance.now();
    const launcher = spawn(process.execPath, ['tools/run.mjs', 'start'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        LXDM_DATA_DIR: this.dir,
        LXDM_SECRETS_DIR: join(this.dir, 'secrets'),
        LXDM_CERTS_DIR: join(this.dir, 'certs'),
        LXDM_HTTP_PORT: String(ports.http),
        LXDM_DNS_PORT: String(ports.dns),
        LXDM_METRICS_PORT: String(ports.metrics),
        LXDM_ADMIN_PASSWORD: password,
      },
    });
    this.#launcher = launcher;
    let output = '';
    launcher.stdout.on('data', (chunk) => (output += chunk));
    launcher.stderr.on('data', (chunk) => (output += chunk));
    for (;;) {
      if (launcher.exitCode !== null) throw new Error(`npm start ended:\n${output}`);
      if (await this.#ready()) return (performance.now() - start) / 1000;
      if (performance.now() - start > 120_000) throw new Error(`not ready after two minutes:\n${output}`);
      await delay(50);
    }
  }

  async #ready() {
    try {
      return (await fetch(`${this.origin}/api/health/ready`)).ok;
    } catch {
      return false; // nothing listens there yet
    }
  }

  /** A signed-in admin with sudo on. @returns {Promise<ApiSession>} */
  async signedIn() {
    const session = new ApiSession(this.origin, new AbortController().signal);
    await session.signIn('admin', password);
    await session.sudo(password);
    return session;
  }

  /** The four processes. @returns {Record<string, number>} */
  processes() {
    return JSON.parse(readFileSync(join(this.dir, 'run.json'), 'utf8')).processes;
  }

  /** What an environment variable of one of the processes says. @param {string} process @param {string} name */
  environmentOf(process, name) {
    const pairs = readFileSync(`/proc/${this.processes()[process]}/environ`, 'utf8').split('\0');
    return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  }

  /** Resident memory of the four processes together, in MB. */
  memory() {
    return Object.values(this.processes())
      .map((pid) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
      .reduce((sum, megabytes) => sum + megabytes, 0);
  }

  async stop() {
    const launcher = this.#launcher;
    if (!launcher || launcher.exitCode !== null) return;
    const ended = new Promise((resolve) => launcher.once('exit', resolve));
    launcher.kill('SIGTERM');
    await ended;
  }

  async remove() {
    await this.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
