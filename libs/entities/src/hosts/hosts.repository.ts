import { DomainError, nameKey, Subnet } from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { HOST_VIEW, HostView } from './host-view';
import { Image } from './image.entity';

/** What an admin tells about a new host. */
export interface NewHost {
  id: string;
  name: string;
  url: string;
  monitoringUrl: string | null;
  pin: string | null;
  trustSecret: string | null;
  trustKind: 'password' | 'token' | null;
  subnets: Subnet[];
}

/** Hosts as the api reads and wants them. */
export class HostsRepository {
  constructor(private readonly db: Transactor) {}

  list(): Promise<HostView[]> {
    return this.db.query<HostView>(`${HOST_VIEW} ORDER BY h.name_key`);
  }

  byIds(ids: readonly string[]): Promise<HostView[]> {
    return this.db.query<HostView>(`${HOST_VIEW} AND h.id = ANY($1)`, [ids]);
  }

  async find(id: string): Promise<HostView | null> {
    return (await this.byIds([id]))[0] ?? null;
  }

  imagesOf(hostId: string): Promise<Image[]> {
    return this.db.dataSource
      .getRepository(Image)
      .find({ where: { hostId }, order: { description: 'ASC', fingerprint: 'ASC' } });
  }

  /**
   * Writes down a host that is wanted.
   * @throws DomainError `name-taken` when another host has the name or the URL
   */
  async create(tx: Tx, host: NewHost): Promise<void> {
    try {
      await tx.query(
        `INSERT INTO hosts (id, name, name_key, url, monitoring_url, pin, trust_secret, trust_kind) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          host.id,
          host.name,
          nameKey(host.name),
          host.url,
          host.monitoringUrl,
          host.pin,
          host.trustSecret,
          host.trustKind,
        ],
      );
    } catch (error) {
      const index = violatedIndex(error);
      if (index !== undefined)
        throw new DomainError('name-taken', 'There is already a host of this name or with this URL.');
      throw error;
    }
    await tx.query(
      `INSERT INTO subnets (cidr, family) SELECT s.cidr::cidr, s.family FROM jsonb_to_recordset($1::jsonb) AS s(cidr text, family smallint) ON CONFLICT DO NOTHING`,
      [JSON.stringify(host.subnets)],
    );
    await tx.query(
      'INSERT INTO host_subnets (host_id, subnet_id) SELECT $1, id FROM subnets WHERE cidr = ANY($2::cidr[])',
      [host.id, host.subnets.map((subnet) => subnet.cidr)],
    );
    tx.changed('host', host.id);
  }

  /** Wants the host to be trusted under this certificate; returns the new generation, or null when the host is gone. */
  async setPin(tx: Tx, id: string, pin: string): Promise<number | null> {
    const [row] = await tx.query<{ generation: number }>(
      `UPDATE hosts SET pin = $2, generation = generation + 1, next_attempt_at = NULL, attempts = 0 WHERE id = $1 AND removed_at IS NULL AND deleted_at IS NULL RETURNING generation`,
      [id, pin],
    );
    tx.changed('host', id);
    return row?.generation ?? null;
  }

  /** Wants the host out of management; returns the new generation, or null when it is gone already. */
  async setDeleted(tx: Tx, id: string): Promise<number | null> {
    const [row] = await tx.query<{ generation: number }>(
      `UPDATE hosts SET deleted_at = now(), generation = generation + 1, next_attempt_at = NULL, attempts = 0 WHERE id = $1 AND removed_at IS NULL AND deleted_at IS NULL RETURNING generation`,
      [id],
    );
    tx.changed('host', id);
    return row?.generation ?? null;
  }

  /** How many live containers the host has, locked against new ones until the transaction ends. */
  async countContainers(tx: Tx, id: string): Promise<number> {
    await tx.query('SELECT 1 FROM hosts WHERE id = $1 FOR UPDATE', [id]);
    const [row] = await tx.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM containers WHERE host_id = $1 AND removed_at IS NULL',
      [id],
    );
    return row?.count ?? 0;
  }

  /** Keeps the host from being removed until the transaction ends; false when it is not there, on its way out or not trusted. */
  async holdForContainer(tx: Tx, id: string): Promise<boolean> {
    const rows = await tx.query(
      'SELECT 1 FROM hosts WHERE id = $1 AND removed_at IS NULL AND deleted_at IS NULL AND trusted FOR KEY SHARE',
      [id],
    );
    return rows.length === 1;
  }
}
