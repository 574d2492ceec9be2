import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { csrfToken, hashPassword, KeyRing, newKeyRing, newToken } from '@lxdm/crypto';
import { createDataSource, migrate } from '@lxdm/entities';
import { JOB_NAMES } from '@lxdm/jobs';
import type { NestExpressApplication } from '@nestjs/platform-express';
import request from 'supertest';
import type { ApiSettings } from '../src/api-settings';
import { createApp } from '../src/create-app';
import { Browser } from './browser';
import { Seeds } from './seeds';

/** The password of everybody in these tests. */
export const PASSWORD = 'correct horse battery';
export const ZONE = 'ct.example.org.';

type Queue = { client: { disconnect(): void } };
type DataSource = ReturnType<typeof createDataSource>;

/** The real application on a database of its own. */
export class ApiUnderTest {
  private constructor(
    readonly app: NestExpressApplication,
    readonly settings: ApiSettings,
    readonly db: DataSource,
    readonly seeds: Seeds,
    private readonly admin: DataSource,
  ) {}

  static async start(changes: Partial<ApiSettings> = {}): Promise<ApiUnderTest> {
    const base = process.env['TEST_DATABASE_URL'] ?? '';
    const admin = await createDataSource({ url: base, poolSize: 1 }).initialize();
    const name = `api_${randomBytes(6).toString('hex')}`;
    await admin.query(`CREATE DATABASE ${name}`);
    const url = new URL(base);
    url.pathname = `/${name}`;
    await migrate(url.href, ZONE, null);
    const settings: ApiSettings = {
      databaseUrl: url.href,
      redisUrl: process.env['TEST_REDIS_URL'] ?? '',
      bind: '127.0.0.1',
      httpPort: 0,
      metricsPort: 0,
      dnsHealthUrl: 'http://127.0.0.1:9/health/ready',
      zone: ZONE,
      nameserver: `nameserver.${ZONE}`,
      nameserverAddresses: ['192.0.2.53'],
      reservedNames: ['nameserver'],
      publicHosts: [],
      trustedProxies: ['loopback'],
      webDir: `${tmpdir()}/lxdm-no-console`,
      logLevel: 'silent',
      sessionSecret: randomBytes(32).toString('hex'),
      keyRing: KeyRing.parse(newKeyRing()),
      dnsKeyRing: KeyRing.parse(newKeyRing()),
      gitlabs: [],
      ...changes,
    };
    const app = await createApp(settings);
    await app.listen(0, '127.0.0.1');
    const db = await createDataSource({ url: url.href, poolSize: 3 }).initialize();
    return new ApiUnderTest(app, settings, db, new Seeds(db, await hashPassword(PASSWORD)), admin);
  }

  async stop(): Promise<void> {
    const name = new URL(this.settings.databaseUrl).pathname.slice(1);
    // bull leaves connections open that it did not make itself; a process that ends closes them, a test run would hang.
    const queues = JOB_NAMES.map((job) => this.app.get<Queue>(`BullQueue_${job}`, { strict: false }));
    await this.app.close();
    for (const queue of queues) queue.client.disconnect();
    await this.db.destroy();
    await this.admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
    await this.admin.destroy();
  }

  get port(): number {
    const address = this.app.getHttpServer().address() as { port: number };
    return address.port;
  }

  /** Requests without any session. */
  anonymous(): ReturnType<typeof request> {
    return request(`http://127.0.0.1:${this.port}`);
  }

  /** A browser in which that user is signed in, with sudo on where they are an admin and nothing else is said. */
  async browserOf(userId: string, sudo = true): Promise<Browser> {
    const { token, hash } = newToken('lxdm');
    const sessionId = randomUUID();
    await this.db.query(
      `INSERT INTO sessions (id, token_hash, user_id, address, user_agent, expires_at, sudo_until)
       SELECT $1, $2, id, '', '', now() + interval '1 hour', CASE WHEN is_admin AND $4 THEN now() + interval '15 minutes' END FROM users WHERE id = $3`,
      [sessionId, hash, userId, sudo],
    );
    return new Browser(this.anonymous(), { sessionId, token, csrf: csrfToken(this.settings.sessionSecret, hash) });
  }

  /** A new user and the browser in which they are signed in. */
  async signedIn(name: string, isAdmin = false, sudo = true): Promise<Browser & { userId: string }> {
    const userId = await this.seeds.user(name, isAdmin);
    return Object.assign(await this.browserOf(userId, sudo), { userId });
  }

  /** Runs something while the application's database takes no connections. */
  async withoutDatabase(work: () => Promise<void>): Promise<void> {
    const name = new URL(this.settings.databaseUrl).pathname.slice(1);
    await this.admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
    await this.admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
    try {
      await work();
    } finally {
      await this.admin.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS true`);
    }
  }

  /** How many rows the tables that actions write to have: what a refused request must leave alone. */
  async rowCounts(): Promise<Record<string, number>> {
    const tables = ['containers', 'operations', 'hosts', 'projects', 'members', 'ssh_keys', 'subnets', 'changes'];
    const [row] = await this.db.query(
      `SELECT ${tables.map((table) => `(SELECT count(*)::int FROM ${table}) AS ${table}`).join(', ')}`,
    );
    return row as Record<string, number>;
  }
}
