import { AuditRepository } from '../audit/audit.repository';
import type { Tx } from '../database/sql-transactor';
import { byGitlab } from './gitlab-audit';

/** An SSH key as GitLab has it, read and found good. */
export interface GitlabKeyRow {
  type: string;
  publicKey: string;
  comment: string;
  fingerprint: string;
  expiresAt: Date | null;
}

interface StoredKey extends GitlabKeyRow {
  id: string;
}

/** Whose keys they are. */
export interface KeyOwner {
  userId: string;
  issuer: string;
}

/** The keys that came from GitLab; those of the profile are never touched. */
export class GitlabKeysRepository {
  constructor(private readonly audit: AuditRepository) {}

  /** Makes the keys from GitLab exactly these, and writes down what that added and removed. */
  async replace(tx: Tx, owner: KeyOwner, wanted: readonly GitlabKeyRow[]): Promise<void> {
    const stored = await tx.query<StoredKey>(
      `SELECT id, type, public_key AS "publicKey", comment, fingerprint, expires_at AS "expiresAt" FROM ssh_keys
       WHERE user_id = $1 AND source = 'gitlab' ORDER BY id FOR UPDATE`,
      [owner.userId],
    );
    const known = new Map(stored.map((key) => [key.fingerprint, key]));
    const kept = new Set(wanted.map((key) => key.fingerprint));
    for (const key of stored) if (!kept.has(key.fingerprint)) await this.remove(tx, owner, key);
    for (const key of wanted) {
      const before = known.get(key.fingerprint);
      if (!before) await this.add(tx, owner, key);
      else if (!same(before, key)) await this.update(tx, owner, before.id, key);
    }
  }

  private async add(tx: Tx, owner: KeyOwner, key: GitlabKeyRow): Promise<void> {
    const [row] = await tx.query<{ id: string }>(
      `INSERT INTO ssh_keys (user_id, source, type, public_key, comment, fingerprint, expires_at) VALUES ($1, 'gitlab', $2, $3, $4, $5, $6)
       RETURNING id`,
      [owner.userId, key.type, key.publicKey, key.comment, key.fingerprint, key.expiresAt],
    );
    await this.note(tx, owner, 'ssh-key.add', { ...key, id: row?.id ?? '' });
  }

  private async remove(tx: Tx, owner: KeyOwner, key: StoredKey): Promise<void> {
    await tx.query('DELETE FROM ssh_keys WHERE id = $1', [key.id]);
    await this.note(tx, owner, 'ssh-key.remove', key);
  }

  private async update(tx: Tx, owner: KeyOwner, id: string, key: GitlabKeyRow): Promise<void> {
    await tx.query('UPDATE ssh_keys SET public_key = $2, comment = $3, expires_at = $4 WHERE id = $1', [
      id,
      key.publicKey,
      key.comment,
      key.expiresAt,
    ]);
    tx.changed('user', owner.userId);
  }

  /** A key in somebody's GitLab account is their own doing. */
  private async note(tx: Tx, owner: KeyOwner, action: 'ssh-key.add' | 'ssh-key.remove', key: StoredKey): Promise<void> {
    const [user] = await tx.query<{ username: string }>('SELECT username FROM users WHERE id = $1', [owner.userId]);
    await this.audit.record(
      tx,
      byGitlab(owner.issuer, {
        actorId: owner.userId,
        actorName: user?.username ?? '',
        action,
        targetKind: 'ssh-key',
        targetId: key.id,
        targetName: key.comment || key.fingerprint,
        detail: { fingerprint: key.fingerprint, type: key.type },
      }),
    );
    tx.changed('user', owner.userId);
  }
}

function same(a: GitlabKeyRow, b: GitlabKeyRow): boolean {
  return a.publicKey === b.publicKey && a.comment === b.comment && a.expiresAt?.getTime() === b.expiresAt?.getTime();
}
