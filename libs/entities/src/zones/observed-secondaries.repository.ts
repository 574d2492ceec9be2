import { SqlTransactor } from '../database/sql-transactor';

/** What was seen of a secondary since it was last written down; what is left out stays as it is. */
export interface SecondaryObservation {
  id: string;
  notified?: { serial: number; at: Date };
  transferred?: { serial: number; at: Date };
  /** Null when what was wrong is over. */
  error?: string | null;
}

/** The observed columns of secondaries, which only the name server writes. */
export class ObservedSecondariesRepository {
  constructor(private readonly db: SqlTransactor) {}

  /** Writes observations down; one of a secondary that is gone changes nothing. */
  async record(observations: readonly SecondaryObservation[]): Promise<void> {
    for (const { id, notified, transferred, error } of observations) {
      await this.db.query(
        `UPDATE secondaries SET notified_serial = coalesce($2, notified_serial), notified_at = coalesce($3, notified_at),
           transferred_serial = coalesce($4, transferred_serial), transferred_at = coalesce($5, transferred_at),
           error = CASE WHEN $6 THEN $7 ELSE error END
         WHERE id = $1`,
        [
          id,
          notified?.serial ?? null,
          notified?.at ?? null,
          transferred?.serial ?? null,
          transferred?.at ?? null,
          error !== undefined,
          error ?? null,
        ],
      );
    }
  }
}
