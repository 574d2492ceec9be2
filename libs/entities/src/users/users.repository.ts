import { nameKey } from '@lxdm/domain';
import { Injectable } from '@nestjs/common';
import { Transactor } from '../database/transactor';
import { User } from './user.entity';

/** People who may sign in. */
@Injectable()
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
      'SELECT 1 FROM users WHERE is_admin AND password_hash IS NOT NULL AND blocked_at IS NULL LIMIT 1',
    );
    return rows.length > 0;
  }

  /** Makes an approved local admin, or gives an existing account that role and password; says which. */
  async saveLocalAdmin(username: string, passwordHash: string): Promise<'created' | 'updated'> {
    const rows = await this.db.query<{ fresh: boolean }>(
      `INSERT INTO users (username, username_key, display_name, password_hash, is_admin, approved_at) VALUES ($1, $2, $1, $3, true, now())
       ON CONFLICT (username_key) DO UPDATE SET password_hash = $3, is_admin = true, blocked_at = NULL, approved_at = coalesce(users.approved_at, now())
       RETURNING xmax = 0 AS fresh`,
      [username, nameKey(username), passwordHash],
    );
    return rows[0]?.fresh ? 'created' : 'updated';
  }

  /** Stores a password's hash again, with newer parameters. */
  async setPasswordHash(id: string, passwordHash: string): Promise<void> {
    await this.db.query('UPDATE users SET password_hash = $2 WHERE id = $1', [id, passwordHash]);
  }
}
