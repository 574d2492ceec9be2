import { DueKeysRepository, HostObservationsRepository, LeasesRepository } from '@lxdm/entities';
import { JobName, JobProducer } from '@lxdm/jobs';
import { Injectable } from '@nestjs/common';
import type { Due } from './due';

type IdJob = Exclude<JobName, 'records.prune'>;

/** What is found by looking: wishes that are not met, keys that are not in place, hosts to be seen again. */
@Injectable()
export class Sweeps {
  constructor(
    private readonly leases: LeasesRepository,
    private readonly hosts: HostObservationsRepository,
    private readonly keys: DueKeysRepository,
    private readonly jobs: JobProducer,
  ) {}

  table(): readonly Due[] {
    return [
      // Finds what Redis lost: rows with a wish that is not met and nobody at work on it.
      this.every(5_000, 'unsettled containers', 'containers.reconcile', () => this.leases.unsettled('containers')),
      this.every(5_000, 'unsettled hosts', 'hosts.reconcile', () => this.leases.unsettled('hosts')),
      this.every(5_000, 'keys', 'containers.deliver-keys', () => this.keys.due()),
      this.every(30_000, 'host sync', 'hosts.sync', async () => (await this.hosts.trusted()).map(({ id }) => id)),
    ];
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
