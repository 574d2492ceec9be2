import { DueKeysRepository, HostObservationsRepository, LeasesRepository, ZoneUpkeepRepository } from '@lxdm/entities';
import { JobName, JobProducer } from '@lxdm/jobs';
import { Injectable } from '@nestjs/common';
import type { Due } from './due';

type PlainJob = 'records.prune' | 'zones.expire' | 'zones.resign';
type IdJob = Exclude<JobName, PlainJob>;

/** What is found by looking: wishes that are not met, keys that are not in place, hosts to be seen again. */
@Injectable()
export class Sweeps {
  constructor(
    private readonly leases: LeasesRepository,
    private readonly hosts: HostObservationsRepository,
    private readonly keys: DueKeysRepository,
    private readonly zones: ZoneUpkeepRepository,
    private readonly jobs: JobProducer,
  ) {}

  table(): readonly Due[] {
    return [
      // Finds what Redis lost: rows with a wish that is not met and nobody at work on it.
      this.every(5_000, 'unsettled containers', 'containers.reconcile', () => this.leases.unsettled('containers')),
      this.every(5_000, 'unsettled hosts', 'hosts.reconcile', () => this.leases.unsettled('hosts')),
      this.every(5_000, 'keys', 'containers.deliver-keys', () => this.keys.due()),
      this.every(30_000, 'host sync', 'hosts.sync', async () => (await this.hosts.trusted()).map(({ id }) => id)),
      {
        name: 'expired records',
        everyMs: 5_000,
        enqueue: async () => ((await this.zones.hasExpired()) ? this.plain('zones.expire') : 0),
      },
      { name: 'signatures', everyMs: 60_000, enqueue: () => this.plain('zones.resign') },
      { name: 'old records', everyMs: 60_000, enqueue: () => this.plain('records.prune') },
    ];
  }

  private async plain(job: PlainJob): Promise<number> {
    return (await this.jobs.deliver(job, {})) ? 1 : 0;
  }

  private every(everyMs: number, name: string, job: IdJob, find: () => Promise<string[]>): Due {
    return {
      name,
      everyMs,
      enqueue: async () => {
        const ids = await find();
        await Promise.all(ids.map((id) => this.jobs.deliver(job, { id }, `sweep:${id}`)));
        return ids.length;
      },
    };
  }
}
