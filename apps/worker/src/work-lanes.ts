import { ContainerWorkRepository } from '@lxdm/entities';
import { counter, gauge } from '@lxdm/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { ContainerReconciler } from './containers/container-reconciler';
import { HostReconciler } from './hosts/host-reconciler';
import { Lanes } from './lanes';
import { LeaseKeeper } from './lease-keeper';

/** How many containers of one host are worked on at a time by one worker. */
const LANE_WIDTH = 16;

/** Jobs count here too, by their name. */
export const faults = counter('lxdm_worker_faults_total', 'Work that ended in a fault and is done again, by kind.', [
  'kind',
]);
const running = gauge('lxdm_worker_lanes_running', 'Containers and hosts that are worked on right now.');
const waiting = gauge('lxdm_worker_lanes_waiting', 'Containers and hosts that wait for their turn.');

/** The work on containers and hosts, in a lane for each host, so that a host that hangs holds up no other. */
@Injectable()
export class WorkLanes {
  private readonly log = new Logger(WorkLanes.name);
  private readonly containerLanes: Lanes;
  private readonly hostLanes: Lanes;

  constructor(
    private readonly work: ContainerWorkRepository,
    containers: ContainerReconciler,
    hosts: HostReconciler,
    private readonly keeper: LeaseKeeper,
  ) {
    this.containerLanes = new Lanes(LANE_WIDTH, (id) => this.guard('container', containers.reconcile(id)));
    this.hostLanes = new Lanes(1, (id) => this.guard('host', hosts.reconcile(id)));
  }

  /** Asks for a container to be made right, in its turn. */
  async pushContainer(id: string): Promise<void> {
    const hostId = await this.work.hostOf(id);
    if (hostId) this.containerLanes.push(hostId, id);
    this.measure();
  }

  /** Asks for a host to be made right. */
  pushHost(id: string): void {
    this.hostLanes.push(id, id);
    this.measure();
  }

  /** Breaks off what is under way, takes no more, and waits until every lease is given back. */
  async close(): Promise<void> {
    this.keeper.end();
    await Promise.all([this.containerLanes.close(), this.hostLanes.close()]);
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
