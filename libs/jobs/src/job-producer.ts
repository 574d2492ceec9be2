import { getQueueToken } from '@nestjs/bull';
import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bull';
import { JobName, JobPayloads } from './job-names';
import { WAKE_TIMEOUT_MS } from './queue-options';

/** Wakes workers. Redis decides nothing: what is lost here is found by the sweep. */
@Injectable()
export class JobProducer {
  private readonly log = new Logger(JobProducer.name);
  private failing = false;

  constructor(private readonly modules: ModuleRef) {}

  /**
   * Asks for a job, best effort: never throws, never waits.
   * @param dedupeKey a job with the same key that has not begun yet makes this one needless
   */
  wake<Name extends JobName>(name: Name, payload: JobPayloads[Name], dedupeKey?: string): void {
    void this.deliver(name, payload, dedupeKey);
  }

  /** As `wake`, for callers that want to know: true when Redis took the job in time. */
  async deliver<Name extends JobName>(name: Name, payload: JobPayloads[Name], dedupeKey?: string): Promise<boolean> {
    try {
      await within(this.queue(name).add(payload, dedupeKey ? { jobId: dedupeKey } : {}), WAKE_TIMEOUT_MS);
      if (this.failing) this.log.log('Redis takes jobs again');
      this.failing = false;
      return true;
    } catch (error) {
      if (!this.failing)
        this.log.warn(
          `Redis does not take jobs, the sweep will find them: ${error instanceof Error ? error.message : String(error)}`,
        );
      this.failing = true;
      return false;
    }
  }

  /** Whether Redis answers, within half a second. */
  async ping(): Promise<boolean> {
    try {
      return (await within(this.queue('hosts.sync').client.ping(), 500)) === 'PONG';
    } catch (error) {
      this.log.debug(`Redis does not answer: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  private queue(name: JobName): Queue {
    return this.modules.get<Queue>(getQueueToken(name), { strict: false });
  }
}

function within<T>(promise: PromiseLike<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
    promise.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
