import { createDataSource, Transactor, ZonesContents, ZonesNews, ZonesRepository } from '@lxdm/entities';

/** Says which names change with others. */
export type Further = Parameters<ZonesRepository['loadNews']>[2];

/** Where the zones' contents come from. */
export interface ZoneSource {
  load: () => Promise<ZonesContents>;
  /** What is new since an entry of the journal. */
  news: (since: number, further: Further) => Promise<ZonesNews>;
  close: () => Promise<void>;
}

/** The database has answered, but not with our zone. */
export class UnknownZoneError extends Error {
  override readonly name = 'UnknownZoneError';
}

interface Connection {
  zones: ZonesRepository;
  close: () => Promise<void>;
}

/** Reads a zone from the database; connects when it is first asked, and anew after a failure. */
export class DatabaseZoneSource implements ZoneSource {
  private connection: Promise<Connection> | undefined;

  /** @param deadlineMs how long one answer may take: a database that stands still must become an error */
  constructor(
    private readonly url: string,
    private readonly zone: string,
    private readonly deadlineMs = 10_000,
  ) {}

  load(): Promise<ZonesContents> {
    return this.ask((zones) => zones.load(this.zone));
  }

  news(since: number, further: Further): Promise<ZonesNews> {
    return this.ask((zones) => zones.loadNews(this.zone, since, further));
  }

  async close(): Promise<void> {
    const { connection } = this;
    this.connection = undefined;
    if (connection) await closed(connection);
  }

  private async ask<T>(question: (zones: ZonesRepository) => Promise<T | null>): Promise<T> {
    const connection = (this.connection ??= connect(this.url));
    try {
      const answer = await within(
        this.deadlineMs,
        connection.then(({ zones }) => question(zones)),
      );
      if (answer !== null) return answer;
    } catch (error) {
      // A connection that failed may be half dead; the next question gets a fresh one, and nobody waits for the old one's end.
      if (this.connection === connection) this.connection = undefined;
      void closed(connection);
      throw error;
    }
    throw new UnknownZoneError(`the database does not know the zone ${this.zone}: run "migrate" with this DNS_ZONE`);
  }
}

async function connect(url: string): Promise<Connection> {
  const dataSource = await createDataSource({ url, poolSize: 1, applicationName: 'lxdm-dns' }).initialize();
  return { zones: new ZonesRepository(new Transactor(dataSource)), close: () => dataSource.destroy() };
}

/** Ends a connection whose outcome does not matter any more. */
async function closed(connection: Promise<Connection>): Promise<void> {
  await connection.then(
    ({ close }) => close().catch(() => undefined),
    () => undefined,
  );
}

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`the database did not answer in ${milliseconds} ms`)),
      milliseconds,
    );
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
