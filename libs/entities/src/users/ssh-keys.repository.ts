import { DeliveredKey, DomainError } from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { ENTITLED } from '../keys/wanted-keys';
import { SshKey } from './ssh-key.entity';

/** Keys that a person may paste into their profile. */
export const MAX_PROFILE_KEYS = 50;

const COLUMNS = `id, user_id AS "userId", source, type, public_key AS "publicKey", comment, fingerprint, expires_at AS "expiresAt", created_at AS "createdAt"`;

/** The SSH public keys in people's profiles, and those from GitLab. */
export class SshKeysRepository {
  constructor(private readonly db: Transactor) {}

  listOf(userId: string): Promise<SshKey[]> {
    return this.db.dataSource.getRepository(SshKey).find({ where: { userId }, order: { createdAt: 'ASC' } });
  }

  /**
   * Adds a key to a profile.
   * @throws DomainError `key-exists` when the user has this key already, `conflict` when there are too many
   */
  async add(tx: Tx, key: Pick<SshKey, 'userId' | 'type' | 'publicKey' | 'comment' | 'fingerprint'>): Promise<SshKey> {
    // The user's row is the lock: two requests at once cannot both be the last that fits.
    await tx.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [key.userId]);
    const [count] = await tx.query<{ keys: number }>(
      `SELECT count(*)::int AS keys FROM ssh_keys WHERE user_id = $1 AND source = 'profile'`,
      [key.userId],
    );
    if ((count?.keys ?? 0) >= MAX_PROFILE_KEYS)
      throw new DomainError('conflict', `A profile has room for ${MAX_PROFILE_KEYS} keys; remove one first.`);
    try {
      const [added] = await tx.query<SshKey>(
        `INSERT INTO ssh_keys (user_id, source, type, public_key, comment, fingerprint) VALUES ($1, 'profile', $2, $3, $4, $5) RETURNING ${COLUMNS}`,
        [key.userId, key.type, key.publicKey, key.comment, key.fingerprint],
      );
      return added as SshKey;
    } catch (error) {
      if (violatedIndex(error) !== undefined)
        throw new DomainError('key-exists', 'This key is already in your profile.');
      throw error;
    }
  }

  /**
   * Removes a key from a profile; null when there is none.
   * @throws DomainError `conflict` for a key of GitLab's
   */
  async remove(tx: Tx, userId: string, id: string): Promise<Pick<SshKey, 'comment' | 'fingerprint'> | null> {
    const [key] = await tx.query<SshKey>(`SELECT ${COLUMNS} FROM ssh_keys WHERE user_id = $1 AND id = $2`, [
      userId,
      id,
    ]);
    if (!key) return null;
    if (key.source === 'gitlab')
      throw new DomainError(
        'conflict',
        'This key comes from GitLab: remove it there, and it goes away here by itself.',
      );
    await tx.query(`DELETE FROM ssh_keys WHERE user_id = $1 AND id = $2 AND source = 'profile'`, [userId, id]);
    return key;
  }

  /** The keys that open a project's containers: those of its members who are active, as far as they have not expired, each once. */
  async ofProject(projectId: string): Promise<string[]> {
    return (await this.deliverable(projectId)).map((key) => key.publicKey);
  }

  /** The same with their fingerprints, as whoever delivers them needs them. */
  deliverable(projectId: string): Promise<DeliveredKey[]> {
    return this.db.query<DeliveredKey>(
      `SELECT DISTINCT ON (k.fingerprint) k.fingerprint, k.public_key AS "publicKey" FROM ${ENTITLED} WHERE m.project_id = $1
       ORDER BY k.fingerprint, k.source DESC`,
      [projectId],
    );
  }
}
