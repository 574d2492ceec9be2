import { BullModule, getQueueToken } from '@nestjs/bull';
import {
  DynamicModule,
  Global,
  Inject,
  Logger,
  Module,
  OnApplicationBootstrap,
  OnApplicationShutdown,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bull';
import type Redis from 'ioredis';
import { JobConsumer } from './job-consumer';
import { JOB_NAMES } from './job-names';
import { JobProducer } from './job-producer';
import { queueOptions } from './queue-options';

/** Every connection to Redis that the process holds. */
const CONNECTIONS = Symbol('Redis connections');

/** The queues for a Nest process. */
@Global()
@Module({})
export class JobsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(JobsModule.name);

  constructor(
    private readonly modules: ModuleRef,
    @Inject(CONNECTIONS) private readonly connections: Redis[],
  ) {}

  static forRoot(options: { redisUrl: string }): DynamicModule {
    const connections: Redis[] = [];
    const queue = queueOptions(options.redisUrl, (client) => connections.push(client));
    return {
      module: JobsModule,
      imports: [BullModule.registerQueue(...JOB_NAMES.map((name) => ({ name, ...queue })))],
      providers: [{ provide: CONNECTIONS, useValue: connections }, JobProducer, JobConsumer],
      exports: [JobProducer, JobConsumer],
    };
  }

  /** A queue without a listener for its errors would end the process when Redis goes away. */
  onApplicationBootstrap(): void {
    for (const queue of this.queues()) queue.on('error', (error) => this.log.debug(`${queue.name}: ${error.message}`));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.queues().map((queue) => queue.close(true).catch((error: unknown) => this.log.debug(error))));
    for (const connection of this.connections) connection.disconnect();
  }

  private queues(): Queue[] {
    return JOB_NAMES.map((name) => this.modules.get<Queue>(getQueueToken(name), { strict: false }));
  }
}
