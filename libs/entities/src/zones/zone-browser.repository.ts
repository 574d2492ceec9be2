import type { ReverseZone, ServedZone, StoredRecord, ZoneContainer, ZonesInputs } from '@lxdm/domain';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { RECORDS_PAGE, RecordsQuery, ShownRecord } from './zone-browser-records';
import type { ZoneKind } from './zone.entity';
import type { Asks } from './zone-neighbours';
import { containersSql } from './zones.repository';

/** A zone as it is shown. */
export interface ZoneView {
  name: string;
  kind: ZoneKind;
  cidr: string | null;
  serial: number;
  dnssec: boolean;
  /** Records that rows tell: those of containers and of entries. */
  records: number;
  /** RDATA of the DNSKEY that signs the zone; none where it is not signed. */
  signingKeys: Buffer[];
}

/** Names of containers, and what they say: addresses and host keys in the forward zone, names of addresses in reverse zones. */
const VIEW = `SELECT z.name, z.kind, z.cidr::text AS cidr, z.serial::float8 AS serial, z.dnssec,
    ((SELECT count(*) FROM zone_records r WHERE r.zone = z.name AND (r.expires_at IS NULL OR r.expires_at > now()))
     + (SELECT count(*) FROM addresses a JOIN containers c ON c.id = a.container_id AND c.removed_at IS NULL
        WHERE a.published AND (z.kind = 'forward' OR a.address <<= z.cidr))
     + (SELECT count(*) FROM ssh_host_keys k JOIN containers c ON c.id = k.container_id AND c.removed_at IS NULL WHERE z.kind = 'forward'))::int AS records,
    ARRAY(SELECT k.dnskey FROM zone_keys k WHERE k.zone = z.name AND z.dnssec AND k.active_at IS NOT NULL AND k.retired_at IS NULL) AS "signingKeys"
  FROM zones z`;

/** What stands in the zones, to be looked at. */
export class ZoneBrowserRepository {
  constructor(private readonly db: Transactor) {}

  /** The zone of the containers first; in a transaction, or outside. */
  list(forward: string, db: Asks = this.db): Promise<ZoneView[]> {
    return db.query<ZoneView>(`${VIEW} WHERE z.kind = 'reverse' OR z.name = $1 ORDER BY z.kind, z.cidr, z.name`, [
      forward,
    ]);
  }

  async find(name: string, db: Asks = this.db): Promise<ZoneView | null> {
    return (await db.query<ZoneView>(`${VIEW} WHERE z.name = $1`, [name]))[0] ?? null;
  }

  /** One more reverse zone; it begins where the others are, so that one serial tells a state of all. */
  async add(tx: Tx, { name, cidr }: ReverseZone): Promise<void> {
    await tx.query(
      `INSERT INTO zones (name, kind, cidr, serial) VALUES ($1, 'reverse', $2, coalesce((SELECT max(serial) FROM zones), 1))`,
      [name, cidr],
    );
    tx.zoneChanged();
  }

  /** Takes a reverse zone away, with its entries and keys. @returns false when there is none */
  async remove(tx: Tx, name: string): Promise<boolean> {
    // Every change of a zone bumps the serial in this row, and does so when it announces: who takes it away must not wait for that turn.
    await tx.announceAlone();
    const rows = await tx.query(`DELETE FROM zones WHERE name = $1 AND kind = 'reverse' RETURNING name`, [name]);
    tx.zoneChanged();
    return rows.length > 0;
  }

  /** One page of what a zone says, served or not. */
  async records(query: RecordsQuery): Promise<{ items: ShownRecord[]; total: number }> {
    const filter = query.filter ? `%${query.filter.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` : null;
    const head = [query.zone, JSON.stringify(query.given), filter, query.type ?? null, query.source ?? null];
    const page = await this.db.query<ShownRecord & { total: number }>(RECORDS_PAGE, [
      ...head,
      query.offset,
      query.limit,
      query.owner ?? null,
    ]);
    if (page.length > 0 || query.offset === 0) return { items: page, total: page[0]?.total ?? 0 };
    // Behind the last page there is no row to tell the number.
    const [first] = await this.db.query<{ total: number }>(RECORDS_PAGE, [...head, 0, 1, query.owner ?? null]);
    return { items: [], total: first?.total ?? 0 };
  }

  /** The published addresses in a subnet, with their containers. */
  addressesIn(cidr: string): Promise<{ address: string; id: string; name: string; key: string }[]> {
    return this.db.query(
      `SELECT host(a.address) AS address, c.id, c.name, c.name_key AS key FROM addresses a JOIN containers c ON c.id = a.container_id AND c.removed_at IS NULL
       WHERE a.published AND a.address <<= $1::cidr`,
      [cidr],
    );
  }

  /**
   * What the zones are made of at some names: all that an answer about them can rest on, when the names above them and their
   * wildcards are among them. Delegations are always there.
   * @param names absolute
   * @param addresses whose names are asked for
   */
  async inputsAround(forward: string, names: readonly string[], addresses: readonly string[]): Promise<ZonesInputs> {
    const suffix = `.${forward}`;
    const labels = names.flatMap((name) => (name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : []));
    const which = ` AND (name_key = ANY($1) OR name_key IN (SELECT c.name_key FROM containers c JOIN addresses a ON a.container_id = c.id WHERE a.published AND a.address = ANY($2::inet[])))`;
    const [zones, containers, records, wildcards] = await Promise.all([
      this.db.query<ServedZone>(
        `SELECT name, kind, cidr::text AS cidr, serial::float8 AS serial FROM zones WHERE kind = 'reverse' OR name = $1 ORDER BY kind, name`,
        [forward],
      ),
      this.db.query<ZoneContainer>(containersSql(which), [labels, addresses]),
      this.db.query<StoredRecord>(
        'SELECT zone, owner, type, ttl, rdata FROM zone_records WHERE owner = ANY($1) OR type = 2 ORDER BY zone, owner, type, rdata, id',
        [names],
      ),
      this.db.query('SELECT 1 FROM zone_records WHERE zone = $1 AND owner = $2 LIMIT 1', [forward, `*.${forward}`]),
    ]);
    return { zones, containers, records, wildcard: wildcards.length > 0 };
  }

  /** For each of some names, one that stands below it: it exists for its sake. */
  async somethingBelow(names: readonly string[]): Promise<string[]> {
    const rows = await this.db.query<{ owner: string }>(
      `SELECT (SELECT r.owner FROM zone_records r WHERE right(r.owner, length(n) + 1) = '.' || n LIMIT 1) AS owner FROM unnest($1::text[]) AS n`,
      [names],
    );
    return rows.flatMap(({ owner }) => (owner === null ? [] : [owner]));
  }

  /** Takes away a record that an update made; the others are their entry's. @returns its zone and owner, or null */
  async removeUpdated(tx: Tx, zone: string, id: string): Promise<{ owner: string; type: number } | null> {
    const [row] = await tx.query<{ owner: string; type: number }>(
      `DELETE FROM zone_records WHERE id = $1 AND zone = $2 AND source = 'update' RETURNING owner, type`,
      [id, zone],
    );
    if (row) tx.zoneChanged({ owners: [row.owner] });
    return row ?? null;
  }
}
