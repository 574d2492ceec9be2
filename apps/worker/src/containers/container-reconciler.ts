import {
  ContainerWork,
  ContainerWorkRepository,
  HostConnection,
  HostObservationsRepository,
  LeaseLostError,
  OperationsRepository,
} from '@lxdm/entities';
import { LxdError } from '@lxdm/lxd-client';
import { Injectable, Logger } from '@nestjs/common';
import { faultOf } from '../fault';
import { HostScans } from '../hosts/host-scans';
import { HeldLease, LeaseKeeper, RetryIn } from '../lease-keeper';
import { backoffSeconds } from '../retry';
import { storable } from '../storable';
import { ContainerSteps } from './container-steps';

/** Makes one container what is wanted, if nobody else is at it, and sees to it that what was asked for ends in any case. */
@Injectable()
export class ContainerReconciler {
  private readonly log = new Logger(ContainerReconciler.name);

  constructor(
    private readonly keeper: LeaseKeeper,
    private readonly containers: ContainerWorkRepository,
    private readonly hosts: HostObservationsRepository,
    private readonly operations: OperationsRepository,
    private readonly steps: ContainerSteps,
    private readonly scans: HostScans,
  ) {}

  /** Settles one container, if nobody else is at it. */
  async reconcile(id: string): Promise<void> {
    let hostId: string | undefined;
    await this.keeper.run('containers', id, async (lease) => {
      const work = await this.containers.load(id);
      if (!work || work.generation === work.observedGeneration) return null;
      hostId = work.hostId;
      return this.settle(work, lease);
    });
    // Only now: a scan leaves out what is under a lease.
    if (hostId !== undefined) this.scans.request(hostId);
  }

  private async settle(work: ContainerWork, lease: HeldLease): Promise<RetryIn> {
    const host = await this.hosts.connection(work.hostId);
    try {
      if (!host) throw new LxdError('not-found', 'The host is not managed any more.', { retryable: false });
      if (!host.trusted)
        throw new LxdError('not-trusted', `Host ${host.name} does not trust this manager yet.`, { retryable: true });
      await this.steps.takeAll(work, host, lease);
    } catch (error) {
      return this.failed(work, host, lease, error);
    }
    return null;
  }

  private async failed(
    work: ContainerWork,
    host: HostConnection | null,
    lease: HeldLease,
    error: unknown,
  ): Promise<RetryIn> {
    lease.signal.throwIfAborted();
    if (error instanceof LeaseLostError) throw error;
    const fault = faultOf(error, this.log);
    // The members of a project are told the host's name and not where it is.
    const words = storable(host ? fault.message.replaceAll(host.url, host.name) : fault.message);
    const deadline = await this.operations.deadline(work.id);
    const passed = !deadline || deadline.passed;
    if (fault.retryable && !passed) {
      await this.containers.noteStep(work, lease.fence, fault.step, words, 'failed');
      return backoffSeconds(work.attempts);
    }
    const message = fault.retryable ? `Given up after the time limit. Last answer: ${words}` : words;
    await this.containers.recordFailed(work, lease.fence, fault.code, message);
    return null;
  }
}
