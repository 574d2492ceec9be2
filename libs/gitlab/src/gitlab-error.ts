import type { GitlabAccountState } from './user-shape';

/**
 * What went wrong, coarse enough to decide what to do next. About the person only three say something: `unauthorized` (the token is
 * not taken), `token-refused` (it cannot be renewed: invalid_grant) and `forbidden` when it has an `accountState`. `client-refused` is
 * our own application's fault (invalid_client: wrong id or secret), `garbage` an answer that is not GitLab's.
 */
export type GitlabErrorKind =
  | 'unreachable'
  | 'timeout'
  | 'server'
  | 'throttled'
  | 'unauthorized'
  | 'forbidden'
  | 'token-refused'
  | 'client-refused'
  | 'not-found'
  | 'garbage'
  | 'cancelled';

const temporaryKinds: ReadonlySet<GitlabErrorKind> = new Set([
  'unreachable',
  'timeout',
  'server',
  'throttled',
  'garbage',
]);

/** Facts about the failed call; never a token, a secret, a query or a body. */
export interface GitlabErrorDetails {
  readonly status?: number;
  readonly retryAfterMs?: number;
  readonly accountState?: GitlabAccountState;
}

/** Every failure of this library, in plain words that may be shown; no text of it ever holds a token. */
export class GitlabError extends Error {
  /** Whether the same call may succeed later without anybody doing anything. */
  readonly temporary: boolean;
  /** HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** Of `throttled`: how long GitLab wants to be left alone, if it said so; at most an hour. */
  readonly retryAfterMs: number | undefined;
  /**
   * Of `forbidden`: GitLab said that the account of the token is blocked, deactivated or the like. A strong hint and no proof: GitLab says
   * "blocked" as well when its LDAP server fails for a moment (lib/gitlab/user_access.rb), so let `user` with another token confirm it.
   */
  readonly accountState: GitlabAccountState | undefined;

  constructor(
    readonly kind: GitlabErrorKind,
    message: string,
    details: GitlabErrorDetails = {},
  ) {
    super(message);
    this.name = new.target.name;
    this.temporary = temporaryKinds.has(kind);
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.accountState = details.accountState;
  }
}

/** Whether a thrown value is an error of this library, optionally of one of the given kinds. */
export function isGitlabError(value: unknown, ...kinds: readonly GitlabErrorKind[]): value is GitlabError {
  return value instanceof GitlabError && (kinds.length === 0 || kinds.includes(value.kind));
}
