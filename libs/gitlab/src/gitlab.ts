import { issuerOf } from './issuer';
import { GitlabError } from './gitlab-error';
import { groupOf, memberOf, type GitlabGroup, type GitlabMember } from './group-shape';
import { keyOf, type GitlabKeys } from './key-shape';
import { Transport } from './transport';
import { defaultMaxBodyBytes, defaultTimeouts, type CallOptions, type GitlabTimeouts } from './timeouts';
import { tokensOf, type GitlabTokens } from './token-shape';
import { userOf, type GitlabUser } from './user-shape';

/** One GitLab, and what our application is called there. */
export interface GitlabOptions {
  /** A path prefix works, the slash at the end is optional. */
  readonly url: string;
  /** Of the registered application; needed by `refreshToken` and `exchangeCode` only. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly timeouts?: Partial<GitlabTimeouts>;
  readonly maxBodyBytes?: number;
}

/** What a sign-in brought back, to be exchanged for tokens. */
export interface CodeExchange {
  readonly code: string;
  readonly redirectUri: string;
  /** RFC 7636 §4.1. */
  readonly codeVerifier: string;
}

/** A client of one GitLab. It keeps nothing, retries nothing, and every failure of it is a `GitlabError`. */
export class Gitlab {
  /** The base URL with a slash at its end. */
  readonly issuer: string;
  private readonly transport: Transport;

  constructor(private readonly options: GitlabOptions) {
    this.issuer = issuerOf(options.url);
    this.transport = new Transport({
      issuer: this.issuer,
      timeouts: { ...defaultTimeouts, ...options.timeouts },
      maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
    });
  }

  /** New tokens for the refresh token, which is spent by it: keep the answer before anything else (docs.gitlab.com/api/oauth2). */
  refreshToken(refreshToken: string, options: Pick<CallOptions, 'signal'> = {}): Promise<GitlabTokens> {
    return this.tokens({ grant_type: 'refresh_token', refresh_token: refreshToken }, options);
  }

  /** The tokens of a sign-in: RFC 6749 §4.1.3 with PKCE (RFC 7636 §4.5). */
  exchangeCode(exchange: CodeExchange, options: Pick<CallOptions, 'signal'> = {}): Promise<GitlabTokens> {
    const { code, redirectUri, codeVerifier } = exchange;
    const form = { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier };
    return this.tokens(form, options);
  }

  /** Whose token it is: GET /user. */
  currentUser(token: string, options: Pick<CallOptions, 'signal'> = {}): Promise<GitlabUser> {
    return this.transport.read(['user'], { ...options, token }, userOf);
  }

  /**
   * An account by its number: GET /users/:id, which needs a token of anybody. `not-found` is thrown only when GitLab itself says that
   * there is no such user; any other 404 is `garbage`.
   */
  user(id: string, options: CallOptions = {}): Promise<GitlabUser> {
    return this.transport.read(['users', numberOf(id)], options, userOf);
  }

  /**
   * The keys that let somebody in, of all pages: GET /users/:id/keys, which the public may ask where GitLab is public. GitLab shows
   * the keys of blocked accounts as well.
   */
  async keysOf(id: string, options: CallOptions & { readonly etag?: string | null } = {}): Promise<GitlabKeys> {
    const { etag, ...rest } = options;
    const answer = await this.transport.list(['users', numberOf(id), 'keys'], { ...rest, etag }, keyOf);
    return answer === 'unchanged' ? { unchanged: true } : { unchanged: false, keys: answer.items, etag: answer.etag };
  }

  /** A group by its full path or its number: GET /groups/:id, with a token of scope read_api for a private one. */
  group(path: string, options: CallOptions = {}): Promise<GitlabGroup> {
    return this.transport.read(['groups', path], { ...options, query: { with_projects: 'false' } }, groupOf);
  }

  /** All members of a group by its number, inherited ones too, each once: GET /groups/:id/members/all. */
  async groupMembers(id: string, options: CallOptions = {}): Promise<GitlabMember[]> {
    const answer = await this.transport.list(['groups', numberOf(id), 'members', 'all'], options, memberOf);
    if (answer === 'unchanged') throw new GitlabError('garbage', `${this.issuer} said 304 to a question without ETag`);
    return answer.items;
  }

  private tokens(form: Record<string, string>, options: Pick<CallOptions, 'signal'>): Promise<GitlabTokens> {
    const { clientId, clientSecret } = this.options;
    if (!clientId || !clientSecret)
      throw new GitlabError('client-refused', `There is no application id and secret for ${this.issuer}`);
    const asked = new Date();
    const full = { client_id: clientId, client_secret: clientSecret, ...form };
    return this.transport.exchange(full, options, (value) => tokensOf(value, asked));
  }
}

function numberOf(id: string): string {
  if (!/^[1-9]\d{0,18}$/.test(id)) throw new RangeError('an id of GitLab is a number');
  return id;
}
