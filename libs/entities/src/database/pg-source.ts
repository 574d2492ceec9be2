import { Pool } from 'pg';
import { DatabaseOptions, poolOptions } from './database-options';
import { SqlRunner, SqlSource } from './sql-transactor';

type Work<T> = (sql: SqlRunner) => Promise<T>;

/** A pool of connections without an ORM: for a process that has to be there at once and speaks SQL only. */
export class PgSource implements SqlSource {
  private constructor(private readonly pool: Pool) {}

  /** Connects, so that a database that cannot be reached is told here. */
  static async connect(options: DatabaseOptions): Promise<PgSource> {
    const pool = new Pool({ connectionString: options.url, max: options.poolSize, ...poolOptions(options) });
    // A connection that ends while nobody uses it is replaced when one is needed; who needs it is told.
    pool.on('error', () => undefined);
    try {
      (await pool.connect()).release();
    } catch (error) {
      await pool.end();
      throw error;
    }
    return new PgSource(pool);
  }

  async query(sql: string, parameters?: unknown[]): Promise<unknown> {
    return (await this.pool.query(sql, parameters)).rows;
  }

  async transaction<T>(first: Work<T> | 'REPEATABLE READ', second?: Work<T>): Promise<T> {
    const [begin, work] = typeof first === 'string' ? [`BEGIN ISOLATION LEVEL ${first}`, second] : ['BEGIN', first];
    if (!work) throw new TypeError('a transaction needs work');
    const client = await this.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(begin);
      const result = await work({ query: async (sql, parameters) => (await client.query(sql, parameters)).rows });
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK').catch((failure: unknown) => {
        broken = failure instanceof Error ? failure : new Error(String(failure));
      });
      throw error;
    } finally {
      // What cannot even be rolled back is closed; the server then rolls back itself.
      client.release(broken);
    }
  }

  /** Closes the connections once nobody uses them any more. */
  close(): Promise<void> {
    return this.pool.end();
  }
}
