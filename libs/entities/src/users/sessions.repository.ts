import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { activeUser, blockedUser, Standing, standingOf } from './active-user';
import { Session } from './session.entity';

/** Who is asking: the user behind a live session. */
export interface SessionUser {
  sessionId: string;
  userId: string;
  username: string;
  displayName: string;
  /** Acts as an admin now: is one, and sudo is on. */
  isAdmin: boolean;
  /** May turn sudo on. */
  canSudo: boolean;
  sudoUntil: Date | null;
  standing: Standing;
  expiresAt: Date;
  /** True when it was seen more than a minute ago, as far as is noted. */
  unseen: boolean;
}

/** A session as its own user sees it in a list. */
export type SessionView = Pick<
  Session,
  'id' | 'method' | 'address' | 'userAgent' | 'createdAt' | 'lastSeenAt' | 'expiresAt' | 'sudoUntil'
>;

/** A session as its own browser sees it. */
export interface OwnSession extends SessionUser {
  method: Session['method'];
  hasPassword: boolean;
  gitlab: { issuer: string; username: string } | null;
}

const USER = `SELECT s.id AS "sessionId", u.id AS "userId", u.username, u.display_name AS "displayName",
    (u.is_admin AND ${activeUser('u')} AND coalesce(s.sudo_until > now(), false)) AS "isAdmin", (u.is_admin AND ${activeUser('u')}) AS "canSudo",
    CASE WHEN u.is_admin AND s.sudo_until > now() THEN s.sudo_until END AS "sudoUntil", ${standingOf('u')} AS standing,
    s.expires_at AS "expiresAt", s.last_seen_at < now() - interval '1 minute' AS unseen
  FROM sessions s JOIN users u ON u.id = s.user_id`;

/** Signed-in browsers. */
export class SessionsRepository {
  constructor(private readonly db: Transactor) {}

  /** Opens a session that lives for `ttlSeconds`. */
  async open(
    tx: Tx,
    session: Pick<Session, 'tokenHash' | 'userId' | 'address' | 'userAgent' | 'method'>,
    ttlSeconds: number,
  ): Promise<{ id: string; expiresAt: Date }> {
    const [row] = await tx.query<{ id: string; expiresAt: Date }>(
      `INSERT INTO sessions (token_hash, user_id, address, user_agent, method, expires_at) VALUES ($1, $2, $3, $4, $5, now() + make_interval(secs => $6))
       RETURNING id, expires_at AS "expiresAt"`,
      [session.tokenHash, session.userId, session.address, session.userAgent.slice(0, 300), session.method, ttlSeconds],
    );
    if (!row) throw new Error('The database returned no session.');
    await tx.query('UPDATE users SET last_seen_at = now() WHERE id = $1', [session.userId]);
    return row;
  }

  /** The user behind a token, if the session has not expired and the user is not blocked: asked on every request, so that blocking takes effect at once. */
  async findLive(tokenHash: string): Promise<SessionUser | null> {
    const [row] = await this.db.query<SessionUser>(
      `${USER} WHERE s.token_hash = $1 AND s.expires_at > now() AND NOT ${blockedUser('u')}`,
      [tokenHash],
    );
    return row ?? null;
  }

  /** Those of the sessions that are live and whose users are active, as they are now. */
  liveAmong(sessionIds: readonly string[]): Promise<SessionUser[]> {
    return this.db.query<SessionUser>(`${USER} WHERE s.id = ANY($1) AND s.expires_at > now() AND ${activeUser('u')}`, [
      sessionIds,
    ]);
  }

  /** A live session, how it came to be, and by what its user can sign in. */
  async read(sessionId: string): Promise<OwnSession | null> {
    const [row] = await this.db.query<OwnSession>(
      `SELECT who.*, s.method, u.password_hash IS NOT NULL AS "hasPassword",
         CASE WHEN g.id IS NOT NULL THEN jsonb_build_object('issuer', g.issuer, 'username', g.username) END AS gitlab
       FROM (${USER} WHERE s.id = $1 AND s.expires_at > now() AND NOT ${blockedUser('u')}) who
       JOIN sessions s ON s.id = who."sessionId" JOIN users u ON u.id = s.user_id LEFT JOIN gitlab_accounts g ON g.user_id = u.id`,
      [sessionId],
    );
    return row ?? null;
  }

  /** Whether a session was begun in the last so many seconds. */
  async isYoung(sessionId: string, seconds: number): Promise<boolean> {
    const rows = await this.db.query(
      'SELECT 1 FROM sessions WHERE id = $1 AND created_at > now() - make_interval(secs => $2)',
      [sessionId, seconds],
    );
    return rows.length > 0;
  }

  /** Notes that a session is in use, at most once a minute. */
  async seen(sessionId: string): Promise<void> {
    await this.db.query(
      `WITH touched AS (UPDATE sessions SET last_seen_at = now() WHERE id = $1 AND last_seen_at < now() - interval '1 minute' RETURNING user_id)
       UPDATE users SET last_seen_at = now() FROM touched WHERE users.id = touched.user_id`,
      [sessionId],
    );
  }

  /** The live sessions of a user, the newest first. */
  listOf(userId: string): Promise<SessionView[]> {
    return this.db.query<SessionView>(
      `SELECT s.id, s.method, s.address, s.user_agent AS "userAgent", s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt",
         s.expires_at AS "expiresAt", CASE WHEN u.is_admin AND s.sudo_until > now() THEN s.sudo_until END AS "sudoUntil"
       FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.user_id = $1 AND s.expires_at > now() ORDER BY s.created_at DESC, s.id`,
      [userId],
    );
  }

  /** Lets an admin act as one in this session for so long; null when the user is no active admin or the session is over. */
  async startSudo(tx: Tx, sessionId: string, seconds: number): Promise<Date | null> {
    const [row] = await tx.query<{ sudoUntil: Date }>(
      `UPDATE sessions s SET sudo_until = least(now() + make_interval(secs => $2), s.expires_at) FROM users u
       WHERE s.id = $1 AND u.id = s.user_id AND u.is_admin AND ${activeUser('u')} AND s.expires_at > now() RETURNING s.sudo_until AS "sudoUntil"`,
      [sessionId, seconds],
    );
    return row?.sudoUntil ?? null;
  }

  /** Ends sudo in one session; false when it was not on. */
  async endSudo(tx: Tx, sessionId: string): Promise<boolean> {
    const rows = await tx.query(
      `UPDATE sessions s SET sudo_until = NULL FROM sessions was
       WHERE s.id = $1 AND was.id = s.id AND was.sudo_until > now() RETURNING s.id`,
      [sessionId],
    );
    return rows.length > 0;
  }

  /** Ends a session; with a user, only if it is theirs. False when there was none. */
  async close(tx: Tx, sessionId: string, userId: string | null = null): Promise<boolean> {
    const rows = await tx.query(
      'DELETE FROM sessions WHERE id = $1 AND ($2::uuid IS NULL OR user_id = $2) RETURNING id',
      [sessionId, userId],
    );
    return rows.length > 0;
  }

  /** Signs a user out everywhere, but for one session; returns the sessions that ended. */
  async closeAllOf(tx: Tx, userId: string, but: string | null = null): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'DELETE FROM sessions WHERE user_id = $1 AND ($2::uuid IS NULL OR id <> $2) RETURNING id',
      [userId, but],
    );
    return rows.map((row) => row.id);
  }

  async deleteExpired(): Promise<void> {
    await this.db.query('DELETE FROM sessions WHERE expires_at < now()');
  }
}
