import { EventEmitter } from 'node:events';
import { Client } from 'pg';
import { CHANGES_CHANNEL } from '../database/sql-transactor';

interface ListenerEvents {
  /** Something was committed; the number is the highest sequence of that commit. */
  change: [seq: number];
  /** The listener is connected (again): whatever was announced meanwhile is lost, so reload everything. */
  connected: [];
  disconnected: [reason: string];
}

/**
 * Hears of commits by LISTEN/NOTIFY on a connection of its own, and connects again for as long as it lives.
 * A connection that died silently is found by a heartbeat query.
 */
export class ChangeListener extends EventEmitter<ListenerEvents> {
  private client: Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;
  private delay = 100;

  constructor(
    private readonly url: string,
    private readonly applicationName = 'lxdm-listener',
    private readonly heartbeatMs = 5_000,
  ) {
    super();
  }

  /** True while announcements are heard. */
  get connected(): boolean {
    return this.client !== undefined;
  }

  /** Begins to listen; never rejects: what fails is announced as `disconnected` and tried again. */
  start(): void {
    void this.connect();
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = undefined;
    await client?.end().catch((error: unknown) => this.emit('disconnected', String(error)));
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.url,
      application_name: this.applicationName,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    });
    client.on('error', (error) => this.lost(client, error.message));
    client.on('end', () => this.lost(client, 'the connection ended'));
    client.on('notification', (message) => {
      if (message.channel === CHANGES_CHANNEL) this.emit('change', Number(message.payload));
    });
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANGES_CHANNEL}`);
    } catch (error) {
      this.client = client;
      this.lost(client, error instanceof Error ? error.message : String(error));
      return;
    }
    if (this.closed) return void client.end();
    this.client = client;
    this.delay = 100;
    this.emit('connected');
    this.beat(client);
  }

  private beat(client: Client): void {
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => client === this.client && this.beat(client),
        (error: Error) => this.lost(client, error.message),
      );
    }, this.heartbeatMs).unref();
  }

  private lost(client: Client, reason: string): void {
    if (client !== this.client && this.client !== undefined) return;
    this.client = undefined;
    // The socket may be half dead: ending it politely could wait for ever, and its outcome does not matter any more.
    client.removeAllListeners();
    client.on('error', () => undefined);
    void client.end().catch(() => undefined);
    if (this.closed) return;
    clearTimeout(this.timer);
    this.emit('disconnected', reason);
    this.timer = setTimeout(() => void this.connect(), this.delay);
    this.delay = Math.min(this.delay * 2, 2_000);
  }
}
