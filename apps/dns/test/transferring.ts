import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { seal } from '@lxdm/crypto';
import { NameServer } from '../src/name-server';
import { until } from './client';
import { Fleet, ZONE } from './fleet';
import { SharedKey } from './secondaries';
import { health, ring, startNameServer } from './server-under-test';

const run = promisify(execFile);
const ZONES = '00000000-0000-0000-0000-000000000000';

/** A key with the id of its row. */
export interface StoredKey extends SharedKey {
  id: string;
}

/** A name server with a zone, keys and secondaries. */
export class TransferBench {
  constructor(
    readonly fleet: Fleet,
    readonly server: NameServer,
  ) {}

  static async create(): Promise<TransferBench> {
    const fleet = await Fleet.create(process.env['TEST_DATABASE_URL'] ?? '');
    const server = await startNameServer(fleet.readerUrl);
    await until(async () => (await health(server)).status === 200, 10_000);
    return new TransferBench(fleet, server);
  }

  get port(): number {
    return this.server.ports.dns;
  }

  async key(name: string, mayTransfer = true, algorithm = 'hmac-sha256'): Promise<StoredKey> {
    const id = randomUUID();
    const secret = randomBytes(32).toString('base64');
    // As the api does: the octets, not the text that people see.
    const octets = Buffer.from(secret, 'base64');
    const sealed = seal(ring, { table: 'tsig_keys', column: 'secret', row: id }, octets);
    await this.fleet.db.run(async (tx) => {
      await tx.query(
        'INSERT INTO tsig_keys (id, name, algorithm, secret_sealed, may_transfer) VALUES ($1, $2, $3, $4, $5)',
        [id, `${name}.`, algorithm, sealed, mayTransfer],
      );
      await tx.changed('zone', ZONES);
    });
    const key = { id, name, algorithm, secret };
    if (mayTransfer) await until(async () => (await this.transfer(key)).records.length > 0, 10_000);
    return key;
  }

  async secondary(name: string, port: number, key: StoredKey | null): Promise<string> {
    const id = randomUUID();
    await this.fleet.db.run(async (tx) => {
      await tx.query('INSERT INTO secondaries (id, name, address, port, tsig_key_id) VALUES ($1, $2, $3, $4, $5)', [
        id,
        name,
        '127.0.0.1',
        port,
        key?.id ?? null,
      ]);
      await tx.changed('zone', ZONES);
    });
    return id;
  }

  async forget(id: string): Promise<void> {
    await this.fleet.db.run(async (tx) => {
      await tx.query('DELETE FROM secondaries WHERE id = $1', [id]);
      await tx.changed('zone', ZONES);
    });
  }

  /** What is seen of a secondary. */
  async observed(id: string): Promise<{ notified: number; transferred: number; error: string | null }> {
    const [row] = await this.fleet.db.query<{ notified: number; transferred: number; error: string | null }>(
      'SELECT notified_serial::float8 AS notified, transferred_serial::float8 AS transferred, error FROM secondaries WHERE id = $1',
      [id],
    );
    if (!row) throw new Error('no such secondary');
    return row;
  }

  /** A transfer as dig or kdig gets it; of the records one line each. */
  async transfer(
    key: SharedKey | null,
    type = 'AXFR',
    { program = 'dig', more = [] as string[], zone = ZONE } = {},
  ): Promise<{ text: string; records: string[] }> {
    const sign = key ? ['-y', `${key.algorithm}:${key.name}:${key.secret}`] : [];
    const args = ['@127.0.0.1', '-p', String(this.port), ...sign, zone, '-t', type, '+time=5', ...more];
    const { stdout, stderr } = await run(program, args, { maxBuffer: 1 << 26 }).catch(
      (error: { stdout: string; stderr: string }) => error,
    );
    const lines = stdout.split('\n').filter((line) => line !== '' && !line.startsWith(';') && !line.includes('TSIG'));
    return { text: stdout + stderr, records: lines.map((line) => line.replaceAll(/\s+/g, ' ')) };
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.fleet.close();
  }
}
