import { setTimeout as sleep } from 'node:timers/promises';
import { plan, Step } from '@lxdm/domain';
import {
  ContainerWork,
  ContainerWorkRepository,
  HostConnection,
  HostObservationsRepository,
  LeaseLostError,
  OperationsRepository,
} from '@lxdm/entities';
import { isLxdError, LxdError } from '@lxdm/lxd-client';
import { counter } from '@lxdm/runtime';
import { Injectable, Logger } from '@nestjs/common';
import { HostConnections } from '../hosts/host-connections';
import { HostScans } from '../hosts/host-scans';
import { HeldLease, LeaseKeeper, RetryIn } from '../lease-keeper';
import { backoffSeconds } from '../retry';
import { storable } from '../storable';
import { ContainerActions } from './container-actions';
import { lookAt } from './container-observer';

const steps = counter('lxdm_container_steps_total', 'Steps taken to make containers right, by kind and result.', [
  'step',
  'result',
]);

/** A step that was taken this often in one go without getting further does not help. */
const MOST_REPEATS = 3;
const WAIT_MS = 500;

/** Makes one container what is wanted: lease → look → plan → act → look again → record. */
@Injectable()
export class ContainerReconciler {
  private readonly log = new Logger(ContainerReconciler.name);

  constructor(
    private readonly containers: ContainerWorkRepository,
    private readonly hosts: HostObservationsRepository,
    private readonly operations: OperationsRepository,
    private readonly connections: HostConnections,
    private readonly actions: ContainerActions,
    private readonly keeper: LeaseKeeper,
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
      await this.work(work, host, lease);
    } catch (error) {
      return this.failed(work, host, lease, error);
    }
    return null;
  }

  private async work(first: ContainerWork, host: HostConnection, lease: HeldLease): Promise<void> {
    const client = this.connections.to(host);
    const taken = new Map<Step['kind'], number>();
    let failure: { step: Step['kind']; error: LxdError } | undefined;
    for (let work: ContainerWork | null = first; work; work = await this.containers.load(work.id)) {
      const look = await lookAt(client, host, work, lease.signal);
      if (look?.facts.ours) await this.containers.recordObserved(work, lease.fence, look.observation);
      const step = plan(work, look?.facts ?? null, {
        ...work,
        created: work.created || (look?.facts.ours ?? false),
        restartGeneration: work.observedRestartGeneration,
      });
      switch (step.kind) {
        case 'done':
          if (look) await this.containers.recordSettled(work, lease.fence, look.observation);
          return;
        case 'removed':
          return this.containers.recordRemoved(work, lease.fence);
        case 'fail':
          return this.containers.recordFailed(work, lease.fence, step.code, step.message);
        case 'note-restart':
          await this.containers.noteRestart(work, lease.fence, look?.facts.bootMark ?? '');
          break;
        case 'wait':
          await this.checkDeadline(work);
          await sleep(WAIT_MS, undefined, { signal: lease.signal });
          break;
        case 'create':
        case 'start':
        case 'stop':
        case 'unfreeze':
        case 'delete': {
          // A refusal counts only if the step is still the one to take: somebody may have been quicker.
          if (failure?.step === step.kind) throw failure.error;
          const times = (taken.get(step.kind) ?? 0) + 1;
          if (times > MOST_REPEATS) throw new LxdError('operation-failed', futile(step.kind), { retryable: false });
          taken.set(step.kind, times);
          failure = await this.take(step.kind, () => this.actions.take(step, { client, work, ...lease }));
          break;
        }
      }
    }
  }

  private async take(
    step: Step['kind'],
    act: () => Promise<void>,
  ): Promise<{ step: Step['kind']; error: LxdError } | undefined> {
    try {
      await act();
      steps.inc({ step, result: 'done' });
      return undefined;
    } catch (error) {
      steps.inc({ step, result: 'failed' });
      if (!isLxdError(error) || error.retryable) throw error;
      return { step, error };
    }
  }

  private async failed(
    work: ContainerWork,
    host: HostConnection | null,
    lease: HeldLease,
    error: unknown,
  ): Promise<RetryIn> {
    lease.signal.throwIfAborted();
    if (error instanceof LeaseLostError) throw error;
    const fault = isLxdError(error) ? error : this.foreseen(error);
    // The members of a project are told the host's name and not where it is.
    const words = storable(host ? fault.message.replaceAll(host.url, host.name) : fault.message);
    const deadline = await this.operations.deadline(work.id);
    const passed = !deadline || deadline.passed;
    if (fault.retryable && !passed) {
      await this.containers.noteStep(work, lease.fence, 'Wait for the host', words, 'failed');
      return backoffSeconds(work.attempts);
    }
    const message = fault.retryable ? `Given up after the time limit. Last answer: ${words}` : words;
    await this.containers.recordFailed(work, lease.fence, fault.kind, message);
    return null;
  }

  /** A fault of our own is tried again until the time limit, like one of the host: an operation ends in any case. */
  private foreseen(error: unknown): LxdError {
    this.log.error(error);
    return new LxdError('server', 'A fault of the manager itself; the log of its worker tells more.', {
      retryable: true,
    });
  }

  private async checkDeadline(work: ContainerWork): Promise<void> {
    const deadline = await this.operations.deadline(work.id);
    if (deadline?.passed)
      throw new LxdError('timeout', 'The host is still busy with an earlier change of this container.', {
        retryable: true,
      });
  }
}

function futile(step: Step['kind']): string {
  if (step === 'start') return 'The container stops again right after its start. Look at its console log on the host.';
  return `The host said ${MOST_REPEATS} times that the ${step} was done, and the container does not show it.`;
}
