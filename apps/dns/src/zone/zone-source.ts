import { ZonesContents, ZonesNews, ZonesRepository } from '@lxdm/entities/zones';
import { DatabaseLink } from '../database/database-link';

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

/** Reads a zone from the database; connects when it is first asked, and anew after a failure. */
export class DatabaseZoneSource implements ZoneSource {
  private readonly link: DatabaseLink<ZonesRepository>;

  /** @param deadlineMs how long one answer may take: a database that stands still must become an error */
  constructor(
    url: string,
    private readonly zone: string,
    private readonly deadlineMs = 10_000,
  ) {
    this.link = new DatabaseLink({ url, poolSize: 1, applicationName: 'lxdm-dns' }, (db) => new ZonesRepository(db));
  }

  load(): Promise<ZonesContents> {
    return this.ask((zones) => zones.load(this.zone));
  }

  news(since: number, further: Further): Promise<ZonesNews> {
    return this.ask((zones) => zones.loadNews(this.zone, since, further));
  }

  close(): Promise<void> {
    return this.link.close();
  }

  private async ask<T>(question: (zones: ZonesRepository) => Promise<T | null>): Promise<T> {
    try {
      const answer = await within(this.deadlineMs, this.link.get().then(question));
      if (answer !== null) return answer;
    } catch (error) {
      this.link.renew();
      throw error;
    }
    throw new UnknownZoneError(`the database does not know the zone ${this.zone}: run "migrate" with this DNS_ZONE`);
  }
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
