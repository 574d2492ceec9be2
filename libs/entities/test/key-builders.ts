import type { DeliveredKey } from '@lxdm/domain';
import type { DeliveryClaim, PlacedDelivery } from '../src';
import { TestDatabase, unique } from './database';

/** A key in a profile or from GitLab, and further columns as they are given. */
export async function giveKey(
  database: TestDatabase,
  userId: string,
  columns: { fingerprint?: string; source?: string; expires?: string } = {},
): Promise<DeliveredKey> {
  const fingerprint = columns.fingerprint ?? `SHA256:${unique()}`;
  const publicKey = `ssh-ed25519 AAAA${fingerprint.slice(7)} key ${fingerprint}`;
  await database.db.query(
    `INSERT INTO ssh_keys (user_id, type, public_key, comment, fingerprint, source, expires_at)
     VALUES ($1, 'ssh-ed25519', $2, $3, $4, $5, now() + $6::interval)`,
    [userId, publicKey, `key ${fingerprint}`, fingerprint, columns.source ?? 'profile', columns.expires ?? null],
  );
  return { fingerprint, publicKey };
}

/** A project with one member who has one key, and a container of it that runs. */
export async function team(
  database: TestDatabase,
  host: string,
  columns: Record<string, unknown> = {},
): Promise<{ project: string; user: string; key: DeliveredKey; container: string }> {
  const project = await database.project();
  const user = await database.user();
  await join(database, project, user);
  const key = await giveKey(database, user);
  const container = await database.settled(host, { project_id: project, ...columns });
  return { project, user, key, container };
}

export async function join(database: TestDatabase, project: string, user: string): Promise<void> {
  await database.db.query(`INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, 'operator')`, [
    project,
    user,
  ]);
}

/** Takes a delivery that has to be free. */
export async function claimed(database: TestDatabase, container: string): Promise<DeliveryClaim> {
  const claim = await database.deliveries.claim(container);
  if (!claim) throw new Error('The delivery is not free.');
  return claim;
}

/** Delivers as a worker does, without a container. */
export async function deliver(database: TestDatabase, container: string): Promise<void> {
  const claim = await claimed(database, container);
  const keys = await database.keys.wanted(container);
  if (!keys) throw new Error('The container is gone.');
  await database.deliveries.recordPlaced(container, claim, keys.wanted.map(inRoot));
  const fingerprints = keys.wanted.map((key) => key.fingerprint);
  await database.deliveries.recordInPlace(container, claim, { digest: keys.digest, fingerprints, homes: [ROOT] });
}

/** The home of the account that every container has. */
export const ROOT = '/root';

export function inRoot(key: DeliveredKey): PlacedDelivery {
  return { ...key, home: ROOT };
}

/** The keys that are noted as the manager's in a container. */
export function placedIn(database: TestDatabase, container: string): Promise<PlacedDelivery[]> {
  return database.db.query(
    'SELECT fingerprint, public_key AS "publicKey", home FROM placed_keys WHERE container_id = $1 ORDER BY home, fingerprint',
    [container],
  );
}
