import { BullModule, getQueueToken } from '@nestjs/bull';
import { DynamicModule, Global, Logger, Module, OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bull';
import { JobConsumer } from './job-consumer';
import { JOB_NAMES } from './job-names';
import { JobProducer } from './job-producer';
import { queueOptions } from './queue-options';

/** The queues for a Nest process. */
@Global()
@Module({})
export class JobsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(JobsModule.name);

  constructor(private readonly modules: ModuleRef) {}

  static forRoot(options: { redisUrl: string }): DynamicModule {
    return {
      module: JobsModule,
      imports: [BullModule.registerQueue(...JOB_NAMES.map((name) => ({ name, ...queueOptions(options.redisUrl) })))],
      providers: [JobProducer, JobConsumer],
      exports: [JobProducer, JobConsumer],
    };
  }

  /** A queue without a listener for its errors would end the process when Redis goes away. */
  onApplicationBootstrap(): void {
    for (const queue of this.queues()) queue.on('error', (error) => this.log.debug(`${queue.name}: ${error.message}`));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.queues().map((queue) => queue.close(true).catch((error: unknown) => this.log.debug(error))));
  }

  private queues(): Queue[] {
    return JOB_NAMES.map((name) => this.modules.get<Queue>(getQueueToken(name), { strict: false }));
  }
}
