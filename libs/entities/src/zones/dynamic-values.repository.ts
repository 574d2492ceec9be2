import type { Tx } from '../database/sql-transactor';
import type { DynamicValueView } from './dynamic-entry-view';

/** A value that is wanted, as a record. */
export interface NewDynamicValue {
  value: string;
  rdata: Buffer;
  expiresAt: Date | null;
}

/** Records at the entry's name and of its type that are its values: its own, and those that dynamic updates put beside them. */
const VALUES_OF = `(r.dynamic_entry_id = e.id OR (r.source = 'update' AND r.zone = e.zone AND r.owner = e.owner AND r.type = e.type))`;

/** What dynamic entries say: always inside the transaction that holds the entry. */
export class DynamicValuesRepository {
  valuesOf(tx: Tx, id: string): Promise<DynamicValueView[]> {
    return tx.query<DynamicValueView>(valuesSql('e.id = $1'), [id]);
  }

  /** Puts values in place of all that there are. */
  async replaceValues(tx: Tx, id: string, values: readonly NewDynamicValue[]): Promise<void> {
    await tx.query(`DELETE FROM zone_records r USING dynamic_entries e WHERE e.id = $1 AND ${VALUES_OF}`, [id]);
    for (const value of values) await this.addValue(tx, id, value);
    await this.touched(tx, id);
  }

  /** Writes an entry's own values anew, when its template has changed. */
  async replaceOwnValues(tx: Tx, id: string, values: readonly NewDynamicValue[]): Promise<void> {
    await tx.query('DELETE FROM zone_records WHERE dynamic_entry_id = $1', [id]);
    for (const value of values) await this.addValue(tx, id, value);
  }

  /** Adds a value; one with the same data gets the new expiry instead of a twin. */
  async addValue(tx: Tx, id: string, { value, rdata, expiresAt }: NewDynamicValue): Promise<string> {
    await tx.query('DELETE FROM zone_records WHERE dynamic_entry_id = $1 AND rdata = $2', [id, rdata]);
    // clock_timestamp: of values that are set in one go the order is kept.
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source, dynamic_entry_id, value, expires_at, created_at)
       SELECT zone, owner, type, ttl, $2, 'dynamic', id, $3, $4, clock_timestamp() FROM dynamic_entries WHERE id = $1 RETURNING id`,
      [id, rdata, value, expiresAt],
    );
    await this.touched(tx, id);
    return row?.id ?? '';
  }

  /** Removes values of an entry by their ids; returns how many there were. */
  async removeValues(tx: Tx, id: string, valueIds: readonly string[]): Promise<number> {
    const rows = await tx.query(
      `DELETE FROM zone_records r USING dynamic_entries e WHERE e.id = $1 AND r.id = ANY($2) AND ${VALUES_OF} RETURNING r.id`,
      [id, valueIds],
    );
    if (rows.length > 0) await this.touched(tx, id);
    return rows.length;
  }

  /** How large the set of an entry's name and type is, whoever its records are of. */
  async sizeOfSet(tx: Tx, id: string): Promise<{ records: number; octets: number }> {
    const [row] = await tx.query<{ records: number; octets: number }>(
      `SELECT count(*)::int AS records, coalesce(sum(12 + length(rdata)), 0)::int AS octets FROM (
         SELECT DISTINCT r.rdata FROM dynamic_entries e JOIN zone_records r ON r.zone = e.zone AND r.owner = e.owner AND r.type = e.type
         WHERE e.id = $1 AND (r.expires_at IS NULL OR r.expires_at > now())) AS served`,
      [id],
    );
    return row ?? { records: 0, octets: 0 };
  }

  private async touched(tx: Tx, id: string): Promise<void> {
    const [row] = await tx.query<{ owner: string }>(
      'UPDATE dynamic_entries SET updated_at = now() WHERE id = $1 RETURNING owner',
      [id],
    );
    if (row) tx.zoneChanged({ owners: [row.owner] });
  }
}

/** The values of some entries; what has expired is no value any more, even if nobody has taken it out yet. */
export function valuesSql(which: string): string {
  return `SELECT e.id AS "entryId", r.id, r.value, r.rdata, r.expires_at AS "expiresAt", r.created_at AS "createdAt",
      CASE WHEN r.source = 'update' THEN 'update' ELSE 'entry' END AS by
    FROM dynamic_entries e JOIN zone_records r ON ${VALUES_OF}
    WHERE ${which} AND (r.expires_at IS NULL OR r.expires_at > now()) ORDER BY r.created_at, r.id`;
}
