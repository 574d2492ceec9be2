import { AddressesRepository } from '../containers/addresses.repository';
import { LeaseLostError } from '../database/lease';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { removeEntriesOf } from '../zones/dynamic-entries.repository';
import { OperationsRepository } from '../operations/operations.repository';

/** All that a worker needs to speak to a host. */
export interface HostConnection {
  id: string;
  name: string;
  url: string;
  pin: string | null;
  trustSecret: string | null;
  trustKind: 'password' | 'token' | null;
  trusted: boolean;
  deleted: boolean;
  generation: number;
  observedGeneration: number;
  seenFingerprint: string | null;
  observedError: string | null;
  attempts: number;
  subnets: string[];
}

/** An image as a host lists it. */
export interface SeenImage {
  fingerprint: string;
  aliases: string[];
  description: string;
  os: string;
  release: string;
  architecture: string;
  sizeBytes: number;
}

const CONNECTION = `SELECT h.id, h.name, h.url, h.pin, h.trust_secret AS "trustSecret", h.trust_kind AS "trustKind", h.trusted,
  h.deleted_at IS NOT NULL AS deleted, h.generation, h.observed_generation AS "observedGeneration", h.seen_fingerprint AS "seenFingerprint",
  h.observed_error AS "observedError", h.attempts,
  coalesce((SELECT array_agg(s.cidr::text) FROM host_subnets hs JOIN subnets s ON s.id = hs.subnet_id WHERE hs.host_id = h.id), '{}') AS subnets
  FROM hosts h WHERE h.removed_at IS NULL`;

/** What the worker sees of hosts. */
export class HostObservationsRepository {
  constructor(
    private readonly db: Transactor,
    private readonly operations: OperationsRepository,
    private readonly addresses: AddressesRepository,
  ) {}

  async connection(id: string): Promise<HostConnection | null> {
    return (await this.db.query<HostConnection>(`${CONNECTION} AND h.id = $1`, [id]))[0] ?? null;
  }

  /** Every host that trusts us and is to be kept in sync. */
  trusted(): Promise<HostConnection[]> {
    return this.db.query<HostConnection>(`${CONNECTION} AND h.trusted AND h.deleted_at IS NULL AND h.pin IS NOT NULL`);
  }

  /** Those of some hosts that are not managed any more. */
  async goneOf(ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return [];
    const rows = await this.db.query<{ id: string }>('SELECT id FROM hosts WHERE id = ANY($1) AND removed_at IS NULL', [
      ids,
    ]);
    const live = new Set(rows.map((row) => row.id));
    return ids.filter((id) => !live.has(id));
  }

  /** Notes the step that is about to be taken on the host's outstanding operations. */
  async noteStep(host: HostConnection, fence: number, name: string, detail?: string): Promise<void> {
    const step = { name, status: 'running' as const, at: new Date().toISOString(), ...(detail ? { detail } : {}) };
    await this.fenced(host.id, fence, 'observed_error = observed_error', [], (tx) =>
      this.operations.noteStep(tx, host.id, host.generation, step),
    );
  }

  /** Notes the certificate that a host showed on first contact. */
  async recordFingerprint(host: HostConnection, fence: number, fingerprint: string): Promise<void> {
    await this.fenced(host.id, fence, 'seen_fingerprint = $3, observed_error = NULL', [fingerprint]);
  }

  /** Settles the host at a generation: trusted, with what it says of itself. The trust secret has served and is forgotten. */
  async recordTrusted(
    host: HostConnection,
    fence: number,
    server: { server: 'lxd' | 'incus'; version: string; fingerprint: string },
  ): Promise<void> {
    await this.fenced(
      host.id,
      fence,
      `trusted = true, trust_secret = NULL, trust_kind = NULL, server = $3, server_version = $4, seen_fingerprint = $5, last_seen_at = now(), observed_error = NULL, observed_generation = $6`,
      [server.server, server.version, server.fingerprint, host.generation],
      (tx) => this.operations.settle(tx, host.id, host.generation, { power: null, deleted: false }),
    );
  }

  /** Settles the host as waiting for the admin, who has a fingerprint to compare. */
  async recordAwaitingConfirmation(host: HostConnection, fence: number, fingerprint: string): Promise<void> {
    await this.fenced(
      host.id,
      fence,
      'seen_fingerprint = $3, observed_error = NULL, observed_generation = $4',
      [fingerprint, host.generation],
      (tx) => this.operations.settle(tx, host.id, host.generation, { power: null, deleted: false }),
    );
  }

  /** Settles the host as failed, with the reason. */
  async recordFailure(
    host: HostConnection,
    fence: number,
    code: string,
    message: string,
    seenFingerprint: string | null,
  ): Promise<void> {
    await this.fenced(
      host.id,
      fence,
      // A secret that was refused has been used: it is not kept.
      `observed_error = $3, observed_generation = $4, seen_fingerprint = coalesce($5, seen_fingerprint),
       trust_secret = CASE WHEN $6 = 'not-trusted' THEN NULL ELSE trust_secret END`,
      [message, host.generation, seenFingerprint, code],
      (tx) =>
        this.operations.fail(tx, host.id, host.generation, { code, message }, { power: null, deleted: host.deleted }),
    );
  }

  /** Notes why the last try did not get through; it is tried again. */
  async recordAttempt(host: HostConnection, fence: number, message: string): Promise<void> {
    await this.fenced(host.id, fence, 'observed_error = $3', [message]);
  }

  /** Takes the host and its containers out of management; nothing is touched on the host. */
  async recordRemoved(host: HostConnection, fence: number): Promise<void> {
    await this.fenced(
      host.id,
      fence,
      'removed_at = now(), observed_generation = $3, trust_secret = NULL',
      [host.generation],
      async (tx) => {
        await this.operations.settle(tx, host.id, host.generation, { power: null, deleted: true });
        const rows = await tx.query<{ id: string; projectId: string | null }>(
          `UPDATE containers SET removed_at = now(), lease_fence = lease_fence + 1, lease_until = NULL WHERE host_id = $1 AND removed_at IS NULL RETURNING id, project_id AS "projectId"`,
          [host.id],
        );
        const ids = rows.map((row) => row.id);
        const reason = { code: 'host-removed', message: `Host ${host.name} was removed from management.` };
        await this.operations.failAll(tx, ids, reason);
        for (const row of rows) tx.changed('container', row.id, row.projectId);
        await this.addresses.forget(tx, ids);
        await removeEntriesOf(tx, ids);
        await tx.query('DELETE FROM ssh_host_keys WHERE container_id = ANY($1)', [ids]);
      },
    );
  }

  /**
   * Notes that a host did not answer, so that its containers are shown with their age; says whether this is news.
   * @param shown the fingerprint that it shows instead of the pinned one, for an admin to compare and confirm
   */
  recordUnreachable(id: string, message: string, shown: string | null = null): Promise<boolean> {
    return this.db.run(async (tx) => {
      const rows = await tx.query(
        'UPDATE hosts SET observed_error = $2, seen_fingerprint = coalesce($3, seen_fingerprint) WHERE id = $1 AND removed_at IS NULL AND observed_error IS DISTINCT FROM $2 RETURNING id',
        [id, message, shown],
      );
      if (rows.length === 1) await this.hostAndContainersChanged(tx, id);
      return rows.length === 1;
    });
  }

  /** Notes that a host answered, and what it said of itself. */
  async recordSeen(
    id: string,
    facts: { memoryTotalBytes: number | null; memoryUsedBytes: number | null; version: string | null },
  ): Promise<void> {
    await this.db.run(async (tx) => {
      const [before] = await tx.query<{ news: boolean }>(
        `SELECT observed_error IS NOT NULL OR last_seen_at IS NULL OR last_seen_at < now() - interval '75 seconds' AS news
         FROM hosts WHERE id = $1 AND removed_at IS NULL FOR UPDATE`,
        [id],
      );
      if (!before) return;
      await tx.query(
        `UPDATE hosts SET last_seen_at = now(), observed_error = NULL, seen_fingerprint = pin, memory_total_bytes = coalesce($2, memory_total_bytes),
           memory_used_bytes = coalesce($3, memory_used_bytes), server_version = coalesce($4, server_version) WHERE id = $1`,
        [id, facts.memoryTotalBytes, facts.memoryUsedBytes, facts.version],
      );
      if (before.news) {
        await this.hostAndContainersChanged(tx, id);
        // What waited for the host need not wait any longer.
        await tx.query(
          'UPDATE containers SET next_attempt_at = NULL WHERE host_id = $1 AND removed_at IS NULL AND generation <> observed_generation',
          [id],
        );
      } else tx.changed('host', id);
    });
  }

  /** Makes the stored list of images what the host has; says that the host changed when it is another one than before. */
  async recordImages(hostId: string, images: readonly SeenImage[]): Promise<void> {
    await this.db.run(async (tx) => {
      const dropped = await tx.query(
        'DELETE FROM images WHERE host_id = $1 AND NOT (fingerprint = ANY($2)) RETURNING id',
        [hostId, images.map((image) => image.fingerprint)],
      );
      const news = await tx.query(
        `WITH before AS (SELECT * FROM images WHERE host_id = $1),
           seen AS (SELECT i.fingerprint, ARRAY(SELECT jsonb_array_elements_text(i.aliases)) AS aliases, i.description, i.os, i.release, i.architecture, i.size
             FROM jsonb_to_recordset($2::jsonb) AS i(fingerprint text, aliases jsonb, description text, os text, release text, architecture text, size bigint)),
           written AS (INSERT INTO images (host_id, fingerprint, aliases, description, os, release, architecture, size_bytes) SELECT $1, seen.* FROM seen
             ON CONFLICT (host_id, fingerprint) DO UPDATE SET aliases = excluded.aliases, description = excluded.description, os = excluded.os,
               release = excluded.release, observed_at = now())
         SELECT 1 FROM seen s LEFT JOIN before b USING (fingerprint)
         WHERE (b.aliases, b.description, b.os, b.release) IS DISTINCT FROM (s.aliases, s.description, s.os, s.release) LIMIT 1`,
        [hostId, JSON.stringify(images.map(({ sizeBytes, ...image }) => ({ ...image, size: sizeBytes })))],
      );
      if (dropped.length + news.length > 0) tx.changed('host', hostId);
    });
  }

  /** Whether a host answers shows on each of its containers. */
  private async hostAndContainersChanged(tx: Tx, id: string): Promise<void> {
    tx.changed('host', id);
    const rows = await tx.query<{ id: string; projectId: string | null }>(
      'SELECT id, project_id AS "projectId" FROM containers WHERE host_id = $1 AND removed_at IS NULL',
      [id],
    );
    for (const row of rows) tx.changed('container', row.id, row.projectId);
  }

  private async fenced(
    id: string,
    fence: number,
    set: string,
    parameters: unknown[],
    then?: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    await this.db.run(async (tx) => {
      const rows = await tx.query(
        `UPDATE hosts SET ${set} WHERE id = $1 AND lease_fence = $2 AND lease_until IS NOT NULL RETURNING id`,
        [id, fence, ...parameters],
      );
      if (rows.length === 0) throw new LeaseLostError('hosts', id);
      tx.changed('host', id);
      await then?.(tx);
    });
  }
}
