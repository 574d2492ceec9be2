import { ZoneUpkeepRepository } from '@lxdm/entities';
import { JobConsumer, JobHandlers } from '@lxdm/jobs';
import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { GitlabSyncing } from './gitlab/gitlab-syncing';
import { HostSyncing } from './hosts/host-syncing';
import { KeyDelivering } from './keys/key-delivering';
import { RecordPruner } from './records/record-pruner';
import { faults, WorkLanes } from './work-lanes';

const STOP_MS = 6_000;

/**
 * What each job wakes. A job is only a wake-up: the work goes into the lane of its host and takes no slot of the queue; what a crash
 * loses, the sweep finds.
 */
@Injectable()
export class Handlers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Handlers.name);

  constructor(
    private readonly consumer: JobConsumer,
    private readonly lanes: WorkLanes,
    private readonly syncing: HostSyncing,
    private readonly pruner: RecordPruner,
    private readonly gitlab: GitlabSyncing,
    private readonly keys: KeyDelivering,
    private readonly zones: ZoneUpkeepRepository,
  ) {}

  onApplicationBootstrap(): void {
    const handlers: JobHandlers = {
      'containers.deliver-keys': ({ id }) => this.keys.push(id),
      'containers.reconcile': ({ id }) => this.lanes.pushContainer(id),
      'gitlab.sync-account': ({ id }) => this.gitlab.pushAccount(id),
      'gitlab.sync-group': ({ id }) => this.gitlab.pushGroup(id),
      'hosts.reconcile': ({ id }) => Promise.resolve(this.lanes.pushHost(id)),
      'hosts.sync': ({ id }) => Promise.resolve(this.syncing.request(id)),
      'records.prune': async () => {
        await this.keys.endOverdue();
        await this.pruner.prune();
      },
      'zones.expire': async () => void (await this.zones.expire()),
      'zones.resign': async () => void (await this.zones.resign(new Date())),
    };
    this.consumer.start(handlers, (name, error) => {
      faults.inc({ kind: name });
      this.log.warn(`${name}: ${error.message}`);
    });
    this.syncing.start();
  }

  /** Before the connections are closed: what is broken off must still be able to give its lease back. */
  async beforeApplicationShutdown(): Promise<void> {
    const ended = Promise.all([
      this.lanes.close(),
      this.consumer.stop(STOP_MS),
      this.syncing.close(),
      this.gitlab.close(),
      this.keys.close(),
    ]);
    // What has not given its lease back by then is taken over when that runs out.
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
  }
}
