import type { QueueOptions } from 'bull';
import Redis, { RedisOptions } from 'ioredis';

/** Redis's answer to a command is waited for no longer than this, in milliseconds, by whoever only wakes a worker. */
export const WAKE_TIMEOUT_MS = 250;

/**
 * bull's options: locks so short that a killed worker's job is taken over within seconds, and no end to how often, because what
 * counts is the wish in Postgres and not the delivery.
 * @param opened told of every connection: bull does not close those that it did not make itself
 */
export function queueOptions(redisUrl: string, opened: (client: Redis) => void): QueueOptions {
  return {
    prefix: 'lxdm',
    createClient: (type) => {
      const client = connect(redisUrl, type === 'client');
      opened(client);
      return client;
    },
    settings: { lockDuration: 10_000, lockRenewTime: 4_000, stalledInterval: 5_000, maxStalledCount: 1_000 },
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true, attempts: 1 },
  };
}

/** A connection that comes back by itself. The producing one fails at once while Redis is away; the consuming ones wait. */
function connect(redisUrl: string, producing: boolean): Redis {
  const options: RedisOptions = {
    maxRetriesPerRequest: null,
    enableReadyCheck: false,
    enableOfflineQueue: !producing,
    connectTimeout: 3_000,
    keepAlive: 5_000,
    retryStrategy: (times) => Math.min(100 * times, 2_000),
  };
  return new Redis(redisUrl, options);
}
