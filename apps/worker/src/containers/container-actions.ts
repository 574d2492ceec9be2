import { Step } from '@lxdm/domain';
import { ContainerWork, ContainerWorkRepository, OperationsRepository, SshKeysRepository } from '@lxdm/entities';
import { isLxdError, LxdError, LxdHost, Operation, OperationOutcome } from '@lxdm/lxd-client';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, WorkerSettings } from '../settings';
import { HostKeys } from './host-keys';
import { instanceRequest } from './instance-request';

/** A step that changes something on the host. */
export type ActingStep = Extract<Step, { kind: 'create' | 'start' | 'stop' | 'unfreeze' | 'delete' }>;

/** What an action needs to know. */
export interface ActionContext {
  client: LxdHost;
  work: ContainerWork;
  fence: number;
  signal: AbortSignal;
  assertHeld: () => void;
}

/** LXD may be waited for this long in one step, in milliseconds; then the container is looked at again. */
const STEP_DEADLINE_MS = 120_000;
/** After this time of waiting politely it is looked whether force is wanted by now, in milliseconds. */
const SLICE_MS = 2_000;
/** This long it is waited for even if the user's deadline is over: what was begun late deserves one honest try. */
const STEP_PATIENCE_MS = 10_000;

/** Carries out single steps on a host. Every one may be repeated: what is true is looked up before and after. */
@Injectable()
export class ContainerActions {
  constructor(
    private readonly containers: ContainerWorkRepository,
    private readonly sshKeys: SshKeysRepository,
    private readonly hostKeys: HostKeys,
    private readonly operations: OperationsRepository,
    @Inject(SETTINGS) private readonly settings: WorkerSettings,
  ) {}

  /**
   * Takes one step and waits until LXD says that it is over.
   * @throws LxdError when LXD refuses, fails or does not answer
   */
  async take(step: ActingStep, context: ActionContext): Promise<void> {
    switch (step.kind) {
      case 'create':
        return this.create(context);
      case 'stop':
        return this.stop(context);
      case 'start':
        await this.note(context, 'Start');
        return this.finish(
          context,
          await context.client.instances.setState(context.work.name, { action: 'start', timeout: 60 }, context),
        );
      case 'unfreeze':
        await this.note(context, 'Unfreeze');
        return this.finish(
          context,
          await context.client.instances.setState(context.work.name, { action: 'unfreeze', timeout: 30 }, context),
        );
      case 'delete':
        await this.note(context, 'Delete');
        return this.finish(context, await context.client.instances.delete(context.work.name, context));
    }
  }

  private async create(context: ActionContext): Promise<void> {
    const { work, fence, client } = context;
    await this.note(context, 'Make host keys');
    const hostKeys = await this.hostKeys.of(work, fence);
    const keys = work.projectId === null ? [] : await this.sshKeys.deliverable(work.projectId);
    const authorizedKeys = keys.map((key) => key.publicKey);
    // Noted first: a key that is in the container and not in our books would never be taken out again.
    await this.containers.recordGivenKeys(work, fence, keys);
    await this.note(context, 'Create', `from image ${work.image ?? ''}`);
    await this.finish(
      context,
      await client.instances.create(
        instanceRequest(work, { hostKeys, authorizedKeys, zone: this.settings.zone }),
        context,
      ),
    );
  }

  /** Asks politely, waits as long as the caller allowed, then forces. */
  private async stop(context: ActionContext): Promise<void> {
    const { work, client } = context;
    if (!work.stopForce) {
      await this.note(context, 'Stop', `asking politely for ${work.stopTimeoutSeconds} s`);
      const operation = await client.instances.setState(
        work.name,
        { action: 'stop', timeout: work.stopTimeoutSeconds, force: false },
        context,
      );
      const outcome = await this.politely(context, operation);
      if (outcome === 'overtaken') return;
      if (outcome.outcome === 'failure' && !isDeaf(outcome.error)) throw outcome.error;
      if (outcome.outcome === 'cancelled') throw cancelled();
      if (outcome.outcome !== 'failure' && outcome.outcome !== 'deadline') return;
    }
    await this.note(context, 'Force stop');
    await this.finish(
      context,
      await client.instances.setState(work.name, { action: 'stop', timeout: 30, force: true }, context),
    );
  }

  /** Waits as long as the caller allowed, unless somebody asks meanwhile to use force. */
  private async politely(
    { client, work, signal }: ActionContext,
    operation: Operation,
  ): Promise<OperationOutcome | 'overtaken'> {
    const end = performance.now() + work.stopTimeoutSeconds * 1000 + 5_000;
    for (;;) {
      const left = Math.max(0, end - performance.now());
      const outcome = await client.operations.wait(operation.id, { deadlineMs: Math.min(left, SLICE_MS), signal });
      if (outcome.outcome !== 'deadline' || left <= SLICE_MS) return outcome;
      const now = await this.containers.load(work.id);
      if (now?.stopForce && now.generation !== work.generation) return 'overtaken';
    }
  }

  private async finish(context: ActionContext, operation: Operation): Promise<void> {
    const outcome = await this.wait(context, operation);
    switch (outcome.outcome) {
      case 'success':
      case 'gone':
      case 'deadline':
        // Gone or still at it: the next look at the container tells.
        return;
      case 'failure':
        throw outcome.error;
      case 'cancelled':
        throw cancelled();
    }
  }

  private async wait({ client, work, signal }: ActionContext, operation: Operation): Promise<OperationOutcome> {
    const deadline = await this.operations.deadline(work.id);
    const leftMs = deadline ? deadline.secondsLeft * 1000 : STEP_DEADLINE_MS;
    const deadlineMs = Math.max(STEP_PATIENCE_MS, Math.min(STEP_DEADLINE_MS, leftMs));
    return client.operations.wait(operation, { deadlineMs, signal });
  }

  /** Notes what is about to be done; a worker that was frozen meanwhile finds out here that it is too late. */
  private async note(context: ActionContext, name: string, detail?: string): Promise<void> {
    await this.containers.noteStep(context.work, context.fence, name, detail);
    context.assertHeld();
  }
}

/** Whether a polite stop failed because the container does not obey: not when it is busy with something else, or stopped already. */
function isDeaf(error: LxdError): boolean {
  return !error.retryable && !isLxdError(error, 'conflict');
}

function cancelled(): LxdError {
  return new LxdError('operation-failed', 'Somebody cancelled the operation on the host.', { retryable: false });
}
