import { nameKey } from '@lxdm/domain';
import { Transactor, Tx } from '../database/transactor';

/** A value of a dynamic entry, or a record that a dynamic update put beside them. */
export interface DynamicValueView {
  id: string;
  /** As it was given; null for a record of a dynamic update. */
  value: string | null;
  rdata: Buffer;
  expiresAt: Date | null;
  createdAt: Date;
  by: 'entry' | 'update';
}

/** A dynamic entry with who may set it and what it says. */
export interface DynamicEntryView {
  id: string;
  zone: string;
  title: string;
  template: string;
  owner: string;
  type: number;
  ttl: number;
  container: { id: string; name: string } | null;
  /** The project of its container. */
  projectId: string | null;
  owners: { id: string; name: string }[];
  networks: string[];
  values: DynamicValueView[];
  createdAt: Date;
  updatedAt: Date;
}

/** Which entries, for whom. */
export interface DynamicEntryQuery {
  /** Who looks, and their projects; null for an admin, who sees all. */
  viewer: { userId: string; projectIds: string[] } | null;
  /** In titles, names and templates, without regard to case. */
  filter?: string;
  offset: number;
  limit: number;
}

/** An entry that is wanted. */
export interface NewDynamicEntry {
  zone: string;
  title: string;
  template: string;
  owner: string;
  type: number;
  ttl: number;
  containerId: string | null;
  networks: readonly string[];
  createdById: string | null;
}

/** What an entry makes of values, as it is now. */
export type LockedEntry = Pick<DynamicEntryView, 'template' | 'owner' | 'type' | 'ttl'>;

/** A value that is wanted, as a record. */
export interface NewDynamicValue {
  value: string;
  rdata: Buffer;
  expiresAt: Date | null;
}

/** A container that may have an entry of its own. */
export interface EntryContainer {
  id: string;
  name: string;
  nameKey: string;
  projectId: string | null;
  /** False for one whose name another container has in the zone. */
  holdsName: boolean;
}

/** Records at the entry's name and of its type that are its values: its own, and those that dynamic updates put beside them. */
const VALUES_OF = `(r.dynamic_entry_id = e.id OR (r.source = 'update' AND r.zone = e.zone AND r.owner = e.owner AND r.type = e.type))`;

const VIEW = `SELECT e.id, e.zone, e.title, e.template, e.owner, e.type, e.ttl, e.networks::text[] AS networks, e.created_at AS "createdAt", e.updated_at AS "updatedAt",
    CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'name', c.name) END AS container, c.project_id AS "projectId",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', u.username) ORDER BY u.username_key)
      FROM dynamic_entry_owners o JOIN users u ON u.id = o.user_id WHERE o.entry_id = e.id), '[]') AS owners
  FROM dynamic_entries e LEFT JOIN containers c ON c.id = e.container_id`;

const SEEN = `($1::uuid IS NULL OR EXISTS (SELECT 1 FROM dynamic_entry_owners o WHERE o.entry_id = e.id AND o.user_id = $1) OR c.project_id = ANY($2::uuid[]))`;

/** Dynamic entries and their values. */
export class DynamicEntriesRepository {
  constructor(private readonly db: Transactor) {}

  /** One page of what the viewer may see, by name. */
  async page({
    viewer,
    filter,
    offset,
    limit,
  }: DynamicEntryQuery): Promise<{ items: DynamicEntryView[]; total: number }> {
    const like = filter ? `%${filter.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` : null;
    const where = `WHERE ${SEEN} AND ($3::text IS NULL OR lower(e.title) LIKE $3 OR e.owner LIKE $3 OR lower(e.template) LIKE $3)`;
    const parameters = [viewer?.userId ?? null, viewer?.projectIds ?? [], like];
    const [rows, [count]] = await Promise.all([
      this.db.query<Omit<DynamicEntryView, 'values'>>(
        `${VIEW} ${where} ORDER BY e.owner, e.type, e.id OFFSET $4 LIMIT $5`,
        [...parameters, offset, limit],
      ),
      this.db.query<{ total: number }>(
        `SELECT count(*)::int AS total FROM dynamic_entries e LEFT JOIN containers c ON c.id = e.container_id ${where}`,
        parameters,
      ),
    ]);
    return { items: await this.withValues(rows), total: count?.total ?? 0 };
  }

  async find(id: string): Promise<DynamicEntryView | null> {
    const rows = await this.db.query<Omit<DynamicEntryView, 'values'>>(`${VIEW} WHERE e.id = $1`, [id]);
    return (await this.withValues(rows))[0] ?? null;
  }

  /** Entries at a name and of a type, the oldest first. */
  async at(owner: string, type: number): Promise<DynamicEntryView[]> {
    const rows = await this.db.query<Omit<DynamicEntryView, 'values'>>(
      `${VIEW} WHERE e.owner = $1 AND e.type = $2 ORDER BY e.created_at, e.id LIMIT 100`,
      [owner, type],
    );
    return this.withValues(rows);
  }

  /** A container's own entry. */
  async ofContainer(containerId: string): Promise<DynamicEntryView | null> {
    const rows = await this.db.query<Omit<DynamicEntryView, 'values'>>(`${VIEW} WHERE e.container_id = $1`, [
      containerId,
    ]);
    return (await this.withValues(rows))[0] ?? null;
  }

  /** Keeps an entry as it is until the transaction ends; null when there is none. */
  async lock(tx: Tx, id: string): Promise<LockedEntry | null> {
    const [row] = await tx.query<LockedEntry>(
      'SELECT template, owner, type, ttl FROM dynamic_entries WHERE id = $1 FOR UPDATE',
      [id],
    );
    return row ?? null;
  }

  async create(tx: Tx, entry: NewDynamicEntry): Promise<string> {
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO dynamic_entries (zone, title, template, owner, type, ttl, container_id, networks, created_by_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8::cidr[], $9) RETURNING id`,
      [
        entry.zone,
        entry.title,
        entry.template,
        entry.owner,
        entry.type,
        entry.ttl,
        entry.containerId,
        entry.networks,
        entry.createdById,
      ],
    );
    if (!row) throw new Error('The database returned no entry.');
    return row.id;
  }

  async change(
    tx: Tx,
    id: string,
    entry: Pick<NewDynamicEntry, 'title' | 'template' | 'owner' | 'type' | 'ttl' | 'networks'>,
  ): Promise<void> {
    await tx.query(
      `UPDATE dynamic_entries SET title = $2, template = $3, owner = $4, type = $5, ttl = $6, networks = $7::cidr[], updated_at = now() WHERE id = $1`,
      [id, entry.title, entry.template, entry.owner, entry.type, entry.ttl, entry.networks],
    );
  }

  /** Says who may set an entry's values; returns those ids that are nobody's. */
  async setOwners(tx: Tx, id: string, userIds: readonly string[]): Promise<string[]> {
    await tx.query('DELETE FROM dynamic_entry_owners WHERE entry_id = $1 AND user_id <> ALL($2)', [id, userIds]);
    await tx.query(
      `INSERT INTO dynamic_entry_owners (entry_id, user_id) SELECT $1, u.id FROM users u WHERE u.id = ANY($2) ON CONFLICT DO NOTHING`,
      [id, userIds],
    );
    const rows = await tx.query<{ id: string }>(
      'SELECT wanted.id FROM unnest($1::uuid[]) AS wanted(id) WHERE NOT EXISTS (SELECT 1 FROM users u WHERE u.id = wanted.id)',
      [userIds],
    );
    return rows.map((row) => row.id);
  }

  /** Removes an entry with its values and tokens. */
  async remove(tx: Tx, id: string, owner: string): Promise<void> {
    await tx.query('DELETE FROM dynamic_entries WHERE id = $1', [id]);
    tx.zoneChanged({ owners: [owner] });
  }

  /** The values of an entry, inside a transaction that holds it. */
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

  /** What stands at a name besides one entry's values: the types there, and by whom. */
  typesAt(
    tx: Tx,
    zone: string,
    owner: string,
    exceptEntry: string | null,
  ): Promise<{ type: number; source: string }[]> {
    return tx.query<{ type: number; source: string }>(
      `SELECT DISTINCT type, source FROM zone_records WHERE zone = $1 AND owner = $2 AND dynamic_entry_id IS DISTINCT FROM $3
       UNION SELECT type, 'entry' FROM dynamic_entries WHERE zone = $1 AND owner = $2 AND id IS DISTINCT FROM $3`,
      [zone, owner, exceptEntry],
    );
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

  /** True when a live container has that name. */
  async isContainer(tx: Tx, name: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM containers WHERE name_key = $1 AND removed_at IS NULL LIMIT 1', [name]);
    return rows.length > 0;
  }

  /** A live container by its id or its name; of several with one name, the one that has it in the zone. */
  async container(idOrName: string): Promise<EntryContainer | null> {
    const [row] = await this.db.query<EntryContainer>(
      `SELECT c.id, c.name, c.name_key AS "nameKey", c.project_id AS "projectId",
         c.id = (SELECT o.id FROM containers o WHERE o.name_key = c.name_key AND o.removed_at IS NULL ORDER BY o.adopted, o.created_at, o.id LIMIT 1) AS "holdsName"
       FROM containers c WHERE c.removed_at IS NULL AND (c.id::text = lower($1) OR c.name_key = $2) ORDER BY 5 DESC LIMIT 1`,
      [idOrName, nameKey(idOrName)],
    );
    return row ?? null;
  }

  /** Keeps a live container from being removed until the transaction ends. */
  async holdContainer(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query('SELECT 1 FROM containers WHERE id = $1 AND removed_at IS NULL FOR SHARE', [id]);
    return rows.length > 0;
  }

  /** The id of a container's own entry, inside a transaction. */
  async idOfContainer(tx: Tx, containerId: string): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>('SELECT id FROM dynamic_entries WHERE container_id = $1', [
      containerId,
    ]);
    return row?.id ?? null;
  }

  /** How many entries of no container a user has made for themselves. */
  async countMadeBy(tx: Tx, userId: string, under: string): Promise<number> {
    // The user's row is the lock: two requests at once cannot both be the last that fits.
    await tx.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId]);
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM dynamic_entries WHERE created_by_id = $1 AND container_id IS NULL AND right(owner, length($2)) = $2`,
      [userId, under],
    );
    return row?.count ?? 0;
  }

  private async touched(tx: Tx, id: string): Promise<void> {
    const [row] = await tx.query<{ owner: string }>(
      'UPDATE dynamic_entries SET updated_at = now() WHERE id = $1 RETURNING owner',
      [id],
    );
    if (row) tx.zoneChanged({ owners: [row.owner] });
  }

  private async withValues(rows: readonly Omit<DynamicEntryView, 'values'>[]): Promise<DynamicEntryView[]> {
    if (rows.length === 0) return [];
    const values = await this.db.query<DynamicValueView & { entryId: string }>(valuesSql('e.id = ANY($1)'), [
      rows.map(({ id }) => id),
    ]);
    const byEntry = new Map<string, DynamicValueView[]>(rows.map(({ id }) => [id, []]));
    for (const { entryId, ...value } of values) byEntry.get(entryId)?.push(value);
    return rows.map((row) => ({ ...row, values: byEntry.get(row.id) ?? [] }));
  }
}

/** What has expired is no value any more, even if nobody has taken it out yet. */
function valuesSql(which: string): string {
  return `SELECT e.id AS "entryId", r.id, r.value, r.rdata, r.expires_at AS "expiresAt", r.created_at AS "createdAt",
      CASE WHEN r.source = 'update' THEN 'update' ELSE 'entry' END AS by
    FROM dynamic_entries e JOIN zone_records r ON ${VALUES_OF}
    WHERE ${which} AND (r.expires_at IS NULL OR r.expires_at > now()) ORDER BY r.created_at, r.id`;
}

/** Removes the entries of containers that are removed, inside the transaction that does so: their records go with them. */
export async function removeEntriesOf(tx: Tx, containerIds: readonly string[]): Promise<void> {
  const rows = await tx.query<{ owner: string }>(
    'DELETE FROM dynamic_entries WHERE container_id = ANY($1) RETURNING owner',
    [containerIds],
  );
  if (rows.length > 0) tx.zoneChanged({ owners: rows.map(({ owner }) => owner) });
}
