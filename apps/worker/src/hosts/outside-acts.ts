import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostAct, HostAuditRepository } from '@lxdm/entities';
import type { LifecycleEvent } from '@lxdm/lxd-client';
import { counter } from '@lxdm/runtime';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { SETTINGS, WorkerSettings } from '../settings';
import { ActLimiter } from './act-limiter';
import { EventfulHost, outsideAct } from './outside-act';

/** Written down together this often: our own work on a container is in the database before its events are looked at. */
const FLUSH_MS = 1_000;
/** What waits for a database that is away; more is dropped. */
const MOST_WAITING = 2_000;

const dropped = counter('lxdm_host_acts_dropped_total', 'Changes made on hosts that were not written down.');

/** Writes down what is done to containers on their hosts by others. It holds nobody up: whoever hears an event only hands it over. */
@Injectable()
export class OutsideActs {
  private readonly log = new Logger(OutsideActs.name);
  private readonly own: string;
  private readonly limiter = new ActLimiter();
  private waiting: HostAct[] = [];
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(
    @Inject(SETTINGS) settings: WorkerSettings,
    private readonly audit: HostAuditRepository,
  ) {
    const certificate = new X509Certificate(readFileSync(join(settings.certsDir, 'lxd.crt')));
    this.own = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  }

  start(): void {
    this.timer = setInterval(() => this.flush(), FLUSH_MS);
  }

  /** Takes note of an event; never throws, never waits. */
  hear(host: EventfulHost, event: LifecycleEvent): void {
    const act = outsideAct(host, event, this.own);
    if (!act || !this.limiter.admit(act, performance.now())) return;
    if (this.waiting.length < MOST_WAITING) this.waiting.push(act);
    else dropped.inc();
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    this.flush();
    await this.flushing;
  }

  private flush(): void {
    this.flushing = this.flushing.then(() => this.write());
  }

  private async write(): Promise<void> {
    const acts = [...this.waiting, ...this.limiter.close(performance.now())].slice(0, MOST_WAITING);
    this.waiting = [];
    try {
      await this.audit.record(acts);
      this.failing = false;
    } catch (error) {
      if (!this.failing) this.log.warn(`Changes on hosts wait to be written down: ${String(error)}`);
      this.failing = true;
      const all = [...acts, ...this.waiting];
      this.waiting = all.slice(0, MOST_WAITING);
      dropped.inc(all.length - this.waiting.length);
    }
  }
}
