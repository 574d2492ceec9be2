import { Client, DatabaseError, Pool } from 'pg';
import { DatabaseOptions, poolOptions } from './database-options';
import { SqlRunner, SqlSource } from './sql-transactor';

type Work<T> = (sql: SqlRunner) => Promise<T>;

/** A pool of connections without an ORM: for a process that has to be there at once and speaks SQL only. */
export class PgSource implements SqlSource {
  private readonly lent = new Set<LentConnection>();

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

  query(sql: string, parameters?: unknown[]): Promise<unknown> {
    return this.lend((connection) => connection.query(sql, parameters));
  }

  transaction<T>(first: Work<T> | 'REPEATABLE READ', second?: Work<T>): Promise<T> {
    const [begin, work] = typeof first === 'string' ? [`BEGIN ISOLATION LEVEL ${first}`, second] : ['BEGIN', first];
    if (!work) throw new TypeError('a transaction needs work');
    return this.lend(async (connection) => {
      await connection.query(begin);
      try {
        const result = await work(connection);
        await connection.query('COMMIT');
        return result;
      } catch (error) {
        await connection.rollBack();
        throw error;
      }
    });
  }

  /** Closes the connections, those at work too: their work fails. */
  async close(): Promise<void> {
    const ended = this.pool.end();
    await Promise.all([...this.lent].map((connection) => connection.end()));
    await ended;
  }

  private async lend<T>(work: (connection: LentConnection) => Promise<T>): Promise<T> {
    const client = await this.pool.connect();
    // The pool makes clients of this class (pg-pool), though it promises less.
    const connection = new LentConnection(client as unknown as Client);
    this.lent.add(connection);
    try {
      return await work(connection);
    } finally {
      this.lent.delete(connection);
      client.release(connection.broken);
    }
  }
}

/** A connection while it is at work. */
class LentConnection implements SqlRunner {
  /** What befell it; it is not used again then. */
  broken: Error | undefined;

  constructor(private readonly client: Client) {}

  async query(sql: string, parameters?: unknown[]): Promise<unknown> {
    try {
      return (await this.client.query(sql, parameters)).rows;
    } catch (error) {
      // What the server says is no fault of the connection; anything else is, and nothing would be answered behind it.
      if (!(error instanceof DatabaseError)) this.broken = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  /** One that cannot be rolled back is closed, and the server rolls back itself. */
  async rollBack(): Promise<void> {
    if (this.broken) return;
    try {
      await this.query('ROLLBACK');
    } catch (error) {
      this.broken = error instanceof Error ? error : new Error(String(error));
    }
  }

  /** Cuts it off where it waits for an answer. */
  end(): Promise<void> {
    return this.client.end();
  }
}
