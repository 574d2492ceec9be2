// @ts-check
/** Brings the whole manager up in order, and down in the reverse one. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cliEnvironment,
  dnsDatabaseUrl,
  embeddedPostgres,
  operatorCommand,
  privateRedis,
  stopPostgres,
  stopRedis,
} from './backing.mjs';
import { portFaults } from './ports.mjs';
import { consoleAddress, programs, readyAddresses } from './programs.mjs';
import { say, step } from './progress.mjs';
import { revive } from './revive.mjs';
import { claim, forget, record } from './run-state.mjs';
import { lastLines, until } from './services/processes.mjs';
import { runningPostgres } from './services/postgres.mjs';
import { runningRedis } from './services/redis.mjs';
import { readSettings } from './settings.mjs';
import { Supervisor } from './supervisor.mjs';
import { ExpectedError } from './workspace.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {{console: string, admin: Admin, restarts: () => Record<string, number>}} Started */
/** @typedef {{password: string, from: 'setting' | 'generated' | 'file' | 'elsewhere', file: string}} Admin */

/** The settings of the environment; throws with every fault, the ports' included. @returns {Promise<Settings>} */
export async function checkedSettings() {
  const { settings, faults } = readSettings(process.env, (path) => readFileSync(path, 'utf8'));
  if (faults.length === 0) {
    await claim(settings.dataDir, say);
    faults.push(...(await portFaults(settings)));
  }
  if (faults.length > 0)
    throw new ExpectedError(
      `The settings are not right (docs/running.md lists them):\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
  return settings;
}

export class Stack {
  /** @type {(() => Promise<void>)[]} what ends it, last started first */
  #endings = [];
  #stopping = false;
  /** @param {Settings} settings @param {(reason: string) => void} givenUp */
  constructor(settings, givenUp) {
    this.settings = settings;
    this.givenUp = givenUp;
  }

  /** @returns {Promise<Started>} */
  async start() {
    const { settings } = this;
    this.#record({});
    this.#endings.push(async () => forget(settings.dataDir));
    const cli = cliEnvironment(settings);
    await this.#step('secrets and certificate', () => operatorCommand(['setup'], cli));
    const databaseUrl = await this.#step('database', () => this.#database());
    const redisUrl = await this.#step('Redis', (report) => this.#redis(report));
    const env = { ...cli, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl };
    await this.#step('tables', () => operatorCommand(['migrate'], env));
    const admin = await this.#step('admin account', () => this.#admin(env));
    const addresses = { databaseUrl, redisUrl, dnsDatabaseUrl: dnsDatabaseUrl(settings, databaseUrl) };
    const supervisor = await this.#step('api, worker, scheduler, dns', (report) => this.#processes(addresses, report));
    return { console: consoleAddress(settings), admin, restarts: () => supervisor.restarts };
  }

  /** A step that is not begun any more when everything is being stopped. @template T @param {string} name @param {(report: (detail: string) => void) => Promise<T>} work */
  #step(name, work) {
    if (this.#stopping) throw new ExpectedError('It was stopped before it had started.');
    return step(name, work);
  }

  /** Ends what was started here, and only that, in the reverse order. */
  async stop() {
    this.#stopping = true;
    for (const end of this.#endings.splice(0).reverse()) await end();
  }

  /** @param {Record<string, number>} processes */
  #record(processes) {
    const { dataDir, secretsDir } = this.settings;
    record(dataDir, { console: consoleAddress(this.settings), secrets: secretsDir, processes });
  }

  async #database() {
    if (this.settings.databaseUrl) return this.settings.databaseUrl;
    const server = await embeddedPostgres(this.settings);
    this.#endings.push(() => stopPostgres(server.folder));
    this.#watch(
      'Postgres',
      server.port,
      () => runningPostgres(server.folder),
      () => embeddedPostgres(this.settings),
    );
    return server.url;
  }

  /** @param {string} name @param {number} port @param {() => {port: number} | undefined} running @param {() => Promise<{port: number}>} start */
  #watch(name, port, running, start) {
    const givenUp = (/** @type {string} */ reason) => this.givenUp(reason);
    this.#endings.push(revive({ name, port, running, start, say, givenUp }));
  }

  /** @param {(detail: string) => void} report */
  async #redis(report) {
    if (this.settings.redisUrl) return this.settings.redisUrl;
    const server = await privateRedis(this.settings, report);
    const { dataDir } = this.settings;
    this.#endings.push(() => stopRedis(dataDir));
    this.#watch(
      'Redis',
      server.port,
      () => runningRedis(dataDir),
      () => privateRedis(this.settings, say),
    );
    return server.url;
  }

  /** The first admin, if there is none yet. @param {NodeJS.ProcessEnv} env @returns {Promise<Admin>} */
  async #admin(env) {
    const file = join(this.settings.dataDir, 'admin-password');
    const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
    const password = this.settings.adminPassword ?? kept ?? randomBytes(15).toString('base64url');
    // Kept before it is used: an admin whose password nobody knows is worse than a file too many.
    if (!this.settings.adminPassword && !kept) writeFileSync(file, `${password}\n`, { mode: 0o600 });
    const words = ['createsuperuser', '--username', 'admin', '--password-stdin', '--if-missing'];
    const made = (await operatorCommand(words, env, `${password}\n`)).startsWith('created');
    if (this.settings.adminPassword) return { password, from: 'setting', file };
    if (made) return { password, from: 'generated', file };
    if (kept) return { password, from: 'file', file };
    rmSync(file);
    return { password: '', from: 'elsewhere', file };
  }

  /** @param {import('./backing.mjs').Addresses} addresses @param {(detail: string) => void} report */
  async #processes(addresses, report) {
    const { settings } = this;
    // Asked again: installing and building took a while, and somebody else's answer on our port would pass for ours.
    const faults = await portFaults(settings);
    if (faults.length > 0) throw new ExpectedError(faults.join('\n'));
    const logDir = join(settings.dataDir, 'log');
    let failed = '';
    let ready = false;
    const supervisor = new Supervisor({
      logDir,
      say,
      givenUp: (reason) => {
        failed = reason;
        if (ready) this.givenUp(reason);
      },
      changed: (processes) => this.#record(processes),
    });
    this.#endings.push(() => supervisor.stop());
    for (const program of programs(settings, addresses)) supervisor.start(program);
    const waiting = new Map(Object.entries(readyAddresses(settings)));
    const allReady = async () => {
      const missing = [];
      for (const [name, url] of waiting) {
        const answer = await health(url);
        if (answer === '') waiting.delete(name);
        else missing.push(`${name} ${answer}`);
      }
      if (missing.length > 0) report(missing.join('; '));
      return waiting.size === 0 || failed !== '' || this.#stopping;
    };
    await until(allReady, 90_000, 250);
    if (this.#stopping) throw new ExpectedError('It was stopped before it was ready.');
    if (failed) throw new ExpectedError(failed);
    if (waiting.size > 0) {
      const logs = ['api', 'worker', 'scheduler', 'dns'].map(
        (name) => `--- ${name}.log\n${lastLines(join(logDir, `${name}.log`), 5)}`,
      );
      throw new ExpectedError(`Not ready after 90 s: ${[...waiting.keys()].join(', ')}.\n${logs.join('\n')}`);
    }
    ready = true;
    return supervisor;
  }
}

/** Empty when ready, else why not. @param {string} url @returns {Promise<string>} */
async function health(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    if (response.ok) return '';
    const body = /** @type {{checks?: {name: string, ok: boolean}[]}} */ (await response.json());
    const missing = body.checks?.filter((check) => !check.ok).map((check) => check.name);
    return missing && missing.length > 0 ? `waits for ${missing.join(', ')}` : `answers ${response.status}`;
  } catch {
    return 'does not answer yet';
  }
}
