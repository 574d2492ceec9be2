import { createHash } from 'node:crypto';
import { newToken } from '@lxdm/crypto';
import { GitlabSignInsRepository } from '@lxdm/entities';
import { Inject, Injectable } from '@nestjs/common';
import { API_SETTINGS, ApiSettings } from '../../api-settings';
import { AttemptLimiter, networkOf } from '../attempt-limiter';
import { faultOfGitlab } from './fault-of-gitlab';
import { GitlabStrategy, GitlabVisit } from './gitlab-strategy';
import { SignInFault } from './sign-in-fault';
import { openState, sealState, SignInState, STATE_MS } from './sign-in-state';

/** What a browser brings back from GitLab. */
export interface Return {
  prefix: string;
  cookie: string | undefined;
  query: { state?: unknown; code?: unknown; error?: unknown };
  address: string;
}

/** Sends browsers to GitLab and finds out who came back; what that person may do is decided elsewhere. */
@Injectable()
export class GitlabDoor {
  private readonly strategies: ReadonlyMap<string, GitlabStrategy>;
  /** Sign-ins that came back and failed, by network: each of them costs two calls to GitLab. */
  private readonly failures = new AttemptLimiter(60, 10 * 60_000);

  constructor(
    private readonly accounts: GitlabSignInsRepository,
    @Inject(API_SETTINGS) private readonly settings: Pick<ApiSettings, 'gitlabs' | 'keyRing'>,
  ) {
    this.strategies = new Map(settings.gitlabs.map((client) => [client.prefix, new GitlabStrategy(client)]));
  }

  /** Whether there is a GitLab of that prefix. */
  has(prefix: string): boolean {
    return this.strategies.has(prefix);
  }

  /** The address of GitLab's page, and what the browser keeps meanwhile. */
  async begin(wish: Omit<SignInState, 'verifier' | 'expiresAt'>): Promise<{ url: string; cookie: string }> {
    const handle = newToken('st').token;
    const { url, verifier } = await this.strategy(wish.prefix).begin(handle, wish.callbackUrl);
    const state = { ...wish, verifier, expiresAt: Date.now() + STATE_MS };
    return { url, cookie: sealState(this.settings.keyRing, handle, state) };
  }

  /**
   * The sign-in that a browser comes back from: begun by this very browser, not too long ago, and not looked at before.
   * @throws SignInFault
   */
  async redeem({ prefix, cookie, query }: Return): Promise<{ handle: string; state: SignInState }> {
    const handle = query.state;
    const usable = typeof handle === 'string' && /^st_[\w-]{43}$/.test(handle);
    const state = usable && cookie !== undefined ? openState(this.settings.keyRing, handle, cookie) : null;
    if (!usable || !state || state.prefix !== prefix)
      throw new SignInFault('state', 'the state is not that of a sign-in of this browser');
    if (state.expiresAt < Date.now()) throw new SignInFault('expired', 'the sign-in took too long');
    const hash = createHash('sha256').update(handle).digest('hex');
    if (!(await this.accounts.spendState(hash, new Date(state.expiresAt))))
      throw new SignInFault('state', 'the state was used before');
    return { handle, state };
  }

  /**
   * Who came back with a sign-in that was redeemed.
   * @throws SignInFault
   */
  async visitor(came: Return, handle: string, state: SignInState): Promise<GitlabVisit> {
    const { error, code } = came.query;
    if (error === 'access_denied') throw new SignInFault('denied', 'the person did not agree');
    if (error !== undefined) throw new SignInFault('gitlab-refused', `GitLab says ${quoted(error)}`);
    if (typeof code !== 'string' || code === '') throw new SignInFault('gitlab-garbage', 'there is no code');
    const network = networkOf(came.address);
    if (this.failures.take(network) > 0) throw new SignInFault('too-many', 'too many sign-ins failed');
    try {
      const visit = await this.strategy(state.prefix).complete(
        { code, handle, verifier: state.verifier },
        state.callbackUrl,
      );
      this.failures.refund(network);
      return visit;
    } catch (failure) {
      throw faultOfGitlab(failure);
    }
  }

  private strategy(prefix: string): GitlabStrategy {
    const strategy = this.strategies.get(prefix);
    if (!strategy) throw new Error('There is no such GitLab.');
    return strategy;
  }
}

/** What came in a query, short and harmless for a log. */
function quoted(text: unknown): string {
  return typeof text === 'string' && /^[a-z_]{1,60}$/.test(text) ? `"${text}"` : 'something that is no error code';
}
