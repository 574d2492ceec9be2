import { hostname } from 'node:os';
import { HeartbeatsRepository, LeaderLock } from '@lxdm/entities';
import { counter, gauge } from '@lxdm/runtime';
import { Injectable, Logger, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { Due, DueTable } from './due';
import { GitlabDue } from './gitlab-due';
import { Sweeps } from './sweeps';

const TICK_MS = 1_000;

const enqueued = counter('lxdm_scheduler_enqueued_total', 'Jobs asked for, by what was due.', ['due']);
const leading = gauge('lxdm_scheduler_leading', 'Whether this replica is the active one.');

/** Decides what is due and asks for it; does nothing itself. Any number of replicas, one active. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(Scheduler.name);
  private readonly instance = `${hostname()}:${process.pid}`;
  private readonly due: DueTable;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private active = false;
  /** The last fault, or null while everything answers. */
  problem: string | null = null;

  constructor(
    private readonly leader: LeaderLock,
    private readonly heartbeats: HeartbeatsRepository,
    private readonly sweeps: Sweeps,
    private readonly gitlab: GitlabDue,
  ) {
    this.due = new DueTable(this.table());
  }

  onApplicationBootstrap(): void {
    void this.tick();
  }

  async onApplicationShutdown(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    await this.leader.close();
  }

  private table(): readonly Due[] {
    return [
      ...this.sweeps.table(),
      ...this.gitlab.table(),
      {
        name: 'heartbeat',
        everyMs: 5_000,
        enqueue: async () => (await this.heartbeats.beat('scheduler', this.instance), 0),
      },
    ];
  }

  private async tick(): Promise<void> {
    try {
      const active = await this.leader.isLeader();
      if (active && !this.active) {
        this.due.reset();
        this.log.log('this replica is the active one');
      }
      this.active = active;
      leading.set(active ? 1 : 0);
      if (active)
        for (const due of this.due.take(performance.now())) enqueued.inc({ due: due.name }, await due.enqueue());
      this.problem = null;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (problem !== this.problem) this.log.warn(problem);
      this.problem = problem;
      this.active = false;
      leading.set(0);
    }
    if (!this.closed) this.timer = setTimeout(() => void this.tick(), TICK_MS);
  }
}
