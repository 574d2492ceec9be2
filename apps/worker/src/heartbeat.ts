import { hostname } from 'node:os';
import { HeartbeatsRepository } from '@lxdm/entities';
import { Injectable, Logger, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';

const EVERY_MS = 5_000;

/** Says every few seconds that this worker is alive. */
@Injectable()
export class Heartbeat implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(Heartbeat.name);
  private readonly instance = `${hostname()}:${process.pid}`;
  private timer: NodeJS.Timeout | undefined;
  /** The last fault of the database, or null while it answers. */
  problem: string | null = null;

  constructor(private readonly heartbeats: HeartbeatsRepository) {}

  onApplicationBootstrap(): void {
    void this.beat();
    this.timer = setInterval(() => void this.beat(), EVERY_MS);
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async beat(): Promise<void> {
    try {
      await this.heartbeats.beat('worker', this.instance);
      this.problem = null;
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      this.log.warn(`The database does not answer: ${this.problem}`);
    }
  }
}
