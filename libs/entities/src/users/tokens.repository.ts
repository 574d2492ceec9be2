import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { activeUser } from './active-user';
import type { ApiToken, TokenScope } from './api-token.entity';

/** Who is asking: the user behind a live token. */
export interface TokenUser {
  tokenId: string;
  userId: string;
  username: string;
  displayName: string;
  kind: 'person' | 'service';
  scope: TokenScope;
  /** Acts as an admin: the token says so, and its user is one. */
  isAdmin: boolean;
  expiresAt: Date | null;
  /** True when it was used more than a minute ago, or never, as far as is noted. */
  unseen: boolean;
}

/** A token as its owner sees it. */
export interface TokenView extends Pick<
  ApiToken,
  'id' | 'name' | 'scope' | 'networks' | 'expiresAt' | 'lastUsedAt' | 'lastUsedAddress' | 'createdAt'
> {
  /** Who made it; null when that user is no more. */
  createdBy: { id: string; name: string } | null;
  /** A service's token rests while its maker may not manage the service. */
  state: 'active' | 'expired' | 'maker-gone';
}

/** A token that is wanted. */
export type NewApiToken = Pick<
  ApiToken,
  'tokenHash' | 'userId' | 'name' | 'scope' | 'networks' | 'expiresAt' | 'createdById'
>;

/** Tokens that a user may have at a time. */
export const MAX_TOKENS = 100;

/** Whoever made a service's token knows its secret: it is good only while they are an active owner of the service's project, or an active admin. */
const MAKER_STANDS = `(NOT EXISTS (SELECT 1 FROM users service WHERE service.id = t.user_id AND service.kind = 'service')
  OR EXISTS (SELECT 1 FROM users maker WHERE maker.id = t.created_by_id AND ${activeUser('maker')} AND (maker.is_admin OR EXISTS (
    SELECT 1 FROM members own JOIN members its ON its.project_id = own.project_id
    WHERE own.user_id = maker.id AND own.role = 'owner' AND its.user_id = t.user_id))))`;

const VIEW = `t.id, t.name, t.scope, t.networks::text[] AS networks, t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt",
  t.last_used_address AS "lastUsedAddress", t.created_at AS "createdAt",
  (SELECT jsonb_build_object('id', maker.id, 'name', maker.username) FROM users maker WHERE maker.id = t.created_by_id) AS "createdBy",
  CASE WHEN t.expires_at <= now() THEN 'expired' WHEN ${MAKER_STANDS} THEN 'active' ELSE 'maker-gone' END AS state`;

const USER = `SELECT t.id AS "tokenId", u.id AS "userId", u.username, u.display_name AS "displayName", u.kind, t.scope, t.scope = 'admin' AS "isAdmin",
    t.expires_at AS "expiresAt", coalesce(t.last_used_at < now() - interval '1 minute', true) AS unseen
  FROM api_tokens t JOIN users u ON u.id = t.user_id`;

/** A token lives while it is neither revoked nor expired, its user is active, still an admin where it is an admin's, and its maker stands by it. */
const LIVE = `t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND ${activeUser('u')} AND (t.scope <> 'admin' OR u.is_admin)
  AND ${MAKER_STANDS}`;

/** Tokens of people and services. */
export class TokensRepository {
  constructor(private readonly db: Transactor) {}

  /** The user behind a token that is live and may be used from that address (null: not known), else null: nobody learns which of it was wrong. */
  async findLive(tokenHash: string, address: string | null): Promise<TokenUser | null> {
    const [row] = await this.db.query<TokenUser>(
      `${USER} WHERE t.token_hash = $1 AND ${LIVE} AND (t.networks = '{}' OR coalesce($2::inet <<= ANY(t.networks), false))`,
      [tokenHash, address],
    );
    return row ?? null;
  }

  /** Those of the tokens that are live, with their users as they are now. */
  liveAmong(tokenIds: readonly string[]): Promise<TokenUser[]> {
    return this.db.query<TokenUser>(`${USER} WHERE t.id = ANY($1) AND ${LIVE}`, [tokenIds]);
  }

  /** Notes that a token is in use, and from where, at most once a minute. */
  async seen(tokenId: string, address: string | null): Promise<void> {
    await this.db.query(
      `WITH touched AS (
         UPDATE api_tokens SET last_used_at = now(), last_used_address = $2
         WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute') RETURNING user_id)
       UPDATE users SET last_seen_at = now() FROM touched WHERE users.id = touched.user_id`,
      [tokenId, address],
    );
  }

  /** A user's tokens that were not revoked, the newest first; expired ones are shown as such. */
  listOf(userId: string): Promise<TokenView[]> {
    return this.db.query<TokenView>(
      `SELECT ${VIEW} FROM api_tokens t WHERE t.user_id = $1 AND t.revoked_at IS NULL ORDER BY t.created_at DESC, t.id`,
      [userId],
    );
  }

  /** The tokens of a user that are not revoked, asked inside a transaction. */
  async idsOf(tx: Tx, userId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>('SELECT id FROM api_tokens WHERE user_id = $1 AND revoked_at IS NULL', [
      userId,
    ]);
    return rows.map((row) => row.id);
  }

  /** Makes a token; null when the user has as many as they may have. */
  async create(tx: Tx, token: NewApiToken): Promise<TokenView | null> {
    // The user's row is the lock: two requests at once cannot both be the last that fits.
    await tx.query('SELECT 1 FROM users WHERE id = $1 FOR NO KEY UPDATE', [token.userId]);
    const [row] = await tx.query<TokenView>(
      `INSERT INTO api_tokens AS t (token_hash, user_id, name, scope, networks, expires_at, created_by_id)
       SELECT $1, $2, $3, $4, $5::cidr[], $6, $7
       WHERE (SELECT count(*) FROM api_tokens o WHERE o.user_id = $2 AND o.revoked_at IS NULL) < $8 RETURNING ${VIEW}`,
      [
        token.tokenHash,
        token.userId,
        token.name,
        token.scope,
        token.networks,
        token.expiresAt,
        token.createdById,
        MAX_TOKENS,
      ],
    );
    return row ?? null;
  }

  /** Revokes a token of that user; null when there is none. */
  async revoke(tx: Tx, userId: string, id: string): Promise<{ name: string } | null> {
    const [row] = await tx.query<{ name: string }>(
      'UPDATE api_tokens SET revoked_at = now() WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL RETURNING name',
      [id, userId],
    );
    return row ?? null;
  }

  /** Revokes all tokens of a user; returns them. */
  async revokeAllOf(tx: Tx, userId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      'UPDATE api_tokens SET revoked_at = now() WHERE user_id = $1 AND revoked_at IS NULL RETURNING id',
      [userId],
    );
    return rows.map((row) => row.id);
  }

  /** Revokes the tokens with which a user acts as an admin; returns them. */
  async revokeAdminTokens(tx: Tx, userId: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `UPDATE api_tokens SET revoked_at = now() WHERE user_id = $1 AND scope = 'admin' AND revoked_at IS NULL RETURNING id`,
      [userId],
    );
    return rows.map((row) => row.id);
  }
}
