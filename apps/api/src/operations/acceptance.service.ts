import { createHmac } from 'node:crypto';
import { DomainError } from '@lxdm/domain';
import { NewOperation, OperationsRepository, Transactor, Tx } from '@lxdm/entities';
import { JobProducer } from '@lxdm/jobs';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../api-settings';
import { Act, Audit } from '../audit/audit.service';
import type { Actor } from '../session/actor';
import type { Operation } from './dto/operation';
import { operationOf } from './operation-mapping';
import type { RequestMark } from './request-mark';

/** What a service has written and wants an operation for. */
export type Wish = Pick<
  NewOperation,
  'type' | 'targetKind' | 'targetId' | 'targetName' | 'targetGeneration' | 'projectId'
> & {
  /** What else the log is to tell; never a secret. */
  detail?: Act['detail'];
};

/** Accepts actions: wish, operation and entry in the log in one transaction, then a worker is woken. Redis has no say in the answer. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly db: Transactor,
    private readonly operations: OperationsRepository,
    private readonly jobs: JobProducer,
    private readonly audit: Audit,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'sessionSecret'>,
  ) {}

  /**
   * @param write checks what can only be checked under lock, and writes what is wanted; it holds a connection, so it asks for no other
   * @param check whatever else must be so
   * @throws DomainError `conflict` when the Idempotency-Key was used for something else
   */
  async accept(
    actor: Actor,
    mark: RequestMark,
    write: (tx: Tx) => Promise<Wish>,
    check: () => Promise<void> = () => Promise.resolve(),
  ): Promise<Operation> {
    const earlier = await this.acceptedBefore(actor, mark);
    if (earlier) return earlier;
    const { requestId } = mark;
    const idempotency = mark.idempotency && { ...mark.idempotency, digest: this.keyed(mark.idempotency.digest) };
    try {
      await check();
      const { id, wish } = await this.db.run(async (tx) => {
        const { detail = null, ...wish } = await write(tx);
        const id = await this.operations.begin(tx, { ...wish, requestedById: actor.userId, requestId, idempotency });
        const target = { kind: wish.targetKind, id: wish.targetId, name: wish.targetName };
        const act = { action: wish.type, target, projectId: wish.projectId, operationId: id, detail };
        await this.audit.record(tx, actor, act);
        return { id, wish };
      });
      this.jobs.wake(jobOf(wish), { id: wish.targetId }, `${wish.targetId}:${wish.targetGeneration}`);
      return await this.read(id);
    } catch (error) {
      // Of requests with the same key at the same moment, one wins; the others find its operation, whatever they stumbled over.
      const winner = error instanceof DomainError ? await this.acceptedBefore(actor, mark) : undefined;
      if (winner) return winner;
      throw error;
    }
  }

  /** The operation that this very request was accepted with before, if it was: looked up before anything is checked, because by now a check might fail. */
  private async acceptedBefore(actor: Actor, { idempotency }: RequestMark): Promise<Operation | undefined> {
    const known = idempotency && (await this.operations.findByIdempotencyKey(actor.userId, idempotency.key));
    if (!known) return undefined;
    if (known.digest === this.keyed(idempotency.digest)) return this.read(known.id);
    throw new DomainError('conflict', 'This Idempotency-Key was used for another request; take a new one.');
  }

  /** A request may hold a trust password: who reads the database must not be able to try words against a plain hash of it. */
  private keyed(digest: string): string {
    return createHmac('sha256', this.settings.sessionSecret).update(`idempotency:v1:${digest}`).digest('hex');
  }

  private async read(id: string): Promise<Operation> {
    const [view] = await this.operations.byIds([id]);
    if (!view) throw new Error(`Operation ${id} was accepted and is not there.`);
    return operationOf(view);
  }
}

function jobOf({ type, targetKind }: Wish): 'containers.deliver-keys' | 'containers.reconcile' | 'hosts.reconcile' {
  if (type === 'container.redeploy-keys') return 'containers.deliver-keys';
  return targetKind === 'container' ? 'containers.reconcile' : 'hosts.reconcile';
}
