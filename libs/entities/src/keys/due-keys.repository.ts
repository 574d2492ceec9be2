import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { OperationsRepository } from '../operations/operations.repository';
import { EMPTY_DIGEST, WANTED_DIGESTS } from './wanted-keys';

/** What was in place is looked at again after this time: somebody may have changed the file. */
const AGAIN = `interval '10 minutes'`;
/** After a start, cloud-init may still be writing: for so long it is looked at more often. */
const FRESH = `interval '3 minutes'`;
const AGAIN_WHILE_FRESH = `interval '15 seconds'`;

/**
 * Containers whose keys are to be looked at. Nobody has to bump anything: members, keys, approval and expiry change the digest by
 * themselves. One that has an order outstanding, or whose host does not answer, waits for that.
 */
const DUE = `WITH wanted AS (${WANTED_DIGESTS})
  SELECT c.id FROM containers c JOIN hosts h ON h.id = c.host_id LEFT JOIN key_deliveries d ON d.container_id = c.id
  LEFT JOIN wanted w ON w.project_id = c.project_id
  WHERE c.removed_at IS NULL AND c.project_id IS NOT NULL AND c.generation = c.observed_generation
    AND (c.lease_until IS NULL OR c.lease_until < now()) AND (d.lease_until IS NULL OR d.lease_until < now())
    AND (d.next_attempt_at IS NULL OR d.next_attempt_at <= now())
    AND CASE WHEN c.observed_status IS DISTINCT FROM 'Running' OR c.missing_since IS NOT NULL THEN d.generation <> d.observed_generation
      ELSE h.trusted AND h.observed_error IS NULL AND h.deleted_at IS NULL AND h.removed_at IS NULL AND (
        d.digest IS DISTINCT FROM coalesce(w.digest, ${EMPTY_DIGEST}) OR d.generation <> d.observed_generation
        OR d.checked_at < now() - ${AGAIN} OR c.booted_at > now() - ${FRESH} AND d.checked_at < now() - ${AGAIN_WHILE_FRESH}) END
  ORDER BY d.digest IS NOT DISTINCT FROM coalesce(w.digest, ${EMPTY_DIGEST}), d.checked_at NULLS FIRST, c.id LIMIT $1`;

/** Which containers' keys are due, and what was asked for and cannot be had. */
export class DueKeysRepository {
  constructor(
    private readonly db: Transactor,
    private readonly operations: OperationsRepository,
  ) {}

  /** Containers whose keys are to be delivered or looked at, those first whose keys are not what is wanted. */
  async due(limit = 500): Promise<string[]> {
    return (await this.db.query<{ id: string }>(DUE, [limit])).map((row) => row.id);
  }

  /** Ends what was asked for in vain: the host did not answer before the time limit. Returns how many there were. */
  async endOverdue(tx: Tx): Promise<number> {
    const rows = await tx.query<{ id: string; generation: number; deleted: boolean; reason: string | null }>(
      `SELECT o.target_id AS id, max(o.target_generation) AS generation, bool_or(c.deleted_at IS NOT NULL) AS deleted,
         max(coalesce(d.error, 'Host ' || h.name || ' does not answer.')) AS reason
       FROM operations o JOIN containers c ON c.id = o.target_id JOIN hosts h ON h.id = c.host_id LEFT JOIN key_deliveries d ON d.container_id = c.id
       WHERE o.type = 'container.redeploy-keys' AND o.status IN ('Pending', 'Running') AND o.deadline_at < now() GROUP BY o.target_id`,
    );
    for (const { id, generation, deleted, reason } of rows) {
      const message = `Given up after the time limit. Last answer: ${reason ?? 'none'}`;
      await this.operations.fail(tx, id, generation, { code: 'timeout', message }, { power: null, deleted }, 'keys');
      await tx.query(
        'UPDATE key_deliveries SET observed_generation = greatest(observed_generation, $2) WHERE container_id = $1',
        [id, generation],
      );
    }
    return rows.length;
  }
}
