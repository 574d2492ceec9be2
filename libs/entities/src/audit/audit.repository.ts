import { SqlTransactor, Tx } from '../database/sql-transactor';
import type { AuditEvent } from './audit-event.entity';

/** What is written down of an act. */
export type NewAuditEvent = Omit<AuditEvent, 'seq' | 'at'>;

/** An entry with how its operation ended, where there is one. */
export interface AuditView extends NewAuditEvent {
  seq: number;
  at: Date;
  operationStatus: string | null;
}

/** Which entries. */
export interface AuditQuery {
  /** The viewer's projects; null for an admin, who sees all. */
  projectIds: string[] | null;
  /** A viewer who is no admin sees their own acts too. */
  viewerId: string | null;
  actorId?: string;
  /** Exact, or a kind followed by `.*`. */
  action?: string;
  targetId?: string;
  projectId?: string;
  /** In names and actions, without regard to case. */
  text?: string;
  from?: Date;
  until?: Date;
  /** Only entries older than this one: lists go backwards. */
  before?: number;
  limit: number;
}

/** Who did what. */
export class AuditRepository {
  constructor(private readonly db: SqlTransactor) {}

  /** Writes an entry in the transaction of the act itself: one without the other is never seen. */
  async record(tx: Tx, event: NewAuditEvent): Promise<void> {
    await tx.query(INSERT, valuesOf(event));
  }

  /** Writes an entry of something that changed nothing, such as a refusal. */
  async note(event: NewAuditEvent): Promise<void> {
    await this.db.query(INSERT, valuesOf(event));
  }

  /** Entries, newest first. */
  list(query: AuditQuery): Promise<AuditView[]> {
    const text = query.text ? `%${query.text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` : null;
    return this.db.query<AuditView>(
      `SELECT a.seq::float8 AS seq, a.at, a.actor_id AS "actorId", a.actor_name AS "actorName", a.means, a.token_id AS "tokenId", a.address, a.sudo, a.action,
         a.target_kind AS "targetKind", a.target_id AS "targetId", a.target_name AS "targetName", a.project_id AS "projectId", a.operation_id AS "operationId",
         a.result, a.detail, a.request_id AS "requestId", o.status AS "operationStatus"
       FROM audit_events a LEFT JOIN operations o ON o.id = a.operation_id
       WHERE ($1::uuid[] IS NULL OR a.project_id = ANY($1) OR a.actor_id = $2::uuid)
         AND ($3::uuid IS NULL OR a.actor_id = $3) AND ($4::text IS NULL OR a.action = $4 OR a.action LIKE $5)
         AND ($6::text IS NULL OR a.target_id = $6) AND ($7::uuid IS NULL OR a.project_id = $7)
         AND ($8::text IS NULL OR lower(a.actor_name || ' ' || a.action || ' ' || a.target_name) LIKE $8)
         AND ($9::timestamptz IS NULL OR a.at >= $9) AND ($10::timestamptz IS NULL OR a.at < $10) AND ($11::bigint IS NULL OR a.seq < $11)
       ORDER BY a.seq DESC LIMIT $12`,
      [
        query.projectIds,
        query.viewerId,
        query.actorId ?? null,
        query.action ?? null,
        query.action?.endsWith('.*') ? `${query.action.slice(0, -1)}%` : null,
        query.targetId ?? null,
        query.projectId ?? null,
        text,
        query.from ?? null,
        query.until ?? null,
        query.before ?? null,
        query.limit,
      ],
    );
  }
}

const INSERT = `INSERT INTO audit_events (actor_id, actor_name, means, token_id, address, sudo, action, target_kind, target_id, target_name, project_id,
  operation_id, result, detail, request_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`;

function valuesOf(event: NewAuditEvent): unknown[] {
  return [
    event.actorId,
    event.actorName,
    event.means,
    event.tokenId,
    event.address,
    event.sudo,
    event.action,
    event.targetKind,
    event.targetId,
    event.targetName,
    event.projectId,
    event.operationId,
    event.result,
    event.detail === null ? null : JSON.stringify(event.detail),
    event.requestId,
  ];
}
