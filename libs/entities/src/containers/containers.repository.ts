import { DomainError, nameKey, TYPES_THAT_TAKE_A_NAME } from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import type { RecordSource } from '../zones/zone-record.entity';
import { lockZoneText } from '../zones/zone-text-lock';
import {
  AddressView,
  addressesOf,
  CONTAINER_COLUMNS,
  CONTAINER_SOURCE,
  CONTAINER_HOSTS,
  ContainerHostRow,
  ContainerRow,
  ContainerView,
  viewOf,
} from './container-view';
import { HostKey } from './host-key.entity';

/** What a list can be sorted by in the database. */
export type ContainerSort = 'name' | 'createdAt' | 'host' | 'project';

/** Which containers, for whom, in which order. */
export interface ContainerQuery {
  /** The viewer's projects; null for an admin, who sees all. */
  projectIds: string[] | null;
  filter?: string;
  projectId?: string;
  hostId?: string;
  sort: ContainerSort;
  descending: boolean;
  offset: number;
  /** Null: all of them (for filters that only the rules can decide). */
  limit: number | null;
}

/** What is wanted of a new container. */
export interface NewContainer {
  id: string;
  name: string;
  description: string;
  projectId: string | null;
  hostId: string;
  image: string;
  nesting: boolean;
  hwaddrEth0: string;
  hwaddrEth1: string;
  power: 'running' | 'stopped';
}

/** The state of a container's wish, locked for a change. */
export interface LockedContainer {
  id: string;
  name: string;
  projectId: string | null;
  generation: number;
  /** True while it is being deleted; a deletion that failed can be asked for again, or be given up by another wish. */
  deleting: boolean;
}

const ORDER: Record<ContainerSort, string> = {
  name: 'c.name_key',
  createdAt: 'c.created_at',
  host: 'h.name_key',
  project: 'p.name_key',
};

/** Containers as the api reads and wants them. */
export class ContainersRepository {
  constructor(private readonly db: Transactor) {}

  /** A page of containers and how many there are; three queries beside each other for any number of rows. */
  async page(query: ContainerQuery): Promise<{ items: ContainerView[]; total: number }> {
    const where = `AND ($1::uuid[] IS NULL OR c.project_id = ANY($1)) AND ($2::uuid IS NULL OR c.project_id = $2) AND ($3::uuid IS NULL OR c.host_id = $3)
      AND ($4::text IS NULL OR c.name_key LIKE $4 OR lower(c.description) LIKE $4 OR lower(p.name) LIKE $4 OR lower(h.name) LIKE $4
        OR EXISTS (SELECT 1 FROM addresses a WHERE a.container_id = c.id AND host(a.address) LIKE $4))`;
    const filter = query.filter ? `%${query.filter.toLowerCase().replace(/[\\%_]/g, '\\$&')}%` : null;
    const parameters = [query.projectIds, query.projectId ?? null, query.hostId ?? null, filter];
    const order = `${ORDER[query.sort]} ${query.descending ? 'DESC' : 'ASC'} NULLS LAST, c.name_key, c.id`;
    const page = `${CONTAINER_SOURCE} ${where} ORDER BY ${order} OFFSET $5 LIMIT $6`;
    const [items, counts] = await Promise.all([
      this.views(page, [...parameters, query.offset, query.limit]),
      query.limit === null
        ? []
        : this.db.query<{ total: number }>(`SELECT count(*)::int AS total ${CONTAINER_SOURCE} ${where}`, parameters),
    ]);
    return { items, total: counts[0]?.total ?? items.length };
  }

  async byIds(ids: readonly string[]): Promise<ContainerView[]> {
    return this.views(`${CONTAINER_SOURCE} AND c.id = ANY($1)`, [ids]);
  }

  async find(id: string): Promise<ContainerView | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  /** The hardware addresses of a container. */
  async hwaddrOf(id: string): Promise<{ eth0: string; eth1: string } | null> {
    const [row] = await this.db.query<{ eth0: string; eth1: string }>(
      'SELECT hwaddr_eth0 AS eth0, hwaddr_eth1 AS eth1 FROM containers WHERE id = $1',
      [id],
    );
    return row ?? null;
  }

  /** True when a live container has the hardware address on eth1, wished or observed. */
  async hwaddrTaken(tx: Tx, hwaddr: string): Promise<boolean> {
    const rows = await tx.query(
      'SELECT 1 FROM containers WHERE (hwaddr_eth1 = $1 OR observed_hwaddr_eth1 = $1) AND removed_at IS NULL LIMIT 1',
      [hwaddr],
    );
    return rows.length > 0;
  }

  hostKeysOf(containerId: string): Promise<HostKey[]> {
    return this.db.dataSource.getRepository(HostKey).find({ where: { containerId }, order: { type: 'ASC' } });
  }

  /** True when a live container anywhere has the name, in whatever case. */
  async nameTaken(name: string): Promise<boolean> {
    const rows = await this.db.query('SELECT 1 FROM containers WHERE name_key = $1 AND removed_at IS NULL', [
      nameKey(name),
    ]);
    return rows.length > 0;
  }

  /**
   * Writes down a container that is wanted.
   * @throws DomainError `name-taken`
   */
  async create(tx: Tx, container: NewContainer): Promise<void> {
    await lockZoneText(tx);
    try {
      await tx.query(
        `INSERT INTO containers (id, name, name_key, description, project_id, host_id, image, nesting, hwaddr_eth0, hwaddr_eth1, power)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          container.id,
          container.name,
          nameKey(container.name),
          container.description,
          container.projectId,
          container.hostId,
          container.image,
          container.nesting,
          container.hwaddrEth0,
          container.hwaddrEth1,
          container.power,
        ],
      );
    } catch (error) {
      if (violatedIndex(error) !== undefined)
        throw new DomainError('name-taken', `There is already a container named "${container.name}".`);
      throw error;
    }
    await refuseTakenName(tx, container.name);
    // Its name is its own from now on, and SSHFP tells its host keys.
    tx.zoneChanged({ containers: [container.id] });
    tx.changed('container', container.id, container.projectId);
  }

  /** Locks a live container's row, so that wishes are accepted one after the other. */
  async lock(tx: Tx, id: string): Promise<LockedContainer | null> {
    const [row] = await tx.query<LockedContainer>(
      `SELECT id, name, project_id AS "projectId", generation,
         deleted_at IS NOT NULL AND generation <> observed_generation AS deleting FROM containers WHERE id = $1 AND removed_at IS NULL FOR UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** Wants another power state; a restart is a generation of its own. Returns the new generation. */
  async setPower(
    tx: Tx,
    container: LockedContainer,
    wish: { power: 'running' | 'stopped'; restart: boolean; force: boolean; timeoutSeconds: number },
  ): Promise<number> {
    return this.bump(
      tx,
      container,
      `deleted_at = NULL, power = $2, restart_generation = restart_generation + $3, stop_force = $4, stop_timeout_seconds = $5`,
      [wish.power, wish.restart ? 1 : 0, wish.force, wish.timeoutSeconds],
    );
  }

  /** Wants the container gone. Returns the new generation. */
  async setDeleted(tx: Tx, container: LockedContainer, force: boolean): Promise<number> {
    return this.bump(tx, container, `deleted_at = now(), stop_force = $2, stop_timeout_seconds = 30`, [force]);
  }

  /** Gives a container to another project; those who see it no more hear that it is gone. */
  async setProject(tx: Tx, container: LockedContainer, projectId: string): Promise<void> {
    await tx.query('UPDATE containers SET project_id = $2 WHERE id = $1', [container.id, projectId]);
    // The feed names the old project: from the row, readers know the new one.
    tx.changed('container', container.id, container.projectId ?? projectId);
    for (const id of [container.projectId, projectId]) if (id !== null) tx.changed('project', id, id);
  }

  private async bump(tx: Tx, container: LockedContainer, set: string, parameters: unknown[]): Promise<number> {
    const [row] = await tx.query<{ generation: number }>(
      `UPDATE containers SET ${set}, generation = generation + 1, next_attempt_at = NULL, attempts = 0 WHERE id = $1 RETURNING generation`,
      [container.id, ...parameters],
    );
    tx.changed('container', container.id, container.projectId);
    return row?.generation ?? container.generation + 1;
  }

  /** Rows, hosts and addresses of what a FROM clause yields, asked for beside each other. */
  private async views(from: string, parameters: unknown[]): Promise<ContainerView[]> {
    const [rows, hosts, addresses] = await Promise.all([
      this.db.query<ContainerRow>(`${CONTAINER_COLUMNS} ${from}`, parameters),
      this.db.query<ContainerHostRow>(CONTAINER_HOSTS),
      this.db.query<AddressView & { containerId: string }>(addressesOf(`SELECT c.id ${from}`), parameters),
    ]);
    const hostsById = new Map(hosts.map((host) => [host.id, host]));
    const byContainer = new Map<string, AddressView[]>();
    for (const { containerId, ...address } of addresses) {
      const list = byContainer.get(containerId);
      if (list) list.push(address);
      else byContainer.set(containerId, [address]);
    }
    // A host that was removed between the queries took its containers with it.
    return rows.flatMap((row) => {
      const host = hostsById.get(row.hostId);
      return host ? [viewOf(row, host, byContainer.get(row.id) ?? [])] : [];
    });
  }
}

/** A name that records of the zone answer for, or that is delegated, cannot become a container's: it would go on answering otherwise. */
async function refuseTakenName(tx: Tx, name: string): Promise<void> {
  const [record] = await tx.query<{ source: RecordSource; title: string | null }>(
    `SELECT r.source, coalesce(s.title, d.title) AS title FROM zone_records r JOIN zones z ON z.name = r.zone AND z.kind = 'forward'
       LEFT JOIN static_entries s ON s.id = r.static_entry_id LEFT JOIN dynamic_entries d ON d.id = r.dynamic_entry_id
     WHERE r.owner = $1 || '.' || r.zone AND r.type = ANY($2) ORDER BY r.source, title LIMIT 1`,
    [nameKey(name), TYPES_THAT_TAKE_A_NAME],
  );
  if (!record) return;
  const { source, title } = record;
  const where = source === 'update' ? 'put there by a dynamic update' : `of the ${source} entry "${title ?? ''}"`;
  throw new DomainError('name-taken', `The zone already has a record named "${name}", ${where}.`);
}
