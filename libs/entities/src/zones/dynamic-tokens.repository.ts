import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { activeUser } from '../users/active-user';
import type { DynamicToken } from './dynamic-entry.entity';

/** A token of an entry, without its secret. */
export interface DynamicTokenView extends Pick<
  DynamicToken,
  'id' | 'name' | 'networks' | 'expiresAt' | 'lastUsedAt' | 'lastUsedAddress' | 'createdAt'
> {
  createdBy: { id: string; name: string } | null;
  /** A token rests while its maker may not set the entry. */
  state: 'active' | 'expired' | 'maker-gone';
}

/** What a live token opens. */
export interface LiveDynamicToken {
  id: string;
  name: string;
  entryId: string;
  /** True when it was used more than a minute ago, or never, as far as is noted. */
  unseen: boolean;
}

/** A token that is wanted. */
export type NewDynamicToken = Pick<
  DynamicToken,
  'entryId' | 'name' | 'tokenHash' | 'networks' | 'expiresAt' | 'createdById'
>;

/** Tokens that an entry may have at a time. */
export const MAX_DYNAMIC_TOKENS = 50;

/** Whoever made a token knows its secret: it is good only while they may set the entry themselves, or are an active admin. */
const MAKER_STANDS = `EXISTS (SELECT 1 FROM users maker WHERE maker.id = t.created_by_id AND ${activeUser('maker')} AND (maker.is_admin
  OR EXISTS (SELECT 1 FROM dynamic_entry_owners o WHERE o.entry_id = t.entry_id AND o.user_id = maker.id)
  OR EXISTS (SELECT 1 FROM dynamic_entries e JOIN containers c ON c.id = e.container_id JOIN members m ON m.project_id = c.project_id
    WHERE e.id = t.entry_id AND m.user_id = maker.id AND m.role IN ('owner', 'operator'))))`;

const VIEW = `t.id, t.name, t.networks::text[] AS networks, t.expires_at AS "expiresAt", t.last_used_at AS "lastUsedAt", t.last_used_address AS "lastUsedAddress",
  t.created_at AS "createdAt", (SELECT jsonb_build_object('id', maker.id, 'name', maker.username) FROM users maker WHERE maker.id = t.created_by_id) AS "createdBy",
  CASE WHEN t.expires_at <= now() THEN 'expired' WHEN ${MAKER_STANDS} THEN 'active' ELSE 'maker-gone' END AS state`;

/** Tokens of dynamic entries. */
export class DynamicTokensRepository {
  constructor(private readonly db: Transactor) {}

  /** What a token opens from that address (null: not known): its networks and those of its entry must both have it. */
  async findLive(tokenHash: string, address: string | null): Promise<LiveDynamicToken | null> {
    const [row] = await this.db.query<LiveDynamicToken>(
      `SELECT t.id, t.name, t.entry_id AS "entryId", coalesce(t.last_used_at < now() - interval '1 minute', true) AS unseen
       FROM dynamic_tokens t JOIN dynamic_entries e ON e.id = t.entry_id
       WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now()) AND ${MAKER_STANDS}
         AND (t.networks = '{}' OR coalesce($2::inet <<= ANY(t.networks), false)) AND (e.networks = '{}' OR coalesce($2::inet <<= ANY(e.networks), false))`,
      [tokenHash, address],
    );
    return row ?? null;
  }

  /** Notes that a token is in use, and from where, at most once a minute. */
  async seen(id: string, address: string | null): Promise<void> {
    await this.db.query(
      `UPDATE dynamic_tokens SET last_used_at = now(), last_used_address = $2 WHERE id = $1 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`,
      [id, address],
    );
  }

  /** Whether a network of the list has the address; an empty list has all. */
  async isWithin(address: string, networks: readonly string[]): Promise<boolean> {
    if (networks.length === 0) return true;
    const [row] = await this.db.query<{ within: boolean }>(
      `SELECT coalesce(nullif($1, '')::inet <<= ANY($2::cidr[]), false) AS within`,
      [address, networks],
    );
    return row?.within === true;
  }

  /** An entry's tokens that were not revoked, the newest first. */
  listOf(entryId: string): Promise<DynamicTokenView[]> {
    return this.db.query<DynamicTokenView>(
      `SELECT ${VIEW} FROM dynamic_tokens t WHERE t.entry_id = $1 AND t.revoked_at IS NULL ORDER BY t.created_at DESC, t.id`,
      [entryId],
    );
  }

  /** Makes a token; null when the entry, whose row the transaction holds, has as many as it may have. */
  async create(tx: Tx, token: NewDynamicToken): Promise<DynamicTokenView | null> {
    const [row] = await tx.query<DynamicTokenView>(
      `INSERT INTO dynamic_tokens AS t (entry_id, name, token_hash, networks, expires_at, created_by_id)
       SELECT $1, $2, $3, $4::cidr[], $5, $6 WHERE (SELECT count(*) FROM dynamic_tokens o WHERE o.entry_id = $1 AND o.revoked_at IS NULL) < $7 RETURNING ${VIEW}`,
      [
        token.entryId,
        token.name,
        token.tokenHash,
        token.networks,
        token.expiresAt,
        token.createdById,
        MAX_DYNAMIC_TOKENS,
      ],
    );
    return row ?? null;
  }

  /** Revokes a token of that entry; null when there is none. */
  async revoke(tx: Tx, entryId: string, id: string): Promise<{ name: string } | null> {
    const [row] = await tx.query<{ name: string }>(
      'UPDATE dynamic_tokens SET revoked_at = now() WHERE id = $1 AND entry_id = $2 AND revoked_at IS NULL RETURNING name',
      [id, entryId],
    );
    return row ?? null;
  }
}
