import { Gitlab, GitlabTokens, GitlabUser } from '@lxdm/gitlab';
import { Strategy } from 'passport-gitlab2';
import type { GitlabClient } from '../../gitlab-clients';
import { SignInFault } from './sign-in-fault';

/** Who signed in at GitLab, and the tokens that came with it. */
export interface GitlabVisit {
  user: GitlabUser;
  tokens: GitlabTokens;
}

/** One half of a sign-in, in place of the request: the strategy reads nothing else of it. */
interface Half {
  query: { code?: string; state?: string };
  /** The state that goes to GitLab, or came back. */
  handle: string;
  verifier: string;
}

/**
 * passport-gitlab2 for one GitLab: it makes the address of GitLab's page with PKCE and state, and turns a code into a person. Its own HTTP
 * calls have no time-out and throw in callbacks where GitLab answers `null`; ours take their place. State is kept by the caller.
 */
export class GitlabStrategy extends Strategy {
  private readonly gitlab: Gitlab;

  constructor({ issuer, clientId, clientSecret, timeouts }: GitlabClient) {
    super(
      {
        baseURL: issuer,
        clientID: clientId,
        clientSecret,
        scope: 'read_user',
        scopeSeparator: ' ',
        state: true,
        pkce: true,
        store: {
          store: (request, verifier, _state, _meta, done) => {
            const half = request as Half;
            half.verifier = verifier;
            done(null, half.handle);
          },
          verify: (request, state, _meta, done) => {
            const half = request as Half;
            done(null, state === half.handle && half.verifier);
          },
        },
      },
      (_accessToken, _refreshToken, params, profile, done) => done(null, { tokens: params, user: profile }),
    );
    this.gitlab = new Gitlab({ url: issuer, clientId, clientSecret, timeouts });
    this._oauth2.getOAuthAccessToken = (code, params, done) => {
      const { redirect_uri: redirectUri = '', code_verifier: codeVerifier = '' } = params;
      this.gitlab
        .exchangeCode({ code, redirectUri, codeVerifier })
        .then(
          (tokens) => done(null, tokens.accessToken, tokens.refreshToken, tokens),
          (error: unknown) => done(error),
        )
        .catch((error: unknown) => this.error(error));
    };
  }

  override userProfile(accessToken: string, done: (error: unknown, profile?: unknown) => void): void {
    this.gitlab.currentUser(accessToken).then(
      (user) => done(null, user),
      (error: unknown) => done(error),
    );
  }

  /** The address of GitLab's page for a new sign-in, and the verifier that will be asked for. */
  async begin(handle: string, callbackUrl: string): Promise<{ url: string; verifier: string }> {
    const half: Half = { query: {}, handle, verifier: '' };
    const url = await this.drive<string>(half, callbackUrl, 'redirect');
    return { url, verifier: half.verifier };
  }

  /** Who brought the code. */
  complete(half: { code: string; handle: string; verifier: string }, callbackUrl: string): Promise<GitlabVisit> {
    const { code, handle, verifier } = half;
    return this.drive<GitlabVisit>({ query: { code, state: handle }, handle, verifier }, callbackUrl, 'success');
  }

  /** As passport does it: the strategy is given its outcomes, one copy a request. */
  private drive<T>(half: Half, callbackURL: string, wanted: 'redirect' | 'success'): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const one = Object.create(this) as GitlabStrategy;
      const unforeseen = (): void => reject(new Error(`passport-gitlab2 did not ${wanted}`));
      one.redirect = (url) => (wanted === 'redirect' ? resolve(url as T) : unforeseen());
      one.success = (user) => (wanted === 'success' ? resolve(user as T) : unforeseen());
      one.fail = () => reject(new SignInFault('state', 'the state is not that of this sign-in'));
      one.error = (error) => reject(causeOf(error));
      one.authenticate(half, { callbackURL });
    });
  }
}

/** The strategy wraps what went wrong at the token endpoint. */
function causeOf(error: unknown): Error {
  const inner = error instanceof Error && 'oauthError' in error ? error.oauthError : error;
  return inner instanceof Error ? inner : new Error(String(inner));
}
