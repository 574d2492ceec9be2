import { TextProblem, zoneTextProblems } from '@lxdm/domain';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { Asks, neighbourhoodOf, TargetOf, wantedFact, WantedRecord } from './zone-neighbours';
import { replaceStaticRecords } from './static-records';

/** A static entry as a list shows it: texts may be long. */
export interface ListedStaticEntry {
  id: string;
  zone: string;
  title: string;
  version: number;
  records: number;
  updatedAt: Date;
  updatedBy: { id: string; name: string } | null;
}

/** A static entry as it is shown. */
export interface StaticEntryView extends ListedStaticEntry {
  text: string;
}

/** A text and the records that it says. */
export interface EntryText {
  title: string;
  text: string;
  records: readonly WantedRecord[];
  /** Null for the command line. */
  userId: string | null;
}

/** Which text is judged: one that is new, or another version of an entry. */
export interface TextPlaceInZone {
  zone: string;
  nameserver: string;
  exceptEntry: string | null;
}

const select = (more: string): string => `SELECT e.id, e.zone, e.title${more}, e.version, e.updated_at AS "updatedAt",
    (SELECT count(*)::int FROM zone_records r WHERE r.static_entry_id = e.id) AS records,
    CASE WHEN u.id IS NOT NULL THEN json_build_object('id', u.id, 'name', u.username) END AS "updatedBy"
  FROM static_entries e LEFT JOIN users u ON u.id = e.updated_by_id`;

/** Records that admins write as zone-file text. */
export class StaticEntriesRepository {
  constructor(private readonly db: Transactor) {}

  /** By title; of all zones without one. */
  list(zone?: string): Promise<ListedStaticEntry[]> {
    const sql = `${select('')} WHERE $1::text IS NULL OR e.zone = $1 ORDER BY lower(e.title), e.id`;
    return this.db.query(sql, [zone ?? null]);
  }

  async find(id: string): Promise<StaticEntryView | null> {
    return (await this.db.query<StaticEntryView>(`${select(', e.text')} WHERE e.id = $1`, [id]))[0] ?? null;
  }

  /** What the rules say about records in their zone; in the transaction that saves them, outside for a preview. */
  async judge(
    place: TextPlaceInZone,
    records: readonly WantedRecord[],
    targetOf: TargetOf,
    db: Asks = this.db,
  ): Promise<TextProblem[]> {
    if (records.length === 0) return [];
    return zoneTextProblems(records.map(wantedFact), await neighbourhoodOf(db, place, records, targetOf));
  }

  /** Saves a new entry; its text was judged in the same transaction, under lockZoneText. @returns its id */
  async create(tx: Tx, zone: string, { title, text, records, userId }: EntryText): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      'INSERT INTO static_entries (zone, title, text, updated_by_id) VALUES ($1, $2, $3, $4) RETURNING id',
      [zone, title, text, userId],
    );
    if (!row) throw new Error('a static entry was not inserted');
    await replaceStaticRecords(tx, { id: row.id, zone }, records);
    return row.id;
  }

  /** Locks an entry for a change; null when it is gone. */
  async lock(tx: Tx, id: string): Promise<{ zone: string; title: string; version: number } | null> {
    const sql = 'SELECT zone, title, version FROM static_entries WHERE id = $1 FOR UPDATE';
    return (await tx.query<{ zone: string; title: string; version: number }>(sql, [id]))[0] ?? null;
  }

  /** Saves another version of an entry that is locked; judged as with create. */
  async change(
    tx: Tx,
    entry: { id: string; zone: string },
    { title, text, records, userId }: EntryText,
  ): Promise<void> {
    await tx.query(
      'UPDATE static_entries SET title = $2, text = $3, version = version + 1, updated_at = now(), updated_by_id = $4 WHERE id = $1',
      [entry.id, title, text, userId],
    );
    await replaceStaticRecords(tx, entry, records);
  }

  /** Takes an entry that is locked, and its records, out of the zone. */
  async remove(tx: Tx, entry: { id: string; zone: string }): Promise<void> {
    await replaceStaticRecords(tx, entry, []);
    await tx.query('DELETE FROM static_entries WHERE id = $1', [entry.id]);
  }
}
