import { DomainError, nameKey } from '@lxdm/domain';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { activeUser } from './active-user';
import { User } from './user.entity';

/** People who may sign in. */
export class UsersRepository {
  constructor(private readonly db: Transactor) {}

  findByUsername(username: string): Promise<User | null> {
    return this.db.dataSource.getRepository(User).findOneBy({ usernameKey: nameKey(username) });
  }

  findById(id: string): Promise<User | null> {
    return this.db.dataSource.getRepository(User).findOneBy({ id });
  }

  /** True once there is an admin who can sign in with a password. */
  async hasLocalAdmin(): Promise<boolean> {
    const rows = await this.db.query(
      `SELECT 1 FROM users u WHERE u.is_admin AND u.password_hash IS NOT NULL AND ${activeUser('u')} LIMIT 1`,
    );
    return rows.length > 0;
  }

  /**
   * Makes an approved local admin, or gives an existing account that role and password; says which. It is the way back in, so it opens
   * an account that was blocked, too: one that GitLab blocks is no longer GitLab's. Whoever came by GitLab chose the name, and is not
   * made an admin for having it.
   * @throws DomainError `name-taken` when a service has that name, or somebody who came by GitLab and is no admin
   */
  async saveLocalAdmin(username: string, passwordHash: string): Promise<'created' | 'updated'> {
    return this.db.run(async (tx) => {
      // The account first, then the user: the order in which a sync locks them.
      await tx.query(
        'SELECT 1 FROM gitlab_accounts a JOIN users u ON u.id = a.user_id WHERE u.username_key = $1 FOR UPDATE OF a',
        [nameKey(username)],
      );
      const [row] = await tx.query<{ id: string; fresh: boolean }>(
        `INSERT INTO users (username, username_key, display_name, password_hash, is_admin, approved_at) VALUES ($1, $2, $1, $3, true, now())
         ON CONFLICT (username_key) DO UPDATE SET password_hash = $3, is_admin = true, blocked_at = NULL, gitlab_blocked_at = NULL,
           approved_at = coalesce(users.approved_at, now()) WHERE users.kind = 'person'
           AND (users.is_admin OR NOT EXISTS (SELECT 1 FROM gitlab_accounts a WHERE a.user_id = users.id))
         RETURNING id, xmax = 0 AS fresh`,
        [username, nameKey(username), passwordHash],
      );
      if (!row)
        throw new DomainError(
          'name-taken',
          `"${username}" is a service, or somebody who signs in with GitLab and is no admin; choose another name.`,
        );
      const cut = await tx.query(`DELETE FROM gitlab_accounts WHERE user_id = $1 AND state <> 'active' RETURNING id`, [
        row.id,
      ]);
      if (cut.length > 0) await tx.query(`DELETE FROM ssh_keys WHERE user_id = $1 AND source = 'gitlab'`, [row.id]);
      tx.changed('user', row.id);
      return row.fresh ? 'created' : 'updated';
    });
  }

  /** Stores a password's hash again, with newer parameters. */
  async setPasswordHash(id: string, passwordHash: string): Promise<void> {
    await this.db.query('UPDATE users SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
  }

  /** Gives a user a password, or another one. */
  async changePassword(tx: Tx, id: string, passwordHash: string): Promise<void> {
    await tx.query('UPDATE users SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
  }
}
