import { GitlabDueRepository } from '@lxdm/entities';
import { JobProducer } from '@lxdm/jobs';
import { Inject, Injectable } from '@nestjs/common';
import type { Due } from './due';
import { SchedulerSettings, SETTINGS } from './settings';

/** People who are not here and whose keys open nothing are looked at so much more seldom. */
const RESTING = 10;

/** The accounts and groups for which GitLab is to be asked. */
@Injectable()
export class GitlabDue {
  constructor(
    @Inject(SETTINGS) private readonly settings: SchedulerSettings,
    private readonly due: GitlabDueRepository,
    private readonly jobs: JobProducer,
  ) {}

  table(): readonly Due[] {
    const restSeconds = this.settings.gitlabSyncSeconds * RESTING;
    return [
      {
        name: 'gitlab accounts',
        everyMs: 5_000,
        enqueue: async () => this.wake('gitlab.sync-account', await this.due.accounts(restSeconds)),
      },
      {
        name: 'gitlab groups',
        everyMs: 5_000,
        enqueue: async () => this.wake('gitlab.sync-group', await this.due.groups(restSeconds)),
      },
    ];
  }

  private async wake(job: 'gitlab.sync-account' | 'gitlab.sync-group', ids: readonly string[]): Promise<number> {
    await Promise.all(ids.map((id) => this.jobs.deliver(job, { id }, `sweep:${id}`)));
    return ids.length;
  }
}
