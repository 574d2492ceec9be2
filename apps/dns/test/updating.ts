import { execFile, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { seal } from '@lxdm/crypto';
import { TsigAlgorithm } from '@lxdm/nameserver';
import { NameServer } from '../src/name-server';
import { until } from './client';
import { Fleet, ZONE } from './fleet';
import { health, ring, startNameServer } from './server-under-test';

/** A key that clients update with. */
export interface UpdateKey {
  id: string;
  name: string;
  algorithm: TsigAlgorithm;
  secret: string;
}

/** What a client program said. */
export interface Said {
  code: number;
  text: string;
}

/** A name server with the role that it has, a zone, and clients that are no part of this project. */
export class UpdateBench {
  readonly directory = mkdtempSync(join(tmpdir(), 'lxdm-update-'));

  private constructor(
    readonly fleet: Fleet,
    readonly server: NameServer,
  ) {}

  static async create(): Promise<UpdateBench> {
    const fleet = await Fleet.create(process.env['TEST_DATABASE_URL'] ?? '');
    const server = await startNameServer(fleet.readerUrl);
    await until(async () => (await health(server)).status === 200, 10_000);
    return new UpdateBench(fleet, server);
  }

  get port(): number {
    return this.server.ports.dns;
  }

  /** A key that may update names and types, known to the server. */
  async key(
    name: string,
    names: string[],
    types: string[] = [],
    algorithm: TsigAlgorithm = 'hmac-sha256',
  ): Promise<UpdateKey> {
    const id = randomUUID();
    const secret = randomBytes(32).toString('base64');
    // As the api does: the octets, not the text that people see.
    const octets = Buffer.from(secret, 'base64');
    const sealed = seal(ring, { table: 'tsig_keys', column: 'secret', row: id }, octets);
    await this.fleet.db.run(async (tx) => {
      await tx.query(
        `INSERT INTO tsig_keys (id, name, algorithm, secret_sealed, update_names, update_types) VALUES ($1, $2, $3, $4, $5, $6)`,
        [id, `${name}.`, algorithm, sealed, names, types],
      );
      tx.changed('zone', '00000000-0000-0000-0000-000000000000');
    });
    const key = { id, name, algorithm, secret };
    await until(
      async () => !(await this.nsupdate(key, 'prereq yxdomain ct.example.org.')).text.includes('BADKEY'),
      5_000,
    );
    return key;
  }

  /** A record that an admin or a program wrote. */
  async record(source: 'static' | 'dynamic', owner: string, type: number, rdata: Buffer): Promise<void> {
    await this.fleet.db.run(async (tx) => {
      await tx.query(
        'INSERT INTO zone_records (zone, owner, type, ttl, rdata, source) VALUES ($1, $2, $3, 60, $4, $5)',
        [ZONE, owner, type, rdata, source],
      );
      tx.zoneChanged({ owners: [owner] });
    });
  }

  /** The stored records of a name, relative to the zone. */
  rows(owner: string) {
    return this.fleet.db.query<{ source: string; ttl: number; keyId: string | null }>(
      'SELECT source, ttl, tsig_key_id AS "keyId" FROM zone_records WHERE owner = $1',
      [`${owner}.${ZONE}`],
    );
  }

  /** Waits until what was changed otherwise than by an update is served. */
  async served(): Promise<void> {
    const serial = await this.fleet.serial();
    await until(async () => (await this.dig(ZONE, 'SOA')).some((line) => line.includes(` ${serial} `)), 5_000);
  }

  /** What BIND's nsupdate says to lines of its language. */
  nsupdate(key: UpdateKey, lines: string | readonly string[], words: readonly string[] = []): Promise<Said> {
    const text = [...this.head(key), ...[lines].flat(), 'send', ''].join('\n');
    return this.said('nsupdate', ['-t', '10', ...words], text);
  }

  /** The same with Knot's knsupdate. */
  knsupdate(key: UpdateKey, lines: readonly string[]): Promise<Said> {
    const text = [...this.head(key), 'origin ct.example.org.', ...lines, 'send', 'quit', ''].join('\n');
    return this.said('knsupdate', [], text);
  }

  /** The data of the answer to a question, as dig prints it, in order. */
  async dig(name: string, type: string, ...words: string[]): Promise<string[]> {
    const asked = ['@127.0.0.1', '-p', String(this.port), '+short', '+tries=1', '+time=3', ...words, name, type];
    const { stdout } = await promisify(execFile)('dig', asked);
    return stdout.split('\n').filter(Boolean).sort();
  }

  /** Runs a program, its input given. */
  said(program: string, words: readonly string[], input: string, env: NodeJS.ProcessEnv = {}): Promise<Said> {
    return new Promise((resolve, reject) => {
      const child = spawn(program, words, { cwd: this.directory, env: { ...process.env, ...env } });
      const parts: Buffer[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => parts.push(part));
      child.on('error', reject);
      child.on('close', (code) => resolve({ code: code ?? -1, text: Buffer.concat(parts).toString() }));
      child.stdin.end(input);
    });
  }

  /** A file that only this test reads; returns its path. */
  file(name: string, text: string): string {
    const path = join(this.directory, name);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.fleet.close();
    rmSync(this.directory, { recursive: true, force: true });
  }

  private head({ name, algorithm, secret }: UpdateKey): string[] {
    return [`server 127.0.0.1 ${this.port}`, 'zone ct.example.org.', `key ${algorithm}:${name} ${secret}`];
  }
}
