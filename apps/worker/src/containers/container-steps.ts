import { setTimeout as sleep } from 'node:timers/promises';
import { plan, Step } from '@lxdm/domain';
import { ContainerWork, ContainerWorkRepository, HostConnection, OperationsRepository } from '@lxdm/entities';
import { isLxdError, LxdError } from '@lxdm/lxd-client';
import { counter } from '@lxdm/runtime';
import { Injectable } from '@nestjs/common';
import { HostConnections } from '../hosts/host-connections';
import { HeldLease } from '../lease-keeper';
import { ContainerActions } from './container-actions';
import { lookAt } from './container-observer';

const steps = counter('lxdm_container_steps_total', 'Steps taken to make containers right, by kind and result.', [
  'step',
  'result',
]);

/** A step that was taken this often in one go without getting further does not help. */
const MOST_REPEATS = 3;
const WAIT_MS = 500;

/** Look → plan → act → look again → record, under a lease that somebody else holds. */
@Injectable()
export class ContainerSteps {
  constructor(
    private readonly containers: ContainerWorkRepository,
    private readonly operations: OperationsRepository,
    private readonly connections: HostConnections,
    private readonly actions: ContainerActions,
  ) {}

  /**
   * Takes one step after the other until the container is settled as wanted, gone, or not to be had.
   * @throws LxdError when the host refuses a step that is still the one to take, or does not answer
   */
  async takeAll(first: ContainerWork, host: HostConnection, lease: HeldLease): Promise<void> {
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
