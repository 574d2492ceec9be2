import { createDataSource, ObservedSecondariesRepository, SecondaryObservation, Transactor } from '@lxdm/entities';
import type { SecondaryStore } from './secondary-notes';

const STATEMENT_MS = 2_000;

interface Connection {
  repository: ObservedSecondariesRepository;
  close: () => Promise<void>;
}

/** Reaches the database when there is something to write down; a server without secondaries has no connection for them. */
export class DatabaseSecondaryStore implements SecondaryStore {
  private connection: Promise<Connection> | undefined;

  constructor(private readonly url: string) {}

  async record(observations: readonly SecondaryObservation[]): Promise<void> {
    const connection = (this.connection ??= connect(this.url));
    try {
      await (await connection).repository.record(observations);
    } catch (error) {
      // The next one gets a fresh connection.
      if (this.connection === connection) this.connection = undefined;
      await closed(connection);
      throw error;
    }
  }

  async close(): Promise<void> {
    const { connection } = this;
    this.connection = undefined;
    if (connection) await closed(connection);
  }
}

async function closed(connection: Promise<Connection>): Promise<void> {
  await connection.then(({ close }) => close()).catch(() => undefined);
}

async function connect(url: string): Promise<Connection> {
  const options = { url, poolSize: 1, applicationName: 'lxdm-dns-secondaries', statementTimeoutMs: STATEMENT_MS };
  const dataSource = await createDataSource(options).initialize();
  return {
    repository: new ObservedSecondariesRepository(new Transactor(dataSource)),
    close: () => dataSource.destroy(),
  };
}
