import { HeartbeatsRepository, pendingMigrations, Pulse } from '@lxdm/entities';
import { JobProducer } from '@lxdm/jobs';
import { Check } from '@lxdm/runtime';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { pulseCheck, unreachable } from './pulse-check';

const TIMEOUT_MS = 2_000;
const KEEP_MS = 1_000;

/** Whether everything that the product needs is there. */
@Injectable()
export class ReadinessService {
  private cached: { at: number; checks: Promise<Check[]> } | undefined;
  private migrated: Promise<boolean> | undefined;

  constructor(
    private readonly heartbeats: HeartbeatsRepository,
    private readonly jobs: JobProducer,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'databaseUrl' | 'dnsHealthUrl'>,
  ) {}

  /** All checks; asked at most once a second, because everybody may ask. */
  checks(): Promise<Check[]> {
    const now = Date.now();
    if (!this.cached || now - this.cached.at > KEEP_MS) this.cached = { at: now, checks: this.look() };
    return this.cached.checks;
  }

  /** Only what this process needs to answer requests: for its own health port. */
  async own(): Promise<Check[]> {
    return (await this.checks()).filter(({ name }) => name === 'postgres' || name === 'migrations');
  }

  private async look(): Promise<Check[]> {
    const pulses = within(this.heartbeats.pulses()).catch((error: unknown) => unreachable(error));
    const [found, redis, migrations, dns] = await Promise.all([pulses, this.redis(), this.migrations(), this.dns()]);
    const postgres: Check =
      typeof found === 'string'
        ? { name: 'postgres', ok: false, detail: found }
        : { name: 'postgres', ok: true, detail: 'answers' };
    const beats: Pulse[] = typeof found === 'string' ? [] : found;
    return [postgres, redis, migrations, pulseCheck('worker', beats), pulseCheck('scheduler', beats), dns];
  }

  private async redis(): Promise<Check> {
    const ok = await this.jobs.ping();
    return {
      name: 'redis',
      ok,
      detail: ok ? 'answers' : 'does not answer; actions are accepted and carried out a few seconds later',
    };
  }

  /** Asked until the answer is good, and then never again: a schema does not go back while this process runs. */
  private async migrations(): Promise<Check> {
    this.migrated ??= pendingMigrations(this.settings.databaseUrl).then((pending) => !pending);
    try {
      const ok = await within(this.migrated);
      if (!ok) this.migrated = undefined;
      return { name: 'migrations', ok, detail: ok ? 'all applied' : 'some are not applied: run the migrate command' };
    } catch (error) {
      this.migrated = undefined;
      return { name: 'migrations', ok: false, detail: unreachable(error) };
    }
  }

  private async dns(): Promise<Check> {
    try {
      const answer = await fetch(this.settings.dnsHealthUrl, { signal: AbortSignal.timeout(1_000), redirect: 'error' });
      await answer.body?.cancel();
      return {
        name: 'dns',
        ok: answer.ok,
        detail: answer.ok ? 'serves the zone' : `says that it is not ready (${answer.status})`,
      };
    } catch (error) {
      return { name: 'dns', ok: false, detail: unreachable(error) };
    }
  }
}

function within<T>(promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
