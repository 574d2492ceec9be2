import {
  deadlineSeconds,
  DesiredContainer,
  DomainError,
  OperationStatus,
  OperationStep,
  OperationType,
  Verdict,
  verdictOf,
} from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';

/** An operation as everybody reads it. */
export interface OperationView {
  id: string;
  type: OperationType;
  status: OperationStatus;
  targetKind: 'container' | 'host';
  targetId: string;
  targetName: string;
  projectId: string | null;
  steps: OperationStep[];
  progress: number | null;
  errorCode: string | null;
  errorMessage: string | null;
  requestedById: string | null;
  requestedBy: string | null;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

/** What an action is accepted with. */
export interface NewOperation {
  type: OperationType;
  targetKind: 'container' | 'host';
  targetId: string;
  targetName: string;
  targetGeneration: number;
  projectId: string | null;
  requestedById: string;
  requestId: string | null;
  idempotency: { key: string; digest: string } | null;
}

/** Which operations, for whom. */
export interface OperationQuery {
  /** The viewer's projects; null for an admin, who sees all. */
  projectIds: string[] | null;
  targetId?: string;
  status?: OperationStatus;
  offset: number;
  limit: number;
}

const VIEW = `SELECT o.id, o.type, o.status, o.target_kind AS "targetKind", o.target_id AS "targetId", o.target_name AS "targetName",
  o.project_id AS "projectId", o.steps, o.progress, o.error_code AS "errorCode", o.error_message AS "errorMessage",
  o.requested_by_id AS "requestedById", u.username AS "requestedBy", o.created_at AS "createdAt", o.started_at AS "startedAt", o.finished_at AS "finishedAt"
  FROM operations o LEFT JOIN users u ON u.id = o.requested_by_id`;

/** What is wanted in the end: what tells whether an operation was overtaken. */
type DesiredEnd = Pick<DesiredContainer, 'power' | 'deleted'>;

/** How an operation ends. */
type Ending = Verdict | { status: 'Failure'; code: string; message: string };

/** The steps with those that are still running ended. */
const endedSteps = (status: string): string =>
  `(SELECT coalesce(jsonb_agg(CASE WHEN s ->> 'status' = 'running' THEN s || jsonb_build_object('status', ${status}::text) ELSE s END ORDER BY n), '[]')
    FROM jsonb_array_elements(steps) WITH ORDINALITY AS t(s, n))`;

/** Orders for a container are settled by two parties: those for itself by its reconciler, those for its keys by their delivery. */
export type OperationTrack = 'self' | 'keys';

const ON_TRACK: Record<OperationTrack, string> = {
  self: `type <> 'container.redeploy-keys'`,
  keys: `type = 'container.redeploy-keys'`,
};

const OUTSTANDING = `status IN ('Pending', 'Running')`;

/** The durable records of what users asked for. */
export class OperationsRepository {
  constructor(private readonly db: Transactor) {}

  /**
   * Accepts an action, in the transaction that writes what is wanted.
   * @throws DomainError `conflict` when the idempotency key is being used by a request under way
   */
  async begin(tx: Tx, operation: NewOperation): Promise<string> {
    try {
      const [row] = await tx.query<{ id: string }>(
        `INSERT INTO operations (type, target_kind, target_id, target_name, target_generation, project_id, requested_by_id, request_id,
           idempotency_key, request_digest, deadline_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(secs => $11)) RETURNING id`,
        [
          operation.type,
          operation.targetKind,
          operation.targetId,
          operation.targetName,
          operation.targetGeneration,
          operation.projectId,
          operation.requestedById,
          operation.requestId,
          operation.idempotency?.key ?? null,
          operation.idempotency?.digest ?? null,
          deadlineSeconds(operation.type),
        ],
      );
      if (!row) throw new Error('The database returned no operation.');
      tx.changed('operation', row.id, operation.projectId);
      return row.id;
    } catch (error) {
      if (violatedIndex(error) !== undefined)
        throw new DomainError(
          'conflict',
          'A request with this Idempotency-Key was just accepted; ask again for its result.',
        );
      throw error;
    }
  }

  /** The operation that an actor's idempotency key was accepted with. */
  async findByIdempotencyKey(actorId: string, key: string): Promise<{ id: string; digest: string } | null> {
    const [row] = await this.db.query<{ id: string; digest: string }>(
      'SELECT id, request_digest AS digest FROM operations WHERE requested_by_id = $1 AND idempotency_key = $2',
      [actorId, key],
    );
    return row ?? null;
  }

  byIds(ids: readonly string[]): Promise<OperationView[]> {
    return this.db.query<OperationView>(`${VIEW} WHERE o.id = ANY($1)`, [ids]);
  }

  /** A page of operations, newest first, and how many there are. */
  async page(query: OperationQuery): Promise<{ items: OperationView[]; total: number }> {
    const where = `WHERE ($1::uuid[] IS NULL OR o.project_id = ANY($1)) AND ($2::uuid IS NULL OR o.target_id = $2) AND ($3::text IS NULL OR o.status = $3)`;
    const parameters = [query.projectIds, query.targetId ?? null, query.status ?? null];
    const [items, [count]] = await Promise.all([
      this.db.query<OperationView>(`${VIEW} ${where} ORDER BY o.created_at DESC, o.seq DESC OFFSET $4 LIMIT $5`, [
        ...parameters,
        query.offset,
        query.limit,
      ]),
      this.db.query<{ total: number }>(`SELECT count(*)::int AS total FROM operations o ${where}`, parameters),
    ]);
    return { items, total: count?.total ?? 0 };
  }

  /**
   * Marks a target's outstanding operations as running and notes a step on them; the same step again replaces the last one.
   * @param before how the step before it ended
   */
  async noteStep(
    tx: Tx,
    targetId: string,
    upTo: number,
    step: OperationStep,
    before: 'done' | 'failed' = 'done',
    track: OperationTrack = 'self',
  ): Promise<void> {
    const rows = await tx.query<{ id: string; projectId: string | null }>(
      `UPDATE operations SET status = 'Running', started_at = coalesce(started_at, now()),
         steps = CASE WHEN steps -> -1 ->> 'name' = $3::jsonb ->> 'name' THEN steps - -1 ELSE ${endedSteps('$4')} END || jsonb_build_array($3::jsonb)
       WHERE target_id = $1 AND target_generation <= $2 AND ${ON_TRACK[track]} AND ${OUTSTANDING} RETURNING id, project_id AS "projectId"`,
      [targetId, upTo, JSON.stringify(step), before],
    );
    for (const row of rows) tx.changed('operation', row.id, row.projectId);
  }

  /** Ends a target's outstanding operations that what is settled now covers: each as done, or as overtaken. */
  async settle(
    tx: Tx,
    targetId: string,
    upTo: number,
    desired: DesiredEnd,
    track: OperationTrack = 'self',
  ): Promise<void> {
    const rows = await tx.query<{ id: string; type: OperationType }>(
      `SELECT id, type FROM operations WHERE target_id = $1 AND target_generation <= $2 AND ${ON_TRACK[track]} AND ${OUTSTANDING} ORDER BY seq FOR UPDATE`,
      [targetId, upTo],
    );
    for (const row of rows) {
      const verdict = verdictOf(row.type, desired);
      await this.end(tx, 'id', [row.id], verdict);
    }
  }

  /**
   * Ends a target's outstanding operations with a reason; those that wanted something that a later wish overtook are told so.
   */
  async fail(
    tx: Tx,
    targetId: string,
    upTo: number,
    reason: { code: string; message: string },
    desired: DesiredEnd,
    track: OperationTrack = 'self',
  ): Promise<void> {
    const rows = await tx.query<{ id: string; type: OperationType }>(
      `SELECT id, type FROM operations WHERE target_id = $1 AND target_generation <= $2 AND ${ON_TRACK[track]} AND ${OUTSTANDING} ORDER BY seq FOR UPDATE`,
      [targetId, upTo],
    );
    for (const row of rows) {
      const verdict = verdictOf(row.type, desired);
      await this.end(tx, 'id', [row.id], verdict.status === 'Cancelled' ? verdict : { status: 'Failure', ...reason });
    }
  }

  /** Ends every outstanding operation of any number of targets with a reason that holds for all of them, in one statement. */
  async failAll(tx: Tx, targetIds: readonly string[], reason: { code: string; message: string }): Promise<void> {
    await this.end(tx, 'target_id', targetIds, { status: 'Failure', ...reason });
  }

  /**
   * The latest deadline of a target's outstanding operations, and whether it has passed by the database's clock:
   * a fresh wish must not end by the time limit of an old one.
   */
  async deadline(targetId: string): Promise<{ passed: boolean; secondsLeft: number } | null> {
    const [row] = await this.db.query<{ left: number | null }>(
      `SELECT extract(epoch FROM max(deadline_at) - now())::float8 AS left FROM operations WHERE target_id = $1 AND ${ON_TRACK.self} AND ${OUTSTANDING}`,
      [targetId],
    );
    return row?.left == null ? null : { passed: row.left <= 0, secondsLeft: row.left };
  }

  /** Outstanding operations whose target has nothing left to do or is gone: what a crash between two commits could leave, ended by the sweep. */
  async endOrphans(tx: Tx): Promise<number> {
    const rows = await tx.query<{ id: string; projectId: string | null }>(
      `UPDATE operations o SET status = 'Cancelled', finished_at = now(), error_code = 'orphaned',
         error_message = 'The target was settled or removed without this operation being carried out; look at the target and ask again if it is not as you want it.'
       WHERE ${OUTSTANDING} AND created_at < now() - interval '1 minute' AND NOT EXISTS (
         SELECT 1 FROM containers c LEFT JOIN key_deliveries d ON d.container_id = c.id WHERE c.id = o.target_id AND c.removed_at IS NULL
           AND CASE WHEN o.type = 'container.redeploy-keys' THEN d.observed_generation ELSE c.observed_generation END < o.target_generation
         UNION ALL SELECT 1 FROM hosts h WHERE h.id = o.target_id AND h.removed_at IS NULL AND h.observed_generation < o.target_generation)
       RETURNING id, project_id AS "projectId"`,
    );
    for (const row of rows) tx.changed('operation', row.id, row.projectId);
    return rows.length;
  }

  private async end(tx: Tx, column: 'id' | 'target_id', ids: readonly string[], end: Ending): Promise<void> {
    const { code = null, message = null } = end.status === 'Success' ? {} : end;
    const rows = await tx.query<{ id: string; projectId: string | null }>(
      `UPDATE operations SET status = $2, error_code = $3, error_message = $4, finished_at = now(), started_at = coalesce(started_at, now()),
         progress = CASE WHEN $2 = 'Success' THEN 100 ELSE progress END,
         steps = ${endedSteps('$5')}
       WHERE ${column} = ANY($1) AND ${OUTSTANDING} RETURNING id, project_id AS "projectId"`,
      [ids, end.status, code, message, end.status === 'Success' ? 'done' : 'failed'],
    );
    for (const row of rows) tx.changed('operation', row.id, row.projectId);
  }
}
