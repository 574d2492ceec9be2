import { gitlabTokenPlace } from '@lxdm/domain';
import { KeyRing, openText, seal, SealBrokenError, UnknownKeyError } from '@lxdm/crypto';
import { AccountClaim, GitlabSyncsRepository } from '@lxdm/entities';
import { Gitlab, isGitlabError } from '@lxdm/gitlab';
import { Injectable } from '@nestjs/common';

/** A token of the user's that may be shown, or why there is none, in words for the user. */
export type TokenOutcome = { token: string; renewed: boolean } | { token: null; problem: string };

const AGAIN = 'GitLab takes the stored sign-in no more: sign in with GitLab again.';
const SEALED = 'The stored sign-in cannot be opened any more: sign in with GitLab again.';

/** Sealed by another ring or for another account: kept, because GitLab has not said that it is spent. */
const BROKEN = Symbol('sealed for somebody else');

/** The user's own tokens: opened, renewed, sealed, and forgotten when they are spent. */
@Injectable()
export class AccountTokens {
  constructor(
    private readonly ring: KeyRing,
    private readonly accounts: GitlabSyncsRepository,
  ) {}

  /** A token that has not run out; throws when GitLab was asked for one and was silent. */
  async current(claim: AccountClaim, client: Gitlab, signal: AbortSignal): Promise<TokenOutcome> {
    const token = this.opened(claim, 'access');
    if (token !== null && token !== BROKEN && !claim.expiresSoon) return { token, renewed: false };
    return this.renewed(claim, client, signal);
  }

  /** New tokens for the refresh token. Only under the lease: whoever comes second finds it spent. */
  async renewed(claim: AccountClaim, client: Gitlab, signal: AbortSignal): Promise<TokenOutcome> {
    const refresh = this.opened(claim, 'refresh');
    if (refresh === BROKEN) return { token: null, problem: SEALED };
    if (refresh === null) return this.spent(claim);
    try {
      const tokens = await client.refreshToken(refresh, { signal });
      // At once: the old one is spent, and a worker that ends before this line has lost the account's sign-in.
      await this.accounts.storeTokens(claim, {
        access: this.sealed(claim, 'access', tokens.accessToken),
        refresh: tokens.refreshToken === null ? null : this.sealed(claim, 'refresh', tokens.refreshToken),
        expiresAt: tokens.expiresAt,
      });
      return { token: tokens.accessToken, renewed: true };
    } catch (error) {
      if (isGitlabError(error, 'token-refused')) return this.spent(claim);
      // Ours to put right: the sign-in itself may still be good.
      if (isGitlabError(error, 'client-refused'))
        return {
          token: null,
          problem: "GitLab does not take the manager's application id or secret: an admin has to put that right.",
        };
      throw error;
    }
  }

  private async spent(claim: AccountClaim): Promise<TokenOutcome> {
    if (claim.accessTokenSealed !== null || claim.refreshTokenSealed !== null) await this.accounts.dropTokens(claim);
    return { token: null, problem: AGAIN };
  }

  private opened(claim: AccountClaim, which: 'access' | 'refresh'): string | typeof BROKEN | null {
    const sealed = which === 'access' ? claim.accessTokenSealed : claim.refreshTokenSealed;
    if (sealed === null) return null;
    try {
      return openText(this.ring, gitlabTokenPlace(claim.id, which), sealed);
    } catch (error) {
      if (error instanceof SealBrokenError || error instanceof UnknownKeyError) return BROKEN;
      throw error;
    }
  }

  private sealed(claim: AccountClaim, which: 'access' | 'refresh', token: string): string {
    return seal(this.ring, gitlabTokenPlace(claim.id, which), token);
  }
}
