import { LeaseLostError } from '../database/lease';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { OperationsRepository } from '../operations/operations.repository';
import type { PlacedDelivery } from './container-keys.repository';

/** How long a delivery may be nobody else's, in seconds. It is not renewed: whoever delivers gives up before. */
export const DELIVERY_LEASE_SECONDS = 20;

/** A delivery that was taken: its fence goes into every write. */
export interface DeliveryClaim {
  fence: number;
  /** What was asked for by hand at that time. */
  generation: number;
  /** How often it was tried in vain before. */
  attempts: number;
  projectId: string | null;
}

/** A delivery that did not get through. */
export interface DeliveryFailure {
  code: string;
  message: string;
  retryInSeconds: number;
  /** Asking again at once does not help: an order by hand ends here. */
  final: boolean;
  /** What is in the container is not known any more. */
  doubtful: boolean;
}

/** Deliveries of keys into containers, under a lease of their own, so that an action on the container need not wait for them. */
export class KeyDeliveriesRepository {
  constructor(
    private readonly db: Transactor,
    private readonly operations: OperationsRepository,
  ) {}

  /** Takes the delivery of a container's keys if nobody is at it, else null. */
  async claim(containerId: string): Promise<DeliveryClaim | null> {
    const [row] = await this.db.query<DeliveryClaim>(
      `INSERT INTO key_deliveries AS d (container_id, lease_fence, lease_until)
       SELECT id, 1, now() + make_interval(secs => $2) FROM containers WHERE id = $1 AND removed_at IS NULL
       ON CONFLICT (container_id) DO UPDATE SET lease_fence = d.lease_fence + 1, lease_until = excluded.lease_until
         WHERE d.lease_until IS NULL OR d.lease_until < now()
       RETURNING lease_fence AS fence, generation, attempts, (SELECT project_id FROM containers WHERE id = $1) AS "projectId"`,
      [containerId, DELIVERY_LEASE_SECONDS],
    );
    return row ?? null;
  }

  /** Gives a delivery back that came to nothing: the container is not to be touched now, or the worker ends. */
  async release(containerId: string, claim: DeliveryClaim, retryInSeconds: number | null = null): Promise<void> {
    await this.db.query(
      `UPDATE key_deliveries SET lease_until = NULL, next_attempt_at = now() + make_interval(secs => $3::float8)
       WHERE container_id = $1 AND lease_fence = $2`,
      [containerId, claim.fence, retryInSeconds],
    );
  }

  /** Notes keys before they are written: whatever happens next, it is known whose they are. */
  async recordPlaced(containerId: string, claim: DeliveryClaim, keys: readonly PlacedDelivery[]): Promise<void> {
    await this.db.run(async (tx) => {
      await this.fenced(tx, containerId, claim, 'error = d.error', []);
      await recordPlacedKeys(tx, containerId, keys);
    });
  }

  /**
   * Settles a delivery: somebody has looked and found everything that was wanted, and nothing of ours besides.
   * @param found the keys that are there, and the homes of the accounts that have them
   */
  async recordInPlace(
    containerId: string,
    claim: DeliveryClaim,
    found: { digest: string; fingerprints: readonly string[]; homes: readonly string[] },
  ): Promise<void> {
    await this.db.run(async (tx) => {
      const before = await this.fenced(
        tx,
        containerId,
        claim,
        'digest = $3, checked_at = now(), error = NULL, observed_generation = $4, lease_until = NULL, next_attempt_at = NULL, attempts = 0',
        [found.digest, claim.generation],
      );
      const gone = await tx.query(
        `DELETE FROM placed_keys WHERE container_id = $1 AND NOT (fingerprint = ANY($2) AND (home = '' OR home = ANY($3))) RETURNING fingerprint`,
        [containerId, found.fingerprints, found.homes],
      );
      await this.operations.settle(tx, containerId, claim.generation, { power: null, deleted: false }, 'keys');
      const news = before.digest !== found.digest || before.error !== null || before.asked || gone.length > 0;
      if (news) tx.changed('container', containerId, claim.projectId);
    });
  }

  /** Notes why a delivery did not get through, and when it is tried again. */
  async recordFailed(containerId: string, claim: DeliveryClaim, failure: DeliveryFailure): Promise<void> {
    const { code, message, retryInSeconds, final, doubtful } = failure;
    await this.db.run(async (tx) => {
      const before = await this.fenced(
        tx,
        containerId,
        claim,
        `error = $3, lease_until = NULL, next_attempt_at = now() + make_interval(secs => $4::float8), attempts = d.attempts + 1,
         digest = CASE WHEN $7 THEN NULL ELSE d.digest END, observed_generation = CASE WHEN $5 THEN $6 ELSE d.observed_generation END`,
        [message, retryInSeconds, final, claim.generation, doubtful],
      );
      if (final)
        await this.operations.fail(
          tx,
          containerId,
          claim.generation,
          { code, message },
          { power: null, deleted: false },
          'keys',
        );
      else await this.noteStep(tx, containerId, claim, 'Try again', message, 'failed');
      if (before.error !== message) tx.changed('container', containerId, claim.projectId);
    });
  }

  /** Settles what was asked for by hand for a container that does not run: it gets its keys when it starts, and nobody has to wait for that. */
  async recordDeferred(containerId: string, claim: DeliveryClaim): Promise<void> {
    await this.db.run(async (tx) => {
      await this.fenced(
        tx,
        containerId,
        claim,
        'observed_generation = $3, lease_until = NULL, next_attempt_at = NULL',
        [claim.generation],
      );
      const words = 'The container does not run; its keys are delivered when it starts.';
      await this.noteStep(tx, containerId, claim, 'Leave it for the next start', words);
      await this.operations.settle(tx, containerId, claim.generation, { power: null, deleted: false }, 'keys');
    });
  }

  /**
   * Wants the keys of a container delivered again.
   * @returns the generation that the operation (`container.redeploy-keys`) waits for; null for a container of no project, or of none at all
   */
  async requestRedeploy(tx: Tx, containerId: string): Promise<number | null> {
    const [row] = await tx.query<{ generation: number; projectId: string }>(
      `INSERT INTO key_deliveries AS d (container_id, generation)
       SELECT id, 1 FROM containers WHERE id = $1 AND removed_at IS NULL AND project_id IS NOT NULL
       ON CONFLICT (container_id) DO UPDATE SET generation = d.generation + 1, next_attempt_at = NULL, attempts = 0
       RETURNING generation, (SELECT project_id FROM containers WHERE id = $1) AS "projectId"`,
      [containerId],
    );
    if (!row) return null;
    tx.changed('container', containerId, row.projectId);
    return row.generation;
  }

  private async noteStep(
    tx: Tx,
    containerId: string,
    claim: DeliveryClaim,
    name: string,
    detail: string,
    before: 'done' | 'failed' = 'done',
  ): Promise<void> {
    const step = { name, detail, status: 'running' as const, at: new Date().toISOString() };
    await this.operations.noteStep(tx, containerId, claim.generation, step, before, 'keys');
  }

  private async fenced(
    tx: Tx,
    containerId: string,
    claim: DeliveryClaim,
    set: string,
    parameters: unknown[],
  ): Promise<{ digest: string | null; error: string | null; asked: boolean }> {
    const [before] = await tx.query<{ digest: string | null; error: string | null; asked: boolean }>(
      `WITH b AS (SELECT container_id, digest, error, generation <> observed_generation AS asked FROM key_deliveries
         WHERE container_id = $1 AND lease_fence = $2 AND lease_until IS NOT NULL FOR UPDATE)
       UPDATE key_deliveries d SET ${set} FROM b WHERE d.container_id = b.container_id RETURNING b.digest, b.error, b.asked`,
      [containerId, claim.fence, ...parameters],
    );
    if (!before) throw new LeaseLostError('key_deliveries', containerId);
    return before;
  }
}

/** Notes keys as the manager's; those that are noted already keep their time. */
export async function recordPlacedKeys(tx: Tx, containerId: string, keys: readonly PlacedDelivery[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `INSERT INTO placed_keys (container_id, home, fingerprint, public_key)
     SELECT $1, k.home, k.fingerprint, k.key FROM jsonb_to_recordset($2::jsonb) AS k(home text, fingerprint text, key text) ON CONFLICT DO NOTHING`,
    [containerId, JSON.stringify(keys.map(({ home, fingerprint, publicKey: key }) => ({ home, fingerprint, key })))],
  );
}
