import type { DeliveredKey, HostKeyPair } from '@lxdm/domain';
import { LeaseLostError } from '../database/lease';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { recordPlacedKeys } from '../keys/key-deliveries.repository';
import { removeEntriesOf } from '../zones/dynamic-entries.repository';
import { OperationsRepository } from '../operations/operations.repository';
import { AddressesRepository, SeenContainerAddresses } from './addresses.repository';
import { noteBoot } from './boot';

/** All that a worker needs to make one container right. */
export interface ContainerWork {
  id: string;
  name: string;
  projectId: string | null;
  hostId: string;
  image: string | null;
  nesting: boolean;
  adopted: boolean;
  hwaddrEth0: string;
  hwaddrEth1: string;
  power: 'running' | 'stopped' | null;
  restartGeneration: number;
  stopForce: boolean;
  stopTimeoutSeconds: number;
  deleted: boolean;
  generation: number;
  observedGeneration: number;
  observedRestartGeneration: number;
  observedUuid: string | null;
  restartFrom: string | null;
  created: boolean;
  attempts: number;
}

/** A host key as it is stored: its private part sealed. */
export interface SealedHostKey {
  type: HostKeyPair['type'];
  publicKey: string;
  privateKeySealed: string;
  fingerprint: string;
}

/** What the holder of a lease saw of the container. */
export interface LeasedObservation {
  status: string;
  uuid: string | null;
  image: string | null;
  hwaddrEth1: string | null;
  /** The boot that it runs since; null while it does not run. */
  boot: string | null;
  addresses: SeenContainerAddresses | null;
}

/** What the holder of a container's lease reads and writes: every write carries the fence. */
export class ContainerWorkRepository {
  constructor(
    private readonly db: Transactor,
    private readonly operations: OperationsRepository,
    private readonly addresses: AddressesRepository,
  ) {}

  async load(id: string): Promise<ContainerWork | null> {
    const [row] = await this.db.query<ContainerWork>(
      `SELECT id, name, project_id AS "projectId", host_id AS "hostId", image, nesting, adopted, hwaddr_eth0 AS "hwaddrEth0", hwaddr_eth1 AS "hwaddrEth1", power,
         restart_generation AS "restartGeneration", stop_force AS "stopForce", stop_timeout_seconds AS "stopTimeoutSeconds", deleted_at IS NOT NULL AS deleted,
         generation, observed_generation AS "observedGeneration", observed_restart_generation AS "observedRestartGeneration", observed_uuid AS "observedUuid",
         CASE WHEN split_part(restart_from, ' ', 1) = restart_generation::text THEN substr(restart_from, strpos(restart_from, ' ') + 1) END AS "restartFrom", created_on_host_at IS NOT NULL AS created, attempts
       FROM containers WHERE id = $1 AND removed_at IS NULL`,
      [id],
    );
    return row ?? null;
  }

  /** The host of a live container, for the choice of a slot before any lease is taken. */
  async hostOf(id: string): Promise<string | null> {
    const [row] = await this.db.query<{ hostId: string }>(
      'SELECT host_id AS "hostId" FROM containers WHERE id = $1 AND removed_at IS NULL',
      [id],
    );
    return row?.hostId ?? null;
  }

  async hostKeys(id: string): Promise<SealedHostKey[]> {
    return this.db.query<SealedHostKey>(
      `SELECT type, public_key AS "publicKey", private_key_sealed AS "privateKeySealed", fingerprint FROM ssh_host_keys WHERE container_id = $1 ORDER BY type`,
      [id],
    );
  }

  /** Stores the host keys that were made for the container; those that it has already stay. */
  async addHostKeys(work: ContainerWork, fence: number, keys: readonly SealedHostKey[]): Promise<void> {
    await this.fenced(work, fence, 'observed_error = observed_error', [], (tx) =>
      tx.query(
        `INSERT INTO ssh_host_keys (container_id, type, public_key, private_key_sealed, fingerprint)
         SELECT $1, k.type, k.public_key, k.sealed, k.fingerprint FROM jsonb_to_recordset($2::jsonb) AS k(type text, public_key text, sealed text, fingerprint text)
         ON CONFLICT DO NOTHING`,
        [
          work.id,
          JSON.stringify(
            keys.map((k) => ({
              type: k.type,
              public_key: k.publicKey,
              sealed: k.privateKeySealed,
              fingerprint: k.fingerprint,
            })),
          ),
        ],
      ),
    );
  }

  /** Notes the SSH keys that the new container gets by its cloud-init document, before it is made. */
  async recordGivenKeys(work: ContainerWork, fence: number, keys: readonly DeliveredKey[]): Promise<void> {
    await this.fenced(work, fence, 'observed_error = observed_error', [], (tx) =>
      recordPlacedKeys(
        tx,
        work.id,
        keys.map((key) => ({ ...key, home: '' })),
      ),
    );
  }

  /**
   * Notes the step that is about to be taken on the container's outstanding operations.
   * @param before how the step before it ended
   */
  async noteStep(
    work: ContainerWork,
    fence: number,
    name: string,
    detail?: string,
    before: 'done' | 'failed' = 'done',
  ): Promise<void> {
    const step = { name, status: 'running' as const, at: new Date().toISOString(), ...(detail ? { detail } : {}) };
    await this.fenced(work, fence, 'observed_error = observed_error', [], (tx) =>
      this.operations.noteStep(tx, work.id, work.generation, step, before),
    );
  }

  /** Notes the boot mark from which this restart begins: one that is asked for later needs a boot after that, and a note of its own. */
  async noteRestart(work: ContainerWork, fence: number, bootMark: string): Promise<void> {
    await this.fenced(work, fence, 'restart_from = $3', [`${work.restartGeneration} ${bootMark}`]);
  }

  /** Records what the host shows in the middle of the work. */
  async recordObserved(work: ContainerWork, fence: number, seen: LeasedObservation): Promise<void> {
    await this.fenced(work, fence, OBSERVED, observed(seen), (tx) => this.recordAddresses(tx, seen));
  }

  /** Settles the container as wanted at its generation, and ends the operations that this covers. */
  async recordSettled(work: ContainerWork, fence: number, seen: LeasedObservation): Promise<void> {
    const set = `${OBSERVED}, observed_error = NULL, observed_generation = $8, observed_restart_generation = $9, restart_from = NULL`;
    await this.fenced(work, fence, set, [...observed(seen), work.generation, work.restartGeneration], async (tx) => {
      await this.recordAddresses(tx, seen);
      await this.operations.settle(tx, work.id, work.generation, work);
    });
  }

  /** Settles the container as not to be had as wanted, and ends the operations with the reason. */
  async recordFailed(work: ContainerWork, fence: number, code: string, message: string): Promise<void> {
    // Not observed_at: nothing was seen, and what is shown keeps its age.
    const set = 'observed_error = $3, observed_generation = $4, observed_restart_generation = $5, restart_from = NULL';
    await this.fenced(work, fence, set, [message, work.generation, work.restartGeneration], (tx) =>
      this.operations.fail(tx, work.id, work.generation, { code, message }, work),
    );
  }

  /** Lets the row go: the container is not on the host any more and nobody wants it. Its name is free from here on. */
  async recordRemoved(work: ContainerWork, fence: number): Promise<void> {
    await this.fenced(
      work,
      fence,
      `removed_at = now(), observed_generation = $3, observed_status = NULL, observed_error = NULL`,
      [work.generation],
      async (tx) => {
        await this.operations.settle(tx, work.id, work.generation, work);
        await this.addresses.forget(tx, [work.id]);
        await removeEntriesOf(tx, [work.id]);
        for (const table of ['ssh_host_keys', 'placed_keys', 'key_deliveries'])
          await tx.query(`DELETE FROM ${table} WHERE container_id = $1`, [work.id]);
      },
    );
  }

  private async recordAddresses(tx: Tx, seen: LeasedObservation): Promise<void> {
    if (seen.addresses) await this.addresses.record(tx, [seen.addresses]);
  }

  private async fenced(
    work: ContainerWork,
    fence: number,
    set: string,
    parameters: unknown[],
    then?: (tx: Tx) => Promise<unknown>,
  ): Promise<void> {
    await this.db.run(async (tx) => {
      const rows = await tx.query(
        `UPDATE containers c SET ${set} WHERE id = $1 AND lease_fence = $2 AND lease_until IS NOT NULL AND removed_at IS NULL RETURNING id`,
        [work.id, fence, ...parameters],
      );
      if (rows.length === 0) throw new LeaseLostError('containers', work.id);
      tx.changed('container', work.id, work.projectId);
      await then?.(tx);
    });
  }
}

const OBSERVED = `observed_status = $3, observed_uuid = coalesce($4, observed_uuid), observed_image = coalesce($5, observed_image),
  observed_hwaddr_eth1 = coalesce($6, observed_hwaddr_eth1), observed_at = clock_timestamp(),
  ${noteBoot('$7::text')}, missing_since = NULL, created_on_host_at = coalesce(created_on_host_at, now())`;

function observed(seen: LeasedObservation): unknown[] {
  return [seen.status, seen.uuid, seen.image, seen.hwaddrEth1, seen.boot];
}
