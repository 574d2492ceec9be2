import { ZoneUpdatesRepository } from '@lxdm/entities/zones';
import { DatabaseLink } from '../database/database-link';

/** What an update needs of the database. */
export type UpdateStore = Pick<ZoneUpdatesRepository, 'update' | 'touchKey' | 'noteRefusal'>;

/** How long one statement may take: the client waits, and others queue behind it. */
const STATEMENT_MS = 2_000;

/** Reaches the database when the first update comes; a server that takes none has no connection for them. */
export class DatabaseUpdateStore implements UpdateStore {
  private readonly link: DatabaseLink<ZoneUpdatesRepository>;

  constructor(url: string) {
    const options = { url, poolSize: 2, applicationName: 'lxdm-dns-updates', statementTimeoutMs: STATEMENT_MS };
    this.link = new DatabaseLink(options, (db) => new ZoneUpdatesRepository(db));
  }

  async update(...given: Parameters<UpdateStore['update']>): Promise<number | null> {
    return (await this.link.get()).update(...given);
  }

  async touchKey(id: string): Promise<void> {
    await (await this.link.get()).touchKey(id);
  }

  async noteRefusal(...given: Parameters<UpdateStore['noteRefusal']>): Promise<void> {
    await (await this.link.get()).noteRefusal(...given);
  }

  close(): Promise<void> {
    return this.link.close();
  }
}
