import { ContainerWorkRepository } from '@lxdm/entities';
import { JobConsumer, JobHandlers } from '@lxdm/jobs';
import { counter, gauge } from '@lxdm/runtime';
import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { ContainerReconciler } from './containers/container-reconciler';
import { HostReconciler } from './hosts/host-reconciler';
import { HostSyncing } from './hosts/host-syncing';
import { Lanes } from './lanes';
import { LeaseKeeper } from './lease-keeper';
import { RecordPruner } from './records/record-pruner';

/** How many containers of one host are worked on at a time by one worker. */
const LANE_WIDTH = 16;
const STOP_MS = 6_000;

const faults = counter('lxdm_worker_faults_total', 'Work that ended in a fault and is done again, by kind.', ['kind']);
const running = gauge('lxdm_worker_lanes_running', 'Containers and hosts that are worked on right now.');
const waiting = gauge('lxdm_worker_lanes_waiting', 'Containers and hosts that wait for their turn.');

/**
 * What each job wakes. A job is only a wake-up: the work goes into the lane of its host, so that a host that hangs holds up no other
 * and no slot of the queue; what a crash loses, the sweep finds.
 */
@Injectable()
export class Handlers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(Handlers.name);
  private readonly containerLanes: Lanes;
  private readonly hostLanes: Lanes;

  constructor(
    private readonly consumer: JobConsumer,
    private readonly containerWork: ContainerWorkRepository,
    containers: ContainerReconciler,
    hosts: HostReconciler,
    private readonly syncing: HostSyncing,
    private readonly pruner: RecordPruner,
    private readonly keeper: LeaseKeeper,
  ) {
    this.containerLanes = new Lanes(LANE_WIDTH, (id) => this.guard('container', containers.reconcile(id)));
    this.hostLanes = new Lanes(1, (id) => this.guard('host', hosts.reconcile(id)));
  }

  onApplicationBootstrap(): void {
    const handlers: JobHandlers = {
      'containers.reconcile': async ({ id }) => {
        const hostId = await this.containerWork.hostOf(id);
        if (hostId) this.containerLanes.push(hostId, id);
        this.measure();
      },
      'hosts.reconcile': ({ id }) => Promise.resolve(this.hostLanes.push(id, id)),
      'hosts.sync': ({ id }) => Promise.resolve(this.syncing.request(id)),
      'records.prune': () => this.pruner.prune(),
    };
    this.consumer.start(handlers, (name, error) => {
      faults.inc({ kind: name });
      this.log.warn(`${name}: ${error.message}`);
    });
    this.syncing.start();
  }

  /** Before the connections are closed: what is broken off must still be able to give its lease back. */
  async beforeApplicationShutdown(): Promise<void> {
    this.keeper.end();
    const ended = Promise.all([
      this.consumer.stop(STOP_MS),
      this.syncing.close(),
      this.containerLanes.close(),
      this.hostLanes.close(),
    ]);
    // What has not given its lease back by then is taken over when that runs out.
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, STOP_MS).unref())]);
  }

  private async guard(kind: string, work: Promise<void>): Promise<void> {
    try {
      await work;
    } catch (error) {
      faults.inc({ kind });
      this.log.error(error);
    } finally {
      this.measure();
    }
  }

  private measure(): void {
    const loads = [this.containerLanes.load, this.hostLanes.load];
    running.set(loads.reduce((sum, load) => sum + load.running, 0));
    waiting.set(loads.reduce((sum, load) => sum + load.waiting, 0));
  }
}
