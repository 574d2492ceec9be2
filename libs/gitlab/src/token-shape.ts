import { countOf, objectOf, optionalTextOf, textOf } from './json-shape';

/** What GitLab's token endpoint gave; the refresh token that was shown for it is spent from then on. */
export interface GitlabTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  /** By our clock; null when GitLab said nothing of an end (before 15.0). */
  readonly expiresAt: Date | null;
}

/** RFC 6749 §5.1, as docs.gitlab.com/api/oauth2 shows it. */
export function tokensOf(value: unknown, now: Date): GitlabTokens {
  const tokens = objectOf(value, 'the token');
  const lifetime = tokens['expires_in'];
  return {
    accessToken: textOf(tokens, 'access_token', 8192),
    refreshToken: optionalTextOf(tokens, 'refresh_token', 8192),
    expiresAt:
      lifetime === undefined || lifetime === null
        ? null
        : new Date(now.getTime() + countOf(tokens, 'expires_in') * 1000),
  };
}
