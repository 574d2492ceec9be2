import type { AccountClaim, AccountWord } from '@lxdm/entities';
import { GitlabError, GitlabUser, isGitlabError, isShutOut } from '@lxdm/gitlab';
import { Injectable } from '@nestjs/common';
import { AccountTokens } from './account-tokens';
import type { GitlabAccess } from './gitlab-clients';
import { readKeys } from './read-keys';

/** Deadlines of one look: neither is the other, because a renewal must not be broken off half way. */
export interface LookSignals {
  /** The worker ends, or the look takes too long: questions may be broken off at any time. */
  reading: AbortSignal;
  /** The look takes too long. */
  renewing: AbortSignal;
}

interface Identity extends Pick<AccountWord, 'username' | 'state' | 'problem'> {
  /** The token by which GitLab answered; undefined for none. */
  token: string | undefined;
}

/** Asks GitLab about one account, with the best word that can be had: the user's own token, the manager's, or none. */
@Injectable()
export class AccountReader {
  constructor(private readonly tokens: AccountTokens) {}

  /**
   * What GitLab says of an account.
   * @throws GitlabError when it was silent
   * @returns null in `state` and `keys` for what it did not say
   */
  async read(claim: AccountClaim, access: GitlabAccess, signals: LookSignals): Promise<AccountWord> {
    const { token, ...identity } = await this.identify(claim, access, signals);
    if (identity.state === 'blocked' || identity.state === 'gone') return { ...identity, keys: null };
    try {
      const answer = await access.client.keysOf(claim.gitlabId, {
        signal: signals.reading,
        etag: claim.keysEtag,
        ...(token === undefined ? {} : { token }),
      });
      return { ...identity, keys: answer.unchanged ? null : { ...readKeys(answer.keys), etag: answer.etag } };
    } catch (error) {
      // Asked without a token, a GitLab that is not public says that there is no such user: no word at all.
      if (!isGitlabError(error, 'unauthorized', 'forbidden', 'not-found')) throw error;
      const problem = identity.problem ?? 'GitLab did not give out the SSH keys; those known before stay.';
      return { ...identity, problem, keys: null };
    }
  }

  private async identify(claim: AccountClaim, access: GitlabAccess, signals: LookSignals): Promise<Identity> {
    const own = await this.byOwnToken(claim, access, signals);
    if (typeof own === 'string')
      return (await this.byReadingToken(claim, access, signals, own)) ?? { ...UNKNOWN, problem: own };
    if (own.state !== 'blocked') return own;
    // GitLab says so as well while its LDAP server fails for a moment: what it tells the manager of the account counts more.
    const told = await this.byReadingToken(claim, access, signals, REFUSED);
    return told?.state === 'active' ? told : { ...(told ?? own), problem: null };
  }

  /** Who the user's own token says that they are, or why it says nothing. */
  private async byOwnToken(
    claim: AccountClaim,
    { client }: GitlabAccess,
    signals: LookSignals,
  ): Promise<Identity | string> {
    let outcome = await this.tokens.current(claim, client, signals.renewing);
    for (;;) {
      if (outcome.token === null) return outcome.problem;
      try {
        const user = await client.currentUser(outcome.token, { signal: signals.reading });
        return { ...wordOf(user, claim), token: outcome.token };
      } catch (error) {
        if (isGitlabError(error, 'forbidden'))
          return error.accountState && isShutOut(error.accountState)
            ? { username: null, state: 'blocked', problem: null, token: undefined }
            : `GitLab refuses the stored sign-in: ${error.message}`;
        if (!isGitlabError(error, 'unauthorized')) throw error;
        if (outcome.renewed) return 'GitLab does not take the sign-in that it has just renewed.';
        outcome = await this.tokens.renewed(claim, client, signals.renewing);
      }
    }
  }

  /** What GitLab says of the account to the manager itself; null when it says nothing. */
  private async byReadingToken(
    claim: AccountClaim,
    { client, readingToken }: GitlabAccess,
    signals: LookSignals,
    problem: string,
  ): Promise<Identity | null> {
    if (readingToken === null) return null;
    try {
      const user = await client.user(claim.gitlabId, { token: readingToken, signal: signals.reading });
      return { ...wordOf(user, claim), problem, token: readingToken };
    } catch (error) {
      // By a token that GitLab takes, and in GitLab's own words: the account is gone.
      if (isGitlabError(error, 'not-found')) return { username: null, state: 'gone', problem: null, token: undefined };
      if (isGitlabError(error, 'unauthorized', 'forbidden')) return null;
      throw error;
    }
  }
}

const REFUSED = 'GitLab refuses the stored sign-in, and says to the manager that the account is active.';
const UNKNOWN: Omit<Identity, 'problem'> = { username: null, state: null, token: undefined };

function wordOf(user: GitlabUser, claim: AccountClaim): Omit<Identity, 'token'> {
  if (user.id !== claim.gitlabId)
    throw new GitlabError('garbage', 'GitLab answered with an account that was not asked for');
  return { username: user.username, state: isShutOut(user.state) ? 'blocked' : 'active', problem: null };
}
