import { Tx } from '../database/sql-transactor';
import { activeUser } from '../users/active-user';
import type { MemberRole } from './member.entity';

/** A member as the rules of a project need them. */
export interface LockedMember {
  userId: string;
  username: string;
  kind: 'person' | 'service';
  role: MemberRole;
  source: 'manual' | 'gitlab';
  /** May sign in: approved and blocked by nobody. */
  active: boolean;
}

/** Who belongs to a project. Ask under the lock of the project's row: otherwise two owners may both go. */
export class MembersRepository {
  of(tx: Tx, projectId: string): Promise<LockedMember[]> {
    return tx.query<LockedMember>(
      `SELECT u.id AS "userId", u.username, u.kind, m.role, m.source,
         ${activeUser('u')} AS active
       FROM members m JOIN users u ON u.id = m.user_id WHERE m.project_id = $1 ORDER BY u.username_key`,
      [projectId],
    );
  }

  /** The name of somebody who can be made a member: an active person. */
  async candidate(tx: Tx, userId: string): Promise<{ username: string } | null> {
    const [row] = await tx.query<{ username: string }>(
      `SELECT username FROM users u WHERE id = $1 AND kind = 'person' AND ${activeUser('u')} FOR KEY SHARE`,
      [userId],
    );
    return row ?? null;
  }

  /** Adds a member by hand, or gives one another role. */
  async set(tx: Tx, projectId: string, userId: string, role: MemberRole): Promise<void> {
    await tx.query(
      `INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, $3) ON CONFLICT (project_id, user_id) DO UPDATE SET role = $3, source = 'manual'`,
      [projectId, userId, role],
    );
    tx.changed('project', projectId, projectId);
  }

  async remove(tx: Tx, projectId: string, userId: string): Promise<void> {
    await tx.query('DELETE FROM members WHERE project_id = $1 AND user_id = $2', [projectId, userId]);
    tx.changed('project', projectId, projectId);
  }
}
