import { AuditRepository } from '../audit/audit.repository';
import type { Tx } from '../database/sql-transactor';
import { byGitlab } from './gitlab-audit';
import { GitlabKeysRepository, KeyOwner } from './gitlab-keys.repository';

const LOCAL = '(is_admin AND password_hash IS NOT NULL)';

/** What GitLab's word on an account means for the person here. */
export class GitlabStandingRepository {
  constructor(
    private readonly audit: AuditRepository,
    private readonly keys: GitlabKeysRepository,
  ) {}

  /**
   * Who is blocked or gone in GitLab is blocked here, with all sessions ended, and let in again when GitLab says so. Only an admin with a
   * password is this manager's own account, the way back in: GitLab takes only its keys from them. A password alone is none: everybody may set one.
   */
  async follow(tx: Tx, owner: KeyOwner, state: 'active' | 'blocked' | 'gone'): Promise<void> {
    const out = state !== 'active';
    const [changed] = await tx.query<{ username: string; blocked: boolean }>(
      `UPDATE users SET gitlab_blocked_at = CASE WHEN $2 AND NOT ${LOCAL} THEN now() END
       WHERE id = $1 AND (gitlab_blocked_at IS NOT NULL) <> ($2 AND NOT ${LOCAL})
       RETURNING username, gitlab_blocked_at IS NOT NULL AS blocked`,
      [owner.userId, out],
    );
    if (out) await this.takeKeysOfLocal(tx, owner);
    if (!changed) return;
    if (changed.blocked) await tx.query('DELETE FROM sessions WHERE user_id = $1', [owner.userId]);
    await this.audit.record(
      tx,
      byGitlab(owner.issuer, {
        action: changed.blocked ? 'user.block' : 'user.unblock',
        targetKind: 'user',
        targetId: owner.userId,
        targetName: changed.username,
        detail: { gitlab: state },
      }),
    );
    tx.changed('user', owner.userId);
  }

  /** The keys of a blocked person open nothing and are kept for their return; a local account goes on, and its keys must not. */
  private async takeKeysOfLocal(tx: Tx, owner: KeyOwner): Promise<void> {
    const rows = await tx.query(`SELECT 1 FROM users WHERE id = $1 AND ${LOCAL}`, [owner.userId]);
    if (rows.length === 0) return;
    await this.keys.replace(tx, owner, []);
    // What was read before is there no more: the next answer must come whole.
    await tx.query('UPDATE gitlab_accounts SET keys_etag = NULL WHERE user_id = $1', [owner.userId]);
  }
}
