import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import type { DynamicEntryView, DynamicValueView } from './dynamic-entry-view';
import { DynamicValuesRepository, valuesSql } from './dynamic-values.repository';

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

const VIEW = `SELECT e.id, e.zone, e.title, e.template, e.owner, e.type, e.ttl, e.networks::text[] AS networks, e.created_at AS "createdAt", e.updated_at AS "updatedAt",
    CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'name', c.name) END AS container, c.project_id AS "projectId",
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', u.id, 'name', u.username) ORDER BY u.username_key)
      FROM dynamic_entry_owners o JOIN users u ON u.id = o.user_id WHERE o.entry_id = e.id), '[]') AS owners
  FROM dynamic_entries e LEFT JOIN containers c ON c.id = e.container_id`;

const SEEN = `($1::uuid IS NULL OR EXISTS (SELECT 1 FROM dynamic_entry_owners o WHERE o.entry_id = e.id AND o.user_id = $1) OR c.project_id = ANY($2::uuid[]))`;

/** Dynamic entries. */
export class DynamicEntriesRepository {
  /** What entries say. */
  readonly values = new DynamicValuesRepository();

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
      `INSERT INTO dynamic_entry_owners (entry_id, user_id) SELECT $1, u.id FROM users u WHERE u.id = ANY($2) FOR KEY SHARE ON CONFLICT DO NOTHING`,
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

/** Removes the entries of containers that are removed, inside the transaction that does so: their records go with them. */
export async function removeEntriesOf(tx: Tx, containerIds: readonly string[]): Promise<void> {
  const rows = await tx.query<{ owner: string }>(
    'DELETE FROM dynamic_entries WHERE container_id = ANY($1) RETURNING owner',
    [containerIds],
  );
  if (rows.length > 0) tx.zoneChanged({ owners: rows.map(({ owner }) => owner) });
}
