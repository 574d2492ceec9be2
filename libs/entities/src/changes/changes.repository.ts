import { Transactor } from '../database/transactor';
import type { ChangeKind } from './change.entity';

/** One change as the feed tells it. */
export interface ChangeRow {
  seq: number;
  kind: ChangeKind;
  entityId: string;
  projectId: string | null;
}

/** Reads the change feed. */
export class ChangesRepository {
  constructor(private readonly db: Transactor) {}

  /** The changes behind a sequence number, oldest first, at most `limit`. */
  async since(seq: number, limit = 5_000): Promise<ChangeRow[]> {
    return this.db.query<ChangeRow>(
      'SELECT seq::float8 AS seq, kind, entity_id AS "entityId", project_id AS "projectId" FROM changes WHERE seq > $1 ORDER BY seq LIMIT $2',
      [seq, limit],
    );
  }

  /** The lowest and highest sequence number that the feed still has; both 0 when it is empty. */
  async bounds(): Promise<{ first: number; last: number }> {
    const [row] = await this.db.query<{ first: number; last: number }>(
      'SELECT coalesce(min(seq), 0)::float8 AS first, coalesce(max(seq), 0)::float8 AS last FROM changes',
    );
    return row ?? { first: 0, last: 0 };
  }

  /** Drops what is older than a day, but always keeps the newest entry, so that numbers go on from there. */
  async prune(): Promise<void> {
    await this.db.query(
      `DELETE FROM changes WHERE at < now() - interval '1 day' AND seq < (SELECT max(seq) FROM changes)`,
    );
  }
}
