import { DatabaseOptions, PgSource, SqlTransactor } from '@lxdm/entities/zones';

interface Connection<R> {
  repository: R;
  close: () => Promise<void>;
}

/** What reads or writes one thing in the database: connected when it is first needed, and anew when that failed. */
export class DatabaseLink<R> {
  private connection: Promise<Connection<R>> | undefined;

  constructor(
    private readonly options: DatabaseOptions,
    private readonly repositoryOf: (db: SqlTransactor) => R,
  ) {}

  /** Connects where there is no connection; the next one tries again after a failure. */
  async get(): Promise<R> {
    const connection = (this.connection ??= this.connect());
    try {
      return (await connection).repository;
    } catch (error) {
      if (this.connection === connection) this.connection = undefined;
      throw error;
    }
  }

  /** Gets a fresh connection next time: this one may be half dead, and nobody waits for its end, whose outcome does not matter. */
  renew(): void {
    void this.close().catch(() => undefined);
  }

  /** Lets go of the connection; a database that stands still may keep this from ending. */
  async close(): Promise<void> {
    const { connection } = this;
    this.connection = undefined;
    await connection?.then(
      ({ close }) => close(),
      () => undefined,
    );
  }

  private async connect(): Promise<Connection<R>> {
    const source = await PgSource.connect(this.options);
    return { repository: this.repositoryOf(new SqlTransactor(source)), close: () => source.close() };
  }
}
