import { nameKey } from '@lxdm/domain';
import { Tx, violatedIndex } from '../database/sql-transactor';
import { Transactor } from '../database/transactor';
import { Standing, standingOf } from '../users/active-user';
import { GitlabAccount } from './gitlab-account.entity';
import { GitlabStandingRepository } from './gitlab-standing.repository';

/** Who signed in at a GitLab: known by issuer and number, never by the name. */
export interface GitlabIdentity {
  issuer: string;
  gitlabId: string;
  username: string;
  displayName: string;
}

/** The tokens of a sign-in, sealed for the row of the account. */
export interface SealedGitlabTokens {
  accessTokenSealed: string;
  refreshTokenSealed: string | null;
  tokenExpiresAt: Date | null;
}

/** The user behind a sign-in. */
export interface GitlabSignIn {
  accountId: string;
  userId: string;
  username: string;
  standing: Standing;
  isNew: boolean;
}

/** Accounts of a GitLab, as they are made, linked and unlinked by their owners. */
export class GitlabSignInsRepository {
  constructor(
    private readonly db: Transactor,
    private readonly standing: GitlabStandingRepository,
  ) {}

  ofUser(userId: string): Promise<GitlabAccount | null> {
    return this.db.dataSource.getRepository(GitlabAccount).findOneBy({ userId });
  }

  /**
   * The user of that account, whom GitLab has just let in; a newcomer gets a user who waits for approval and is no admin, whatever GitLab
   * says of them. Fresh tokens take the place of the old ones, and a sync is due.
   * @param seal seals the tokens for the account's row
   */
  async signIn(
    tx: Tx,
    identity: GitlabIdentity,
    seal: (accountId: string) => SealedGitlabTokens,
  ): Promise<GitlabSignIn> {
    await lockIdentity(tx, identity);
    const known = await this.find(tx, identity);
    const isNew = known === null;
    const { accountId, userId } = known ?? (await this.add(tx, identity, await this.newcomer(tx, identity)));
    await this.refresh(tx, accountId, identity, seal(accountId));
    // GitLab's own word that the account is active is as good here as in the sync.
    await this.standing.follow(tx, { userId, issuer: identity.issuer }, 'active');
    await tx.query(`UPDATE users SET display_name = $2 WHERE id = $1 AND password_hash IS NULL AND $2 <> ''`, [
      userId,
      identity.displayName,
    ]);
    tx.changed('user', userId);
    const [user] = await tx.query<{ username: string; standing: Standing }>(
      `SELECT u.username, ${standingOf('u')} AS standing FROM users u WHERE u.id = $1`,
      [userId],
    );
    if (!user) throw new Error('The database returned no user.');
    return { accountId, userId, ...user, isNew };
  }

  /** Gives a user who is signed in that account; says why not, when it is somebody's, or the user has one. */
  async link(
    tx: Tx,
    userId: string,
    identity: GitlabIdentity,
    seal: (accountId: string) => SealedGitlabTokens,
  ): Promise<'linked' | 'taken' | 'has-another'> {
    await lockIdentity(tx, identity);
    const known = await this.find(tx, identity);
    if (known && known.userId !== userId) return 'taken';
    let accountId = known?.accountId;
    if (accountId === undefined) {
      try {
        accountId = (await this.add(tx, identity, userId)).accountId;
      } catch (error) {
        if (violatedIndex(error) !== undefined) return 'has-another';
        throw error;
      }
    }
    await this.refresh(tx, accountId, identity, seal(accountId));
    tx.changed('user', userId);
    return 'linked';
  }

  /** Whose account it is, or null; its tokens are not touched. */
  async ownerOf(issuer: string, gitlabId: string): Promise<string | null> {
    const [row] = await this.db.query<{ userId: string }>(
      'SELECT user_id AS "userId" FROM gitlab_accounts WHERE issuer = $1 AND gitlab_id = $2',
      [issuer, gitlabId],
    );
    return row?.userId ?? null;
  }

  /**
   * Takes a user's account away with its keys and memberships; null when there is none. Only an admin with a password is this manager's
   * own account: for everybody else GitLab vouches, and who could end that would stay when GitLab shuts them out.
   */
  async unlink(
    tx: Tx,
    userId: string,
  ): Promise<{ issuer: string; username: string } | 'vouched-for' | 'only-way-in' | null> {
    // The account first, then the user: the order in which a sync locks them.
    const [account] = await tx.query<{ id: string; issuer: string; username: string }>(
      'SELECT id, issuer, username FROM gitlab_accounts WHERE user_id = $1 FOR UPDATE',
      [userId],
    );
    if (!account) return null;
    const [user] = await tx.query<{ isAdmin: boolean; hasPassword: boolean }>(
      'SELECT is_admin AS "isAdmin", password_hash IS NOT NULL AS "hasPassword" FROM users WHERE id = $1 FOR NO KEY UPDATE',
      [userId],
    );
    if (!user?.isAdmin) return 'vouched-for';
    if (!user.hasPassword) return 'only-way-in';
    await tx.query('DELETE FROM gitlab_accounts WHERE id = $1', [account.id]);
    await tx.query(`DELETE FROM ssh_keys WHERE user_id = $1 AND source = 'gitlab'`, [userId]);
    const left = await tx.query<{ projectId: string }>(
      `DELETE FROM members WHERE user_id = $1 AND source = 'gitlab' RETURNING project_id AS "projectId"`,
      [userId],
    );
    for (const { projectId } of left) tx.changed('project', projectId, projectId);
    tx.changed('user', userId);
    return { issuer: account.issuer, username: account.username };
  }

  /** Spends the state of a sign-in: true the first time only. States that would have expired by now are forgotten. */
  async spendState(stateHash: string, expiresAt: Date): Promise<boolean> {
    await this.db.query('DELETE FROM spent_states WHERE expires_at < now()');
    const rows = await this.db.query(
      'INSERT INTO spent_states (state_hash, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
      [stateHash, expiresAt],
    );
    return rows.length === 1;
  }

  private async find(
    tx: Tx,
    { issuer, gitlabId }: GitlabIdentity,
  ): Promise<{ accountId: string; userId: string } | null> {
    const [row] = await tx.query<{ accountId: string; userId: string }>(
      'SELECT id AS "accountId", user_id AS "userId" FROM gitlab_accounts WHERE issuer = $1 AND gitlab_id = $2 FOR NO KEY UPDATE',
      [issuer, gitlabId],
    );
    return row ?? null;
  }

  private async add(
    tx: Tx,
    { issuer, gitlabId, username }: GitlabIdentity,
    userId: string,
  ): Promise<{ accountId: string; userId: string }> {
    const [row] = await tx.query<{ accountId: string }>(
      'INSERT INTO gitlab_accounts (user_id, issuer, gitlab_id, username) VALUES ($1, $2, $3, $4) RETURNING id AS "accountId"',
      [userId, issuer, gitlabId, username],
    );
    if (!row) throw new Error('The database returned no account.');
    return { accountId: row.accountId, userId };
  }

  private async refresh(
    tx: Tx,
    accountId: string,
    identity: GitlabIdentity,
    tokens: SealedGitlabTokens,
  ): Promise<void> {
    // The fence: a worker that renews the old tokens right now must not put them in the place of these.
    await tx.query(
      `UPDATE gitlab_accounts SET username = $2, access_token_sealed = $3, refresh_token_sealed = $4, token_expires_at = $5, state = 'active',
         sync_error = NULL, attempts = 0, next_sync_at = now(), lease_fence = lease_fence + 1, lease_until = NULL WHERE id = $1`,
      [accountId, identity.username, tokens.accessTokenSealed, tokens.refreshTokenSealed, tokens.tokenExpiresAt],
    );
  }

  /** A user with GitLab's name, or, where somebody else has it here, with the lowest number behind it. */
  private async newcomer(tx: Tx, { username, displayName }: GitlabIdentity): Promise<string> {
    for (let number = 1; ; number++) {
      const name = number === 1 ? username : `${username}-${number}`;
      const [row] = await tx.query<{ id: string }>(
        'INSERT INTO users (username, username_key, display_name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING id',
        [name, nameKey(name), displayName],
      );
      if (row) return row.id;
    }
  }
}

/** Two sign-ins of one newcomer at a time make one user. */
async function lockIdentity(tx: Tx, { issuer, gitlabId }: GitlabIdentity): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`gitlab ${gitlabId} ${issuer}`]);
}
