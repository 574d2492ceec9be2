import { signingPeriod } from '@lxdm/domain';
import { Transactor } from '../database/transactor';

/** What happens to zones because time passes. */
export class ZoneUpkeepRepository {
  constructor(private readonly db: Transactor) {}

  /** True when a record's time is over. */
  async hasExpired(): Promise<boolean> {
    return (await this.db.query('SELECT 1 FROM zone_records WHERE expires_at <= now() LIMIT 1')).length > 0;
  }

  /** Takes out records whose time is over; returns how many. */
  expire(): Promise<number> {
    return this.db.run(async (tx) => {
      const gone = await tx.query<{ owner: string }>(
        'DELETE FROM zone_records WHERE expires_at <= now() RETURNING owner',
      );
      if (gone.length > 0) tx.zoneChanged({ owners: [...new Set(gone.map(({ owner }) => owner))] });
      return gone.length;
    });
  }

  /**
   * Bumps the serials where a zone is signed and its signatures are of a period that is over.
   * @returns true when it did
   */
  resign(now: Date): Promise<boolean> {
    return this.db.run(async (tx) => {
      const [row] = await tx.query<{ bumpedAt: Date }>(
        'SELECT at AS "bumpedAt" FROM zone_journal WHERE EXISTS (SELECT 1 FROM zones WHERE dnssec) ORDER BY id DESC LIMIT 1',
      );
      if (!row || signingPeriod(now.getTime() / 1000) <= signingPeriod(row.bumpedAt.getTime() / 1000)) return false;
      tx.zoneChanged({ owners: [] });
      return true;
    });
  }

  /** Drops entries of the journal that are older than a day, but always keeps the newest: the proof that nothing behind it is missing. */
  async pruneJournal(): Promise<void> {
    await this.db.query(
      `DELETE FROM zone_journal WHERE at < now() - interval '1 day' AND id < (SELECT max(id) FROM zone_journal)`,
    );
  }
}
