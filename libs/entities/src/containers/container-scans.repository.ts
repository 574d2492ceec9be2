import { JudgedAddress, KnownContainer, nameKey } from '@lxdm/domain';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { removeEntriesOf } from '../zones/dynamic-entries.repository';
import { AddressesRepository } from './addresses.repository';
import { noteBoot } from './boot';

/** A live row of a host as a scan compares it. */
export interface ScannedRow extends KnownContainer {
  hwaddrEth1: string;
  projectId: string | null;
}

/** What a scan saw of a container that we know. */
export interface ScanObservation {
  id: string;
  status: string;
  uuid: string | null;
  image: string | null;
  hwaddrEth1: string | null;
  /** The boot that it runs since; null while it does not run. */
  boot: string | null;
  addresses: JudgedAddress[];
}

/** What a scan saw of an instance that nobody asked for. */
export interface FoundInstance extends Omit<ScanObservation, 'id'> {
  id: string;
  name: string;
  hwaddrEth0: string;
}

/** What a full scan of one host found. */
export interface ScanResult {
  hostId: string;
  /** The database's time before the host was asked: whatever was observed later is fresher. */
  startedAt: Date;
  matched: ScanObservation[];
  unmanaged: FoundInstance[];
  missing: string[];
}

/** What full scans of hosts read and write: only rows that nobody holds a lease on. */
export class ContainerScansRepository {
  constructor(
    private readonly db: Transactor,
    private readonly addresses: AddressesRepository,
  ) {}

  /** The database's clock, to be read before a host is asked. */
  async now(): Promise<Date> {
    const [row] = await this.db.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    if (!row) throw new Error('The database has no clock.');
    return row.now;
  }

  /** The live rows of a host. */
  rowsOf(hostId: string): Promise<ScannedRow[]> {
    return this.db.query<ScannedRow>(
      `SELECT id, name, observed_uuid AS uuid, created_on_host_at IS NOT NULL AS created, adopted, hwaddr_eth1 AS "hwaddrEth1", project_id AS "projectId"
       FROM containers WHERE host_id = $1 AND removed_at IS NULL`,
      [hostId],
    );
  }

  /** Records a scan in one transaction and a handful of statements, however many containers there are. */
  async record(scan: ScanResult): Promise<void> {
    await this.db.run(async (tx) => {
      // A host that is being removed takes its rows with it: nothing may be added behind its back.
      const host = await tx.query('SELECT 1 FROM hosts WHERE id = $1 AND removed_at IS NULL FOR SHARE', [scan.hostId]);
      if (host.length === 0) return;
      await this.adopt(tx, scan);
      const written = await this.recordMatched(tx, scan);
      const changed = await this.addresses.record(
        tx,
        [...scan.matched, ...scan.unmanaged]
          .filter((seen) => written.has(seen.id))
          .map((seen) => ({ containerId: seen.id, addresses: seen.addresses })),
      );
      for (const id of changed) tx.changed('container', id, written.get(id) ?? null);
      await this.recordMissing(tx, scan);
    });
  }

  private async recordMatched(tx: Tx, scan: ScanResult): Promise<Map<string, string | null>> {
    const rows = await tx.query<{ id: string; projectId: string | null; news: boolean }>(
      `WITH seen AS (
         SELECT * FROM jsonb_to_recordset($1::jsonb) AS s(id uuid, status text, uuid text, image text, hwaddr text, boot text)),
       before AS (
         SELECT c.id, c.observed_status, c.missing_since FROM containers c JOIN seen USING (id)
         WHERE c.removed_at IS NULL AND (c.lease_until IS NULL OR c.lease_until < now()) AND (c.observed_at IS NULL OR c.observed_at <= $2) ORDER BY c.id FOR UPDATE OF c)
       UPDATE containers c SET observed_status = s.status, observed_uuid = coalesce(s.uuid, c.observed_uuid), observed_image = coalesce(s.image, c.observed_image),
         observed_hwaddr_eth1 = coalesce(s.hwaddr, c.observed_hwaddr_eth1), observed_at = $2, ${noteBoot('s.boot')},
         missing_since = NULL, created_on_host_at = coalesce(c.created_on_host_at, now())
       FROM before b JOIN seen s USING (id) WHERE c.id = b.id
       RETURNING c.id, c.project_id AS "projectId", (b.observed_status IS DISTINCT FROM s.status OR b.missing_since IS NOT NULL) AS news`,
      [
        JSON.stringify(
          [...scan.matched, ...scan.unmanaged].map((s) => ({
            id: s.id,
            status: s.status,
            uuid: s.uuid,
            image: s.image,
            hwaddr: s.hwaddrEth1,
            boot: s.boot,
          })),
        ),
        scan.startedAt,
      ],
    );
    for (const row of rows) if (row.news) tx.changed('container', row.id, row.projectId);
    return new Map(rows.map((row) => [row.id, row.projectId]));
  }

  private async adopt(tx: Tx, scan: ScanResult): Promise<void> {
    if (scan.unmanaged.length === 0) return;
    const rows = await tx.query<{ id: string }>(
      `INSERT INTO containers (id, name, name_key, host_id, adopted, hwaddr_eth0, hwaddr_eth1, generation, observed_generation)
       SELECT f.id, f.name, f.name_key, $1, true, f.eth0, f.eth1, 1, 1
       FROM jsonb_to_recordset($2::jsonb) AS f(id uuid, name text, name_key text, eth0 text, eth1 text) ON CONFLICT DO NOTHING RETURNING id`,
      [
        scan.hostId,
        JSON.stringify(
          scan.unmanaged.map((f) => ({
            id: f.id,
            name: f.name,
            name_key: nameKey(f.name),
            eth0: f.hwaddrEth0,
            eth1: f.hwaddrEth1 ?? '',
          })),
        ),
      ],
    );
    for (const row of rows) tx.changed('container', row.id);
    if (rows.length > 0) tx.zoneChanged({ containers: rows.map((row) => row.id) });
  }

  /** A managed row stays and is shown as missing; one that was only adopted has nothing to lose and goes. */
  private async recordMissing(tx: Tx, scan: ScanResult): Promise<void> {
    if (scan.missing.length === 0) return;
    const rows = await tx.query<{ id: string; projectId: string | null; gone: boolean }>(
      `UPDATE containers SET missing_since = coalesce(missing_since, now()), observed_status = NULL, observed_at = $2,
         removed_at = CASE WHEN adopted AND project_id IS NULL AND generation = observed_generation THEN now() END
       WHERE id = ANY($1) AND removed_at IS NULL AND (lease_until IS NULL OR lease_until < now()) AND (observed_at IS NULL OR observed_at <= $2)
         AND (missing_since IS NULL OR adopted AND project_id IS NULL AND generation = observed_generation) RETURNING id, project_id AS "projectId", removed_at IS NOT NULL AS gone`,
      [scan.missing, scan.startedAt],
    );
    for (const row of rows) tx.changed('container', row.id, row.projectId);
    const gone = rows.filter((row) => row.gone).map((row) => row.id);
    await this.addresses.forget(tx, gone);
    await removeEntriesOf(tx, gone);
    await tx.query('UPDATE addresses SET present = false WHERE container_id = ANY($1) AND present', [
      rows.map((row) => row.id),
    ]);
  }
}
