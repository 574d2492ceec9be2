import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import type { ZoneKey } from './zone-key.entity';

/** A signing key as it is shown: without its private part. */
export type ZoneKeyView = Pick<ZoneKey, 'id' | 'dnskey' | 'createdAt' | 'activeAt' | 'retiredAt'>;

/** A key that is new; its private part is sealed for exactly this row. */
export interface NewZoneKey {
  id: string;
  zone: string;
  dnskey: Buffer;
  privateKeySealed: string;
  /** False for one that stands by. */
  active: boolean;
}

const VIEW = `SELECT id, dnskey, created_at AS "createdAt", active_at AS "activeAt", retired_at AS "retiredAt" FROM zone_keys`;

/** The keys that sign zones, and whether zones are signed. */
export class ZoneKeysRepository {
  constructor(private readonly db: Transactor) {}

  /** The oldest first. */
  list(zone: string, db: Pick<Tx, 'query'> = this.db): Promise<ZoneKeyView[]> {
    return db.query(`${VIEW} WHERE zone = $1 ORDER BY created_at, id`, [zone]);
  }

  /** Holds a zone, so that its keys are changed by one at a time; null when there is no such zone. */
  async lock(tx: Tx, zone: string): Promise<{ dnssec: boolean } | null> {
    // Every change of a zone bumps the serial in this row, and does so when it announces: who holds it must not wait for that turn.
    await tx.announceAlone();
    const sql = 'SELECT dnssec FROM zones WHERE name = $1 FOR NO KEY UPDATE';
    return (await tx.query<{ dnssec: boolean }>(sql, [zone]))[0] ?? null;
  }

  async turn(tx: Tx, zone: string, enabled: boolean): Promise<void> {
    await tx.query('UPDATE zones SET dnssec = $2 WHERE name = $1', [zone, enabled]);
    tx.zoneChanged();
  }

  async add(tx: Tx, { id, zone, dnskey, privateKeySealed, active }: NewZoneKey): Promise<void> {
    await tx.query(
      `INSERT INTO zone_keys (id, zone, dnskey, private_key_sealed, active_at) VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN now() END)`,
      [id, zone, dnskey, privateKeySealed, active],
    );
    tx.zoneChanged();
  }

  /** Signs with one key from now on; those that did so retire. */
  async activate(tx: Tx, zone: string, id: string): Promise<void> {
    const others = `UPDATE zone_keys SET retired_at = now() WHERE zone = $1 AND id <> $2 AND active_at IS NOT NULL AND retired_at IS NULL`;
    await tx.query(others, [zone, id]);
    await tx.query('UPDATE zone_keys SET active_at = now(), retired_at = NULL WHERE id = $1', [id]);
    tx.zoneChanged();
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.query('DELETE FROM zone_keys WHERE id = $1', [id]);
    tx.zoneChanged();
  }
}
