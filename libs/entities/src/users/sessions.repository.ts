import { Injectable } from '@nestjs/common';
import { Transactor } from '../database/transactor';
import { Session } from './session.entity';

/** Who is asking: the user behind a live session. */
export interface SessionUser {
  sessionId: string;
  userId: string;
  username: string;
  displayName: string;
  isAdmin: boolean;
  expiresAt: Date;
}

/** Signed-in browsers. */
@Injectable()
export class SessionsRepository {
  constructor(private readonly db: Transactor) {}

  /** Opens a session that lives for `ttlSeconds`. */
  async open(
    session: Pick<Session, 'tokenHash' | 'userId' | 'address' | 'userAgent'>,
    ttlSeconds: number,
  ): Promise<Date> {
    const [row] = await this.db.query<{ expiresAt: Date }>(
      `INSERT INTO sessions (token_hash, user_id, address, user_agent, expires_at) VALUES ($1, $2, $3, $4, now() + make_interval(secs => $5))
       RETURNING expires_at AS "expiresAt"`,
      [session.tokenHash, session.userId, session.address, session.userAgent.slice(0, 300), ttlSeconds],
    );
    if (!row) throw new Error('The database returned no session.');
    return row.expiresAt;
  }

  /** The user behind a token, if the session has not expired and the user is approved and not blocked: asked on every request, so that blocking takes effect at once. */
  async findLive(tokenHash: string): Promise<SessionUser | null> {
    const [row] = await this.db.query<SessionUser>(
      `SELECT s.id AS "sessionId", u.id AS "userId", u.username, u.display_name AS "displayName", u.is_admin AS "isAdmin", s.expires_at AS "expiresAt"
       FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.token_hash = $1 AND s.expires_at > now() AND u.approved_at IS NOT NULL AND u.blocked_at IS NULL`,
      [tokenHash],
    );
    return row ?? null;
  }

  /** Those of the sessions that are live, with their users as they are now. */
  liveAmong(sessionIds: readonly string[]): Promise<SessionUser[]> {
    return this.db.query<SessionUser>(
      `SELECT s.id AS "sessionId", u.id AS "userId", u.username, u.display_name AS "displayName", u.is_admin AS "isAdmin", s.expires_at AS "expiresAt"
       FROM sessions s JOIN users u ON u.id = s.user_id
       WHERE s.id = ANY($1) AND s.expires_at > now() AND u.approved_at IS NOT NULL AND u.blocked_at IS NULL`,
      [sessionIds],
    );
  }

  async close(sessionId: string): Promise<void> {
    await this.db.query('DELETE FROM sessions WHERE id = $1', [sessionId]);
  }

  /** Signs a user out everywhere, as after a new password. */
  async closeAllOf(userId: string): Promise<void> {
    await this.db.query('DELETE FROM sessions WHERE user_id = $1', [userId]);
  }

  async deleteExpired(): Promise<void> {
    await this.db.query('DELETE FROM sessions WHERE expires_at < now()');
  }
}
