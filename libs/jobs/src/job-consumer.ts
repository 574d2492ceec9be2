import { getQueueToken } from '@nestjs/bull';
import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bull';
import { CONCURRENCY, JOB_NAMES, JobHandlers, JobName } from './job-names';

/** Runs handlers for the jobs of every queue. */
@Injectable()
export class JobConsumer {
  private readonly log = new Logger(JobConsumer.name);

  constructor(private readonly modules: ModuleRef) {}

  /**
   * Begins to take jobs.
   * @param onFailure told of every job whose handler threw: the wish is still in Postgres, so the sweep asks again
   */
  start(handlers: JobHandlers, onFailure: (name: JobName, error: Error) => void): void {
    for (const name of JOB_NAMES) {
      const queue = this.queue(name);
      const handler = handlers[name] as (payload: unknown) => Promise<void>;
      void queue
        .process(CONCURRENCY[name], (job) => handler(job.data))
        .catch((error: unknown) => this.log.error(error));
      queue.on('failed', (_job, error) => onFailure(name, error));
      queue.on('error', (error) => this.log.warn(`${name}: ${error.message}`));
    }
  }

  /** Stops taking jobs, within the time given. Those that are running are short, and what they wake is found by the sweep. */
  async stop(milliseconds: number): Promise<void> {
    // Without waiting for running jobs, and before @nestjs/bull closes the queues with waiting: while Redis is away, bull leaves a
    // rejection to nobody then, which ends the process.
    const closed = Promise.all(JOB_NAMES.map((name) => this.queue(name).close(true)));
    const timer = new Promise<void>((resolve) => setTimeout(resolve, milliseconds).unref());
    await Promise.race([closed.then(() => undefined), timer]).catch((error: unknown) => this.log.warn(error));
  }

  private queue(name: JobName): Queue {
    return this.modules.get<Queue>(getQueueToken(name), { strict: false });
  }
}
