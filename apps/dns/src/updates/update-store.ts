import { createDataSource, Transactor, ZoneUpdatesRepository } from '@lxdm/entities';

/** What an update needs of the database. */
export type UpdateStore = Pick<ZoneUpdatesRepository, 'update' | 'touchKey' | 'noteRefusal'>;

/** How long one statement may take: the client waits, and others queue behind it. */
const STATEMENT_MS = 2_000;

interface Connection {
  repository: ZoneUpdatesRepository;
  close: () => Promise<void>;
}

/** Reaches the database when the first update comes; a server that takes none has no connection for them. */
export class DatabaseUpdateStore implements UpdateStore {
  private connection: Promise<Connection> | undefined;

  constructor(private readonly url: string) {}

  async update(...given: Parameters<UpdateStore['update']>): Promise<number | null> {
    return (await this.repository()).update(...given);
  }

  async touchKey(id: string): Promise<void> {
    await (await this.repository()).touchKey(id);
  }

  async noteRefusal(...given: Parameters<UpdateStore['noteRefusal']>): Promise<void> {
    await (await this.repository()).noteRefusal(...given);
  }

  async close(): Promise<void> {
    const { connection } = this;
    this.connection = undefined;
    await connection?.then(
      ({ close }) => close(),
      () => undefined,
    );
  }

  private async repository(): Promise<ZoneUpdatesRepository> {
    const connection = (this.connection ??= connect(this.url));
    try {
      return (await connection).repository;
    } catch (error) {
      if (this.connection === connection) this.connection = undefined;
      throw error;
    }
  }
}

async function connect(url: string): Promise<Connection> {
  const options = { url, poolSize: 2, applicationName: 'lxdm-dns-updates', statementTimeoutMs: STATEMENT_MS };
  const dataSource = await createDataSource(options).initialize();
  return { repository: new ZoneUpdatesRepository(new Transactor(dataSource)), close: () => dataSource.destroy() };
}
