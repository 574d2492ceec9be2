import { LeaseLostError } from '../database/lease';
import { Tx } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { GitlabKeysRepository, GitlabKeyRow } from './gitlab-keys.repository';
import { GitlabStandingRepository } from './gitlab-standing.repository';

/** How long one look at an account may take, in seconds; after that another worker may take over. */
export const GITLAB_LEASE_SECONDS = 40;

/** An account under a lease: everything that is written of it carries the fence. */
export interface AccountClaim {
  id: string;
  fence: number;
  userId: string;
  issuer: string;
  gitlabId: string;
  accessTokenSealed: string | null;
  refreshTokenSealed: string | null;
  /** The access token has run out, or will while it is used. */
  expiresSoon: boolean;
  keysEtag: string | null;
  attempts: number;
  /** It was never looked at before. */
  isNew: boolean;
}

/** A refreshed pair, sealed. */
export interface SealedTokens {
  access: string;
  /** null: the one that was shown stays good. */
  refresh: string | null;
  expiresAt: Date | null;
}

/** What GitLab said of an account. Whatever it did not say is null, and changes nothing. */
export interface AccountWord {
  username: string | null;
  state: 'active' | 'blocked' | 'gone' | null;
  keys: { rows: readonly GitlabKeyRow[]; etag: string | null; note: string | null } | null;
  /** What is wrong although GitLab spoke, in words for the user. */
  problem: string | null;
}

const CLAIMED = `a.id, a.lease_fence AS fence, a.user_id AS "userId", a.issuer, a.gitlab_id AS "gitlabId", a.access_token_sealed AS "accessTokenSealed",
  a.refresh_token_sealed AS "refreshTokenSealed", coalesce(a.token_expires_at < now() + interval '60 seconds', false) AS "expiresSoon",
  a.keys_etag AS "keysEtag", a.attempts, a.synced_at IS NULL AS "isNew"`;

/** The sync of people's GitLab accounts. Only who holds the lease may spend the refresh token, and only its fence writes. */
export class GitlabSyncsRepository {
  constructor(
    private readonly db: Transactor,
    private readonly keys: GitlabKeysRepository,
    private readonly standing: GitlabStandingRepository,
  ) {}

  /** The GitLab of an account, or null when the account is not there any more. */
  async issuerOf(id: string): Promise<string | null> {
    const [row] = await this.db.query<{ issuer: string }>('SELECT issuer FROM gitlab_accounts WHERE id = $1', [id]);
    return row?.issuer ?? null;
  }

  /** Takes the lease if it is free, and if the account is not to be left alone for a while because GitLab was silent. */
  async claim(id: string): Promise<AccountClaim | null> {
    const [row] = await this.db.query<AccountClaim>(
      `UPDATE gitlab_accounts a SET lease_fence = a.lease_fence + 1, lease_until = now() + make_interval(secs => $2)
       WHERE a.id = $1 AND (a.lease_until IS NULL OR a.lease_until < now()) AND (a.attempts = 0 OR a.next_sync_at <= now()) RETURNING ${CLAIMED}`,
      [id, GITLAB_LEASE_SECONDS],
    );
    return row ?? null;
  }

  /** Keeps a refreshed pair: to be called before anything else is done with it, because the old one is spent. */
  async storeTokens(claim: AccountClaim, tokens: SealedTokens): Promise<void> {
    await this.fenced(
      this.db,
      claim,
      'access_token_sealed = $3, refresh_token_sealed = coalesce($4, refresh_token_sealed), token_expires_at = $5',
      [tokens.access, tokens.refresh, tokens.expiresAt],
    );
  }

  /** Forgets tokens that GitLab takes no more. */
  async dropTokens(claim: AccountClaim): Promise<void> {
    await this.fenced(
      this.db,
      claim,
      'access_token_sealed = NULL, refresh_token_sealed = NULL, token_expires_at = NULL',
      [],
    );
  }

  /**
   * Writes what GitLab said, with all that follows from it, in one transaction, and gives the lease back.
   * @returns the projects whose groups have to be looked at now, because the account is new here
   */
  async record(claim: AccountClaim, word: AccountWord, nextInSeconds: number): Promise<string[]> {
    return this.db.run(async (tx) => {
      const { keys, username, state, problem } = word;
      const before = await this.shown(tx, claim);
      await this.fenced(
        tx,
        claim,
        `username = coalesce($3, username), state = coalesce($4, state), keys_etag = CASE WHEN $5 THEN $6 ELSE keys_etag END,
         keys_note = CASE WHEN $5 THEN $7 ELSE keys_note END, sync_error = nullif(concat_ws(' ', $8::text, CASE WHEN $5 THEN $7 ELSE keys_note END), ''),
         synced_at = now(), attempts = 0, next_sync_at = now() + make_interval(secs => $9), lease_until = NULL`,
        [username, state, keys !== null, keys?.etag ?? null, keys?.note ?? null, problem, nextInSeconds],
      );
      if (keys) await this.keys.replace(tx, claim, keys.rows);
      if (state) await this.standing.follow(tx, claim, state);
      if ((await this.shown(tx, claim)) !== before) tx.changed('user', claim.userId);
      return claim.isNew ? this.askForGroups(tx, claim.issuer) : [];
    });
  }

  /** GitLab was silent: nothing changes but the words that say so, and when it is asked again. Gives the lease back. */
  async recordSilence(claim: AccountClaim, problem: string, nextInSeconds: number): Promise<void> {
    await this.db.run(async (tx) => {
      const before = await this.shown(tx, claim);
      await this.fenced(
        tx,
        claim,
        'sync_error = $3, attempts = attempts + 1, next_sync_at = now() + make_interval(secs => $4), lease_until = NULL',
        [problem, nextInSeconds],
      );
      if ((await this.shown(tx, claim)) !== before) tx.changed('user', claim.userId);
    });
  }

  /** Gives the lease back as if nothing had been tried. */
  async release(claim: AccountClaim): Promise<void> {
    await this.db.query(
      'UPDATE gitlab_accounts SET lease_until = NULL, next_sync_at = now() WHERE id = $1 AND lease_fence = $2',
      [claim.id, claim.fence],
    );
  }

  /** A GitLab that serves nobody: all of its accounts and groups wait, and say why, without being asked for one by one. */
  async pause(issuer: string, problem: string, seconds: number): Promise<void> {
    await this.db.run(async (tx) => {
      const told = await tx.query<{ userId: string; news: boolean }>(
        `WITH free AS (SELECT id, sync_error FROM gitlab_accounts WHERE issuer = $1 AND (lease_until IS NULL OR lease_until < now()) ORDER BY id FOR UPDATE SKIP LOCKED)
         UPDATE gitlab_accounts a SET sync_error = $2, next_sync_at = greatest(a.next_sync_at, now() + make_interval(secs => $3))
         FROM free f WHERE f.id = a.id RETURNING a.user_id AS "userId", f.sync_error IS DISTINCT FROM $2 AS news`,
        [issuer, problem, seconds],
      );
      for (const { userId, news } of told) if (news) tx.changed('user', userId);
      await tx.query(
        `UPDATE projects SET gitlab_next_sync_at = greatest(gitlab_next_sync_at, now() + make_interval(secs => $2))
         WHERE gitlab_issuer = $1 AND gitlab_group_id IS NOT NULL AND (gitlab_lease_until IS NULL OR gitlab_lease_until < now())`,
        [issuer, seconds],
      );
    });
  }

  /** What people see of an account, as one text to be compared. */
  private async shown(tx: Tx, claim: AccountClaim): Promise<string> {
    const [row] = await tx.query<{ shown: string }>(
      `SELECT concat_ws('|', username, state, sync_error) AS shown FROM gitlab_accounts WHERE id = $1 FOR UPDATE`,
      [claim.id],
    );
    if (!row) throw new LeaseLostError('gitlab_accounts', claim.id);
    return row.shown;
  }

  /** The groups of a newcomer apply at once and not at their next turn; the zero of all times means "asked for". */
  private async askForGroups(tx: Tx, issuer: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `UPDATE projects SET gitlab_next_sync_at = to_timestamp(0)
       WHERE gitlab_issuer = $1 AND gitlab_group_id IS NOT NULL AND gitlab_attempts = 0 RETURNING id`,
      [issuer],
    );
    return rows.map((row) => row.id);
  }

  private async fenced(on: Transactor | Tx, claim: AccountClaim, set: string, values: unknown[]): Promise<void> {
    const rows = await on.query(
      `UPDATE gitlab_accounts SET ${set} WHERE id = $1 AND lease_fence = $2 AND lease_until IS NOT NULL RETURNING id`,
      [claim.id, claim.fence, ...values],
    );
    if (rows.length !== 1) throw new LeaseLostError('gitlab_accounts', claim.id);
  }
}
