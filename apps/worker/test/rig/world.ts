import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyRing } from '@lxdm/crypto';
import { Transactor, UsersRepository } from '@lxdm/entities';
import { JobProducer, JobsModule } from '@lxdm/jobs';
import { EntitiesModule } from '@lxdm/nest';
import { selfSigned, SelfSigned } from '@lxdm/testing';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ensureBuilt } from './build';
import { ManagedHost } from './managed-host';
import { ProcessUnderTest } from './process-under-test';
import { Services, ZONE } from './services';
import { until } from './until';

class WorldModule {}

/** A manager without its api: services, real workers and schedulers, fake hosts in the test's own process. */
export class World {
  readonly client: SelfSigned = selfSigned('lxd-manager');
  readonly hosts: ManagedHost[] = [];
  readonly processes: ProcessUnderTest[] = [];
  userId = '';
  /** What the processes are told besides; for those that start from then on. */
  env: Record<string, string> = {};
  readonly dir = mkdtempSync(join(tmpdir(), 'lxdm-worker-test-'));

  private constructor(
    readonly services: Services,
    private readonly context: INestApplicationContext,
  ) {}

  /** Makes the folders that the processes read, and what the api would use to accept wishes. */
  static async make(services: Services): Promise<World> {
    ensureBuilt();
    const imports = [
      EntitiesModule.forRoot({ url: services.databaseUrl, poolSize: 12, applicationName: 'lxdm-test' }),
      JobsModule.forRoot({ redisUrl: services.redisUrl }),
    ];
    const context = await NestFactory.createApplicationContext({ module: WorldModule, imports }, { logger: false });
    const world = new World(services, context);
    mkdirSync(join(world.dir, 'secrets'));
    mkdirSync(join(world.dir, 'certs'));
    writeFileSync(world.ringFile, newKeyRing(), { mode: 0o600 });
    writeFileSync(join(world.dir, 'certs', 'lxd.crt'), world.client.cert);
    writeFileSync(join(world.dir, 'certs', 'lxd.key'), world.client.key, { mode: 0o600 });
    await world.get(UsersRepository).saveLocalAdmin('admin', 'no hash');
    world.userId = (await world.get(UsersRepository).findByUsername('admin'))?.id ?? '';
    return world;
  }

  get<T>(type: Type<T>): T {
    return this.context.get(type);
  }

  get db(): Transactor {
    return this.get(Transactor);
  }

  get jobs(): JobProducer {
    return this.get(JobProducer);
  }

  get ringFile(): string {
    return join(this.dir, 'secrets', 'db_encrypt');
  }

  query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.db.query<Row>(sql, parameters);
  }

  /** Begins to start a process; `started()` waits for it. */
  spawn(app: 'worker' | 'scheduler'): ProcessUnderTest {
    const process = ProcessUnderTest.spawn(app, {
      DATABASE_URL: this.services.databaseUrl,
      REDIS_URL: this.services.redisUrl,
      LXDM_SECRETS_DIR: join(this.dir, 'secrets'),
      LXDM_CERTS_DIR: join(this.dir, 'certs'),
      DNS_ZONE: ZONE,
      ...this.env,
    });
    this.processes.push(process);
    return process;
  }

  start(app: 'worker' | 'scheduler'): Promise<ProcessUnderTest> {
    return this.spawn(app).started();
  }

  /** A host that listens, trusts the manager and is managed already, unless told otherwise. */
  async host(options: Parameters<typeof ManagedHost.make>[1] = {}): Promise<ManagedHost> {
    const host = await ManagedHost.make(this, options);
    this.hosts.push(host);
    return host;
  }

  /** Resolves when every worker that lives hears the events of every host. */
  async listening(streams = 1): Promise<void> {
    await until('event streams of all hosts', () => this.hosts.every(({ fake }) => fake.events.count >= streams));
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.filter((one) => one.running).map((one) => one.end('SIGKILL')));
    await Promise.all(this.hosts.map(({ fake }) => fake.close()));
    await this.context.close();
    await this.services.close();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
