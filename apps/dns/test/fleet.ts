import { randomBytes, randomUUID } from 'node:crypto';
import { AddressesRepository, ContainerScansRepository, createDataSource, migrate, Transactor } from '@lxdm/entities';

/** The zone of every test. */
export const ZONE = 'ct.example.org.';

/** A container as a scan of its host finds it. */
export interface Found {
  name: string;
  addresses: string[];
  published?: boolean;
}

/** A database of its own with one host, changed only through what the worker uses. */
export class Fleet {
  private constructor(
    private readonly serverUrl: string,
    private readonly database: string,
    private readonly reader: string,
    /** The role that the name server has. */
    readonly readerUrl: string,
    readonly db: Transactor,
    private readonly hostId: string,
  ) {}

  static async create(serverUrl: string): Promise<Fleet> {
    const tag = `${process.pid}_${randomBytes(3).toString('hex')}`;
    const database = `dns_${tag}`;
    await onServer(serverUrl, `CREATE DATABASE ${database}`);
    const url = new URL(serverUrl);
    url.pathname = `/${database}`;
    const reader = { name: `dns_reader_${tag}`, password: "a ' strange \\ one" };
    await migrate(url.href, ZONE, reader);
    const dataSource = await createDataSource({ url: url.href, poolSize: 2, applicationName: 'fleet' }).initialize();
    const db = new Transactor(dataSource);
    const hostId = randomUUID();
    await db.query(
      `INSERT INTO hosts (id, name, name_key, url) VALUES ($1, 'host', 'host', 'https://host.example:8443')`,
      [hostId],
    );
    url.username = reader.name;
    url.password = encodeURIComponent(reader.password);
    return new Fleet(serverUrl, database, reader.name, url.href, db, hostId);
  }

  /** Containers appear on the host, in one transaction; returns their ids. */
  async appear(...found: Found[]): Promise<string[]> {
    const unmanaged = found.map(({ name, addresses, published = true }) => ({
      id: randomUUID(),
      name,
      hwaddrEth0: '00:16:3e:00:00:01',
      hwaddrEth1: '00:16:3e:00:00:02',
      status: 'Running',
      uuid: null,
      image: null,
      boot: null,
      addresses: addresses.map((address) => judged(address, published)),
    }));
    await this.scan({ unmanaged });
    return unmanaged.map(({ id }) => id);
  }

  /** A scan sees a container that it knows: another status, and these addresses now. */
  async see(id: string, status: string, addresses: string[]): Promise<void> {
    const seen = { id, status, uuid: null, image: null, hwaddrEth1: null, boot: null };
    await this.scan({ matched: [{ ...seen, addresses: addresses.map((address) => judged(address, true)) }] });
  }

  /** Containers are not on the host any more. */
  async vanish(...missing: string[]): Promise<void> {
    await this.scan({ missing });
  }

  async serial(): Promise<number> {
    const [row] = await this.db.query<{ serial: string }>('SELECT serial FROM zones WHERE name = $1', [ZONE]);
    return Number(row?.serial);
  }

  async close(): Promise<void> {
    await this.db.dataSource.destroy();
    await onServer(this.serverUrl, `DROP DATABASE ${this.database} WITH (FORCE)`);
    await onServer(this.serverUrl, `DROP ROLE ${this.reader}`);
  }

  private async scan(part: Partial<Parameters<ContainerScansRepository['record']>[0]>): Promise<void> {
    const scans = new ContainerScansRepository(this.db, new AddressesRepository());
    const startedAt = await scans.now();
    await scans.record({ hostId: this.hostId, startedAt, matched: [], unmanaged: [], missing: [], ...part });
  }
}

function judged(address: string, published: boolean) {
  const family = address.includes(':') ? (6 as const) : (4 as const);
  return { interface: 'eth1', address, family, published, prefixLength: family === 6 ? 64 : 24 };
}

async function onServer(url: string, sql: string): Promise<void> {
  const dataSource = await createDataSource({ url, poolSize: 1 }).initialize();
  try {
    await dataSource.query(sql);
  } finally {
    await dataSource.destroy();
  }
}
