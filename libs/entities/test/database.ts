import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { nameKey, OperationType } from '@lxdm/domain';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import {
  AddressesRepository,
  ChangesRepository,
  Claim,
  ContainerScansRepository,
  ContainerKeysRepository,
  ContainersRepository,
  ContainerWorkRepository,
  dataSourceOptions,
  DueKeysRepository,
  HostObservationsRepository,
  KeyDeliveriesRepository,
  HostsRepository,
  LeasedTable,
  LeasesRepository,
  migrate,
  OperationsRepository,
  ProjectsRepository,
  Transactor,
  Tx,
  UsersRepository,
  ZonesRepository,
} from '../src';

export const ZONE = 'ct.example.org.';

/** A database of a suite's own, without any table. */
export interface EmptyDatabase {
  url: string;
  drop: () => Promise<void>;
}

/** Makes an empty database under the server that jest's set-up names. */
export async function emptyDatabase(): Promise<EmptyDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('TEST_DATABASE_URL is not set: run this under jest.config.ts.');
  const name = `entities_${randomBytes(6).toString('hex')}`;
  await once(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => once(server, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** One statement on a connection of its own. */
export async function once(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** A migrated database with every repository, and rows to begin with. */
export class TestDatabase {
  readonly db: Transactor;
  readonly changes: ChangesRepository;
  readonly leases: LeasesRepository;
  readonly operations: OperationsRepository;
  readonly addresses = new AddressesRepository();
  readonly containers: ContainersRepository;
  readonly work: ContainerWorkRepository;
  readonly scans: ContainerScansRepository;
  readonly keys: ContainerKeysRepository;
  readonly dueKeys: DueKeysRepository;
  readonly deliveries: KeyDeliveriesRepository;
  readonly hosts: HostsRepository;
  readonly hostObservations: HostObservationsRepository;
  readonly projects: ProjectsRepository;
  readonly users: UsersRepository;
  readonly zones: ZonesRepository;

  private constructor(
    readonly url: string,
    readonly dataSource: DataSource,
    /** Every statement that was sent. */
    readonly statements: readonly string[],
    private readonly dropIt: () => Promise<void>,
  ) {
    const db = (this.db = new Transactor(dataSource));
    this.changes = new ChangesRepository(db);
    this.leases = new LeasesRepository(db);
    this.operations = new OperationsRepository(db);
    this.containers = new ContainersRepository(db);
    this.work = new ContainerWorkRepository(db, this.operations, this.addresses);
    this.scans = new ContainerScansRepository(db, this.addresses);
    this.keys = new ContainerKeysRepository(db);
    this.dueKeys = new DueKeysRepository(db, this.operations);
    this.deliveries = new KeyDeliveriesRepository(db, this.operations);
    this.hosts = new HostsRepository(db);
    this.hostObservations = new HostObservationsRepository(db, this.operations, this.addresses);
    this.projects = new ProjectsRepository(db);
    this.users = new UsersRepository(db);
    this.zones = new ZonesRepository(db);
  }

  /** @param poolSize how many transactions may run at the same time */
  static async open(poolSize = 8): Promise<TestDatabase> {
    const { url, drop } = await emptyDatabase();
    await migrate(url, ZONE, null);
    const statements: string[] = [];
    const dataSource = new DataSource({
      ...dataSourceOptions({ url, poolSize }),
      logger: {
        logQuery: (query: string) => void statements.push(query),
        logQueryError: () => undefined,
        logQuerySlow: () => undefined,
        logSchemaBuild: () => undefined,
        logMigration: () => undefined,
        log: () => undefined,
      },
    });
    return new TestDatabase(url, await dataSource.initialize(), statements, drop);
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.dropIt();
  }

  async one<Row>(sql: string, parameters: unknown[] = []): Promise<Row> {
    const [row] = await this.db.query<Row>(sql, parameters);
    if (!row) throw new Error(`No row: ${sql}`);
    return row;
  }

  async user(username = `user-${unique()}`): Promise<string> {
    const sql = 'INSERT INTO users (username, username_key, approved_at) VALUES ($1, $2, now()) RETURNING id';
    return (await this.one<{ id: string }>(sql, [username, nameKey(username)])).id;
  }

  async project(name = `project-${unique()}`): Promise<string> {
    const sql = 'INSERT INTO projects (name, name_key) VALUES ($1, $2) RETURNING id';
    return (await this.one<{ id: string }>(sql, [name, nameKey(name)])).id;
  }

  async host(name = `host-${unique()}`): Promise<string> {
    const sql = `INSERT INTO hosts (name, name_key, url, pin, trusted, observed_generation) VALUES ($1, $2, $3, 'aa', true, 1) RETURNING id`;
    return (await this.one<{ id: string }>(sql, [name, nameKey(name), `https://${name}:8443`])).id;
  }

  /** A container as the api writes it down, and further columns as they are given. */
  async container(hostId: string, columns: Record<string, unknown> = {}): Promise<string> {
    const name = (columns['name'] as string | undefined) ?? `c-${unique()}`;
    const row = {
      id: randomUUID(),
      name,
      name_key: nameKey(name),
      host_id: hostId,
      hwaddr_eth0: '00:16:3e:00:00:01',
      hwaddr_eth1: '00:16:3e:00:00:02',
      power: 'running',
      ...columns,
    };
    const names = Object.keys(row);
    await this.db.query(
      `INSERT INTO containers (${names.join(', ')}) VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})`,
      Object.values(row),
    );
    return row.id;
  }

  /** A container that is settled on its host. */
  settled(hostId: string, columns: Record<string, unknown> = {}): Promise<string> {
    const seen = { observed_generation: 1, observed_status: 'Running', created_on_host_at: new Date(0) };
    return this.container(hostId, { ...seen, ...columns });
  }

  /** An accepted operation on a container. */
  operation(type: OperationType, targetId: string, targetGeneration: number, requestedById: string): Promise<string> {
    return this.db.run((tx) => this.begin(tx, type, targetId, targetGeneration, requestedById));
  }

  begin(tx: Tx, type: OperationType, targetId: string, targetGeneration: number, userId: string): Promise<string> {
    return this.operations.begin(tx, {
      type,
      targetKind: type.startsWith('host.') ? 'host' : 'container',
      targetId,
      targetName: 'web',
      targetGeneration,
      projectId: null,
      requestedById: userId,
      requestId: null,
      idempotency: null,
    });
  }

  /** Takes a lease that has to be free. */
  async claim(id: string, table: LeasedTable = 'containers'): Promise<Claim> {
    const claim = await this.leases.claim(table, id);
    if (claim === null) throw new Error('The lease is not free.');
    return claim;
  }

  async serial(): Promise<number> {
    return (await this.zones.load(ZONE))?.zones[0]?.serial ?? NaN;
  }
}

let counter = 0;

/** A number that no other row of this process has. */
export function unique(): number {
  return ++counter;
}

/** Waits until something holds, looking again and again until a deadline. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`Not within ${withinMs} ms: ${what}`);
    await pause(20);
  }
}

/** True when a connection of the database waits for a lock. */
export async function somebodyWaits(database: TestDatabase): Promise<boolean> {
  const rows = await database.db.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows.length > 0;
}

/** A promise with its handles, to hold a transaction open. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
