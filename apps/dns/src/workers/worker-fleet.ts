import cluster, { Worker } from 'node:cluster';
import { Check } from '@lxdm/runtime';
import type { Logger } from 'pino';
import { mergedChecks, mergedMetrics } from './merged-reports';
import { isMessage, ToWorker } from './worker-messages';

/** Before a worker that died is started again: at first, and at most while it keeps dying. */
const FIRST_PAUSE_MS = 50;
const LAST_PAUSE_MS = 5_000;
/** Who has lived that long starts with the first pause again. */
const STURDY_MS = 10_000;
/** How long a worker may take to tell how it is, to begin, to end. */
const REPORT_MS = 1_000;
const READY_MS = 30_000;
const STOP_MS = 8_000;

/**
 * Several processes that answer at the same ports. The sockets belong to the first process, so that what waits in them is lost with
 * no worker; each worker follows the database by itself. The first worker's place is the only one that notifies secondaries.
 */
export class WorkerFleet {
  private readonly places: (Worker | undefined)[];
  private readonly waiting = new Map<number, (report: { checks: Check[]; metrics: string }) => void>();
  private readonly pauses: number[];
  private asked = 0;
  private stopping = false;
  private rolling: Promise<void> | undefined;

  constructor(
    private readonly count: number,
    private readonly log: Logger,
  ) {
    this.places = Array.from({ length: count }, () => undefined);
    this.pauses = this.places.map(() => FIRST_PAUSE_MS);
  }

  /** Starts all of them; resolves when each answers queries. */
  async start(): Promise<void> {
    cluster.on('message', (_worker, message: unknown) => {
      if (isMessage(message) && message.kind === 'report' && 'checks' in message)
        this.waiting.get(message.id)?.(message);
    });
    await Promise.all(this.places.map((_, place) => this.fill(place)));
  }

  /** Replaces the workers one after the other: the next one goes only when its successor answers. Settings are read anew by each. */
  replace(): Promise<void> {
    return (this.rolling ??= this.roll().finally(() => (this.rolling = undefined)));
  }

  /** Ends all of them. */
  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(this.places.map((worker) => worker && ended(worker)));
  }

  /** The checks of all that answer. */
  async checks(): Promise<Check[]> {
    const reports = await this.reports();
    return mergedChecks(
      reports.map(({ checks }) => checks),
      this.count,
    );
  }

  /** The metrics of all that answer. */
  async metrics(): Promise<string> {
    const reports = await this.reports();
    return mergedMetrics(reports.map(({ metrics }) => metrics));
  }

  private async roll(): Promise<void> {
    for (const [place, old] of this.places.entries()) {
      if (this.stopping) return;
      const successor = this.fork(place);
      if (await isReady(successor)) {
        this.places[place] = successor;
        if (old) await ended(old);
      } else {
        this.log.error({ place }, 'a new worker does not answer; the old one stays');
        if (old) this.places[place] = old;
        await ended(successor);
      }
    }
    this.log.info('all workers are replaced');
  }

  private async fill(place: number): Promise<void> {
    const worker = this.fork(place);
    this.places[place] = worker;
    await isReady(worker);
  }

  private fork(place: number): Worker {
    const worker = cluster.fork({ LXDM_DNS_WORKER: String(place + 1) });
    const born = performance.now();
    worker.once('exit', (code: number | null, signal: string | null) => {
      // One that was replaced, or that did not become a successor, leaves no gap.
      if (this.stopping || this.places[place] !== worker) return;
      const pause = performance.now() - born > STURDY_MS ? FIRST_PAUSE_MS : (this.pauses[place] ?? FIRST_PAUSE_MS);
      this.pauses[place] = Math.min(pause * 2, LAST_PAUSE_MS);
      this.log.error({ place: place + 1, code, signal, pause }, 'a worker ended; it is started again');
      setTimeout(() => !this.stopping && this.places[place] === worker && void this.fill(place), pause);
    });
    return worker;
  }

  private async reports(): Promise<{ checks: Check[]; metrics: string }[]> {
    const found = await Promise.all(this.places.map((worker) => worker && this.reportOf(worker)));
    return found.filter((report) => report !== undefined);
  }

  private reportOf(worker: Worker): Promise<{ checks: Check[]; metrics: string } | undefined> {
    if (!worker.isConnected()) return Promise.resolve(undefined);
    const id = ++this.asked;
    return new Promise((resolve) => {
      const done = (report?: { checks: Check[]; metrics: string }): void => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(report);
      };
      const timer = setTimeout(done, REPORT_MS);
      this.waiting.set(id, done);
      worker.send({ kind: 'report', id } satisfies ToWorker, (error) => error && done());
    });
  }
}

function isReady(worker: Worker): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), READY_MS);
    const done = (ready: boolean): void => {
      clearTimeout(timer);
      resolve(ready);
    };
    worker.on('message', (message: unknown) => isMessage(message) && message.kind === 'ready' && done(true));
    worker.once('exit', () => done(false));
  });
}

/** Lets a worker answer what it has read, and ends it. */
function ended(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    if (worker.isDead()) return resolve();
    const impatience = setTimeout(() => worker.process.kill('SIGKILL'), STOP_MS);
    worker.once('exit', () => {
      clearTimeout(impatience);
      resolve();
    });
    worker.process.kill('SIGTERM');
  });
}
