import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import type { MemberRole } from '../projects/member.entity';
import { activeUser, Standing, standingOf } from './active-user';

/** A person or a service, as admins see them. */
export interface PersonView {
  id: string;
  username: string;
  displayName: string;
  kind: 'person' | 'service';
  standing: Standing;
  isAdmin: boolean;
  reason: string;
  gitlab: {
    issuer: string;
    username: string;
    state: 'active' | 'blocked' | 'gone';
    syncedAt: string | null;
    syncError: string | null;
  } | null;
  projects: { id: string; name: string; role: MemberRole }[];
  sshKeys: number;
  lastSeenAt: Date | null;
  createdAt: Date;
  approvedAt: Date | null;
  /** By an admin; what GitLab says stands with the account there. */
  blockedAt: Date | null;
}

/** Which people. */
export interface PeopleQuery {
  standing?: Standing;
  /** In names, without regard to case. */
  filter?: string;
  offset: number;
  limit: number;
}

/** A person whose row is locked while something about them is decided. */
export interface LockedPerson {
  id: string;
  username: string;
  kind: 'person' | 'service';
  isAdmin: boolean;
  standing: Standing;
  approved: boolean;
  blockedByGitlab: boolean;
}

/** What others may know of a person. */
export interface FoundPerson {
  id: string;
  username: string;
  displayName: string;
}

/** The lock of all decisions over standings. */
const STANDINGS_LOCK = 0x6c787374;

const VIEW = `SELECT u.id, u.username, u.display_name AS "displayName", u.kind, ${standingOf('u')} AS standing, u.is_admin AS "isAdmin", u.status_reason AS reason,
    (SELECT jsonb_build_object('issuer', g.issuer, 'username', g.username, 'state', g.state, 'syncedAt', g.synced_at, 'syncError', g.sync_error)
      FROM gitlab_accounts g WHERE g.user_id = u.id) AS gitlab,
    coalesce((SELECT jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'role', m.role) ORDER BY p.name_key)
      FROM members m JOIN projects p ON p.id = m.project_id WHERE m.user_id = u.id), '[]') AS projects,
    (SELECT count(DISTINCT k.fingerprint)::int FROM ssh_keys k WHERE k.user_id = u.id AND (k.expires_at IS NULL OR k.expires_at > now())) AS "sshKeys",
    u.last_seen_at AS "lastSeenAt", u.created_at AS "createdAt", u.approved_at AS "approvedAt", u.blocked_at AS "blockedAt"
  FROM users u`;

const MATCHES = `($1::text IS NULL OR (${standingOf('u')}) = $1) AND ($2::text IS NULL OR u.username_key LIKE $2 OR lower(u.display_name) LIKE $2
  OR EXISTS (SELECT 1 FROM gitlab_accounts g WHERE g.user_id = u.id AND lower(g.username) LIKE $2))`;

/** People and services, for admins to look after. */
export class PeopleRepository {
  constructor(private readonly db: Transactor) {}

  /** One page; who waits comes first, the longest waiting at the top. Two queries, however many there are. */
  async page(query: PeopleQuery): Promise<{ items: PersonView[]; total: number }> {
    const filters = [query.standing ?? null, query.filter ? `%${likeText(query.filter)}%` : null];
    const [items, [count]] = await Promise.all([
      this.db.query<PersonView>(
        `${VIEW} WHERE ${MATCHES}
         ORDER BY (${standingOf('u')}) = 'waiting' DESC, CASE WHEN u.approved_at IS NULL THEN u.created_at END, u.username_key OFFSET $3 LIMIT $4`,
        [...filters, query.offset, query.limit],
      ),
      this.db.query<{ total: number }>(`SELECT count(*)::int AS total FROM users u WHERE ${MATCHES}`, filters),
    ]);
    return { items, total: count?.total ?? 0 };
  }

  async find(id: string): Promise<PersonView | null> {
    const [row] = await this.db.query<PersonView>(`${VIEW} WHERE u.id = $1`, [id]);
    return row ?? null;
  }

  /** Active persons whose name, or whose shown name, begins like that. */
  search(prefix: string, limit: number): Promise<FoundPerson[]> {
    return this.db.query<FoundPerson>(
      `SELECT u.id, u.username, u.display_name AS "displayName" FROM users u
       WHERE ${activeUser('u')} AND u.kind = 'person' AND (u.username_key LIKE $1 OR lower(u.display_name) LIKE $1)
       ORDER BY u.username_key LIMIT $2`,
      [`${likeText(prefix)}%`, limit],
    );
  }

  /** Locks a user, so that what is decided about them is founded on what is so; one at a time, so that two admins cannot demote each other. */
  async lock(tx: Tx, id: string): Promise<LockedPerson | null> {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [STANDINGS_LOCK]);
    const [row] = await tx.query<LockedPerson>(
      `SELECT u.id, u.username, u.kind, u.is_admin AS "isAdmin", ${standingOf('u')} AS standing, u.approved_at IS NOT NULL AS approved,
         u.gitlab_blocked_at IS NOT NULL AS "blockedByGitlab"
       FROM users u WHERE u.id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** Whether that user is the only active admin who can sign in with a password; asked under the lock. */
  async isLastLocalAdmin(tx: Tx, userId: string): Promise<boolean> {
    const rows = await tx.query<{ id: string }>(
      `SELECT u.id FROM users u WHERE u.is_admin AND u.password_hash IS NOT NULL AND ${activeUser('u')} LIMIT 2`,
    );
    return rows.length === 1 && rows[0]?.id === userId;
  }

  /** Lets a user in, or back in. */
  async activate(tx: Tx, id: string, reason: string): Promise<void> {
    await tx.query(
      'UPDATE users SET approved_at = coalesce(approved_at, now()), blocked_at = NULL, status_reason = $2 WHERE id = $1',
      [id, reason],
    );
    tx.changed('user', id);
  }

  /** Keeps a user out. */
  async block(tx: Tx, id: string, reason: string): Promise<void> {
    await tx.query('UPDATE users SET blocked_at = coalesce(blocked_at, now()), status_reason = $2 WHERE id = $1', [
      id,
      reason,
    ]);
    tx.changed('user', id);
  }

  /** Lets a user turn sudo on, or not; whoever may not loses a sudo that is on. */
  async setAdmin(tx: Tx, id: string, isAdmin: boolean): Promise<void> {
    await tx.query('UPDATE users SET is_admin = $2 WHERE id = $1', [id, isAdmin]);
    if (!isAdmin) await tx.query('UPDATE sessions SET sudo_until = NULL WHERE user_id = $1', [id]);
    tx.changed('user', id);
  }
}

function likeText(text: string): string {
  return text.toLowerCase().replace(/[\\%_]/g, '\\$&');
}
