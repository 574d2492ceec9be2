// @ts-check
/**
 * Keeps the manager's processes running: starts them again with growing pauses when they die, gives up when one keeps dying, and ends them
 * all in good order. Each runs in a session of its own, so that Ctrl-C reaches the launcher alone.
 */
import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { followErrors, openLog } from './log-files.mjs';
import { alive, lastLines, until } from './services/processes.mjs';

/**
 * @typedef {{name: string, file: string, args?: string[], env: NodeJS.ProcessEnv}} Program
 *
 * @typedef {object} Options
 * @property {string} logDir
 * @property {(text: string) => void} say
 * @property {(reason: string) => void} givenUp called once, when a program keeps dying
 * @property {(pids: Record<string, number>) => void} [changed] told which processes run now
 * @property {number} [graceMs] between SIGTERM and SIGKILL
 * @property {number} [pauseMs] the first pause before a restart; it doubles
 * @property {number} [patience] deaths in a row soon after a start before it is given up
 * @property {number} [soonMs] how soon that is: a process that lived longer works, whatever ended it
 */

/** What a process ends with when another start would not help (EX_CONFIG of sysexits.h). */
const wrongSettings = 78;

export class Supervisor {
  /** @type {Map<string, {child: import('node:child_process').ChildProcess, since: number, unfollow: () => void}>} */
  #running = new Map();
  /** @type {Map<string, {all: number, soon: number}>} deaths since the start, and those in a row that came soon after a start */
  #deaths = new Map();
  /** @type {Set<NodeJS.Timeout>} */
  #pauses = new Set();
  #stopping = false;
  /** @type {Required<Omit<Options, 'changed'>> & Pick<Options, 'changed'>} */
  #options;

  /** @param {Options} options */
  constructor(options) {
    this.#options = { graceMs: 10_000, pauseMs: 500, patience: 5, soonMs: 15_000, ...options };
  }

  /** @param {Program} program */
  start(program) {
    if (this.#stopping) return;
    const { file: logFile, descriptor } = openLog(this.#options.logDir, program.name);
    const child = spawn(process.execPath, [program.file, ...(program.args ?? [])], {
      env: program.env,
      detached: true,
      stdio: ['ignore', descriptor, descriptor],
    });
    closeSync(descriptor);
    const unfollow = followErrors(logFile, (line) => this.#options.say(`  ${program.name}: ${line}`));
    this.#running.set(program.name, { child, since: performance.now(), unfollow });
    child.once('exit', (code, signal) =>
      this.#died(program, logFile, {
        how: signal ? `was ended by ${signal}` : `ended with exit code ${code}`,
        code,
        signal,
      }),
    );
    child.once('error', (error) =>
      this.#died(program, logFile, { how: `could not be started (${error.message})`, code: 1, signal: null }),
    );
    this.#tell();
  }

  /** How often each program died since the start. @returns {Record<string, number>} */
  get restarts() {
    return Object.fromEntries([...this.#deaths].map(([name, { all }]) => [name, all]));
  }

  /** @param {string} name @returns {number | undefined} */
  pid(name) {
    return this.#running.get(name)?.child.pid;
  }

  /** Ends all: SIGTERM, a grace, SIGKILL. Resolves when no process is left. */
  async stop() {
    this.#stopping = true;
    for (const pause of this.#pauses) clearTimeout(pause);
    const children = [...this.#running.values()].map(({ child }) => child);
    for (const child of children) child.kill('SIGTERM');
    const gone = () => children.every((child) => !alive(child.pid));
    if (!(await until(gone, this.#options.graceMs))) {
      for (const [name, { child }] of this.#running) {
        if (!alive(child.pid)) continue;
        this.#options.say(`  ${name} does not end by itself and is killed.`);
        child.kill('SIGKILL');
      }
      await until(gone, 5_000);
    }
    for (const { unfollow } of this.#running.values()) unfollow();
    this.#running.clear();
    this.#tell();
  }

  #tell() {
    this.#options.changed?.(Object.fromEntries([...this.#running].map(([name, { child }]) => [name, child.pid ?? 0])));
  }

  /** @param {Program} program @param {string} logFile @param {{how: string, code: number | null, signal: NodeJS.Signals | null}} end */
  #died(program, logFile, { how, code, signal }) {
    if (this.#stopping) return;
    const life = this.#running.get(program.name);
    life?.unfollow();
    this.#running.delete(program.name);
    this.#tell();
    const before = this.#deaths.get(program.name) ?? { all: 0, soon: 0 };
    const livedFor = life ? performance.now() - life.since : 0;
    // What was killed (by hand, for want of memory) is no sign that another start would fail as well.
    const killed = signal === 'SIGKILL' || signal === 'SIGTERM';
    const soon = livedFor >= this.#options.soonMs ? 0 : killed ? before.soon : before.soon + 1;
    const deaths = { all: before.all + 1, soon };
    this.#deaths.set(program.name, deaths);
    if (soon >= this.#options.patience || code === wrongSettings) {
      this.#stopping = true;
      const often =
        code === wrongSettings ? ': its settings are wrong' : `, ${soon} times in a row soon after its start`;
      this.#options.givenUp(`${program.name} ${how}${often}. Its log ${logFile} ends:\n${lastLines(logFile)}`);
      return;
    }
    const pause = this.#options.pauseMs * 2 ** Math.max(0, soon - 1);
    this.#options.say(
      `  ${program.name} ${how} (time ${deaths.all}) and is started again in ${pause / 1000} s; see ${logFile}`,
    );
    const timer = setTimeout(() => {
      this.#pauses.delete(timer);
      this.start(program);
    }, pause);
    this.#pauses.add(timer);
  }
}
