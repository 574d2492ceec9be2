import { Client } from 'pg';

/** Names the lock; every replica tries for the same one. */
const LEADER_LOCK = 0x6c78646f;

/**
 * Makes one replica of a process the active one, by an advisory lock on a connection of its own. Whoever loses the connection loses
 * the lock; one that was paused is thrown out by Postgres after fifteen seconds of silence, so that another can take over.
 */
export class LeaderLock {
  private client: Client | undefined;
  private leading = false;

  constructor(
    private readonly url: string,
    private readonly applicationName: string,
  ) {}

  /** Whether this replica is the active one; to be asked every few seconds. Rejects when the database does not answer. */
  async isLeader(): Promise<boolean> {
    try {
      const client = this.client ?? (await this.connect());
      if (this.leading) await client.query('SELECT 1');
      else {
        const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
          LEADER_LOCK,
        ]);
        this.leading = rows[0]?.locked ?? false;
      }
      return this.leading;
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.leading = false;
    await client?.end();
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.url,
      application_name: this.applicationName,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
    });
    // One that was dropped before may still speak up; it must not take its successor with it.
    client.on('error', () => client === this.client && this.drop());
    await client.connect();
    this.client = client;
    await client.query('SET idle_session_timeout = 15000');
    return client;
  }

  private drop(): void {
    const client = this.client;
    this.client = undefined;
    this.leading = false;
    // Its socket may be dead: the outcome of ending it does not matter any more.
    void client?.end().catch(() => undefined);
  }
}
