import { LEASE_SECONDS } from './lease';
import { Transactor } from './transactor';

/** A table whose rows are worked on under a lease. */
export type LeasedTable = 'containers' | 'hosts';

/** A lease that was taken: the fence that every write carries, and the generation that was wanted at that time. */
export interface Claim {
  fence: number;
  generation: number;
}

/** Leases by the database's clock. The fence number grows with every claim; a write that carries an old one changes nothing. */
export class LeasesRepository {
  constructor(private readonly db: Transactor) {}

  /** Takes the lease if it is free, else null. */
  async claim(table: LeasedTable, id: string): Promise<Claim | null> {
    const [row] = await this.db.query<Claim>(
      `UPDATE ${table} SET lease_fence = lease_fence + 1, lease_until = now() + make_interval(secs => $2)
       WHERE id = $1 AND removed_at IS NULL AND (lease_until IS NULL OR lease_until < now()) RETURNING lease_fence AS fence, generation`,
      [id, LEASE_SECONDS],
    );
    return row ?? null;
  }

  /** Extends the lease; false when it is lost. */
  async renew(table: LeasedTable, id: string, fence: number): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE ${table} SET lease_until = now() + make_interval(secs => $3) WHERE id = $1 AND lease_fence = $2 AND lease_until IS NOT NULL RETURNING id`,
      [id, fence, LEASE_SECONDS],
    );
    return rows.length === 1;
  }

  /**
   * Gives the lease back.
   * @param claim what was worked on: a wish that is newer than that waits for no other try and has had none
   * @param retryInSeconds when the work should be tried again; null when it is settled or has to go on at once
   * @returns true when something is left to do at once: a wish that came while the lease was held
   */
  async release(table: LeasedTable, id: string, claim: Claim, retryInSeconds: number | null): Promise<boolean> {
    const [row] = await this.db.query<{ unmet: boolean }>(
      `UPDATE ${table} SET lease_until = NULL, attempts = CASE WHEN $4::float8 IS NOT NULL AND generation = $3 THEN attempts + 1 ELSE 0 END,
         next_attempt_at = CASE WHEN generation = $3 THEN now() + make_interval(secs => $4::float8) END WHERE id = $1 AND lease_fence = $2
       RETURNING removed_at IS NULL AND generation <> observed_generation AND ($4::float8 IS NULL OR generation <> $3) AS unmet`,
      [id, claim.fence, claim.generation, retryInSeconds],
    );
    return row?.unmet ?? false;
  }

  /** Rows with something left to do that nobody works on and whose time has come. */
  async unsettled(table: LeasedTable, limit = 500): Promise<string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM ${table} WHERE removed_at IS NULL AND generation <> observed_generation
         AND (lease_until IS NULL OR lease_until < now()) AND (next_attempt_at IS NULL OR next_attempt_at <= now())
       ORDER BY next_attempt_at NULLS FIRST LIMIT $1`,
      [limit],
    );
    return rows.map((row) => row.id);
  }
}
