import { Transactor } from '../database/transactor';

/** The freshest sign of life of one kind of process. */
export interface Pulse {
  process: string;
  ageSeconds: number;
  problem: string | null;
}

/** Signs of life of the processes. */
export class HeartbeatsRepository {
  constructor(private readonly db: Transactor) {}

  async beat(process: string, instance: string, problem: string | null = null): Promise<void> {
    await this.db.query(
      `INSERT INTO heartbeats (process, instance, at, problem) VALUES ($1, $2, now(), $3)
       ON CONFLICT (process, instance) DO UPDATE SET at = now(), problem = $3`,
      [process, instance, problem],
    );
  }

  /** The best pulse of each kind of process: the freshest one without a problem, else the freshest. */
  pulses(): Promise<Pulse[]> {
    return this.db.query<Pulse>(
      `SELECT DISTINCT ON (process) process, extract(epoch FROM now() - at)::float8 AS "ageSeconds", problem
       FROM heartbeats ORDER BY process, (problem IS NULL AND at > now() - interval '15 seconds') DESC, at DESC`,
    );
  }

  async prune(): Promise<void> {
    await this.db.query(`DELETE FROM heartbeats WHERE at < now() - interval '1 hour'`);
  }
}
