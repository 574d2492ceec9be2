import { ObservedSecondariesRepository, SecondaryObservation } from '@lxdm/entities/zones';
import { DatabaseLink } from '../database/database-link';
import type { SecondaryStore } from './secondary-notes';

const STATEMENT_MS = 2_000;

/** Reaches the database when there is something to write down; a server without secondaries has no connection for them. */
export class DatabaseSecondaryStore implements SecondaryStore {
  private readonly link: DatabaseLink<ObservedSecondariesRepository>;

  constructor(url: string) {
    const options = { url, poolSize: 1, applicationName: 'lxdm-dns-secondaries', statementTimeoutMs: STATEMENT_MS };
    this.link = new DatabaseLink(options, (db) => new ObservedSecondariesRepository(db));
  }

  async record(observations: readonly SecondaryObservation[]): Promise<void> {
    await (await this.link.get()).record(observations);
  }

  close(): Promise<void> {
    return this.link.close();
  }
}
