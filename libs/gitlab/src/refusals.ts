import { GitlabError } from './gitlab-error';
import type { HttpReply } from './http';
import type { GitlabAccountState } from './user-shape';

const longestPauseMs = 3_600_000;

/**
 * The error that an answer without the wanted document is, by its status. What 401, 403 and 404 say about a person is believed only in
 * GitLab's own JSON: a proxy in front of it says them as well.
 */
export function refusalOf(reply: HttpReply, call: string): GitlabError {
  const { status, headers } = reply;
  const words = wordsOf(reply);
  if (status >= 500) return new GitlabError('server', `GitLab failed with ${status} (${call})`, { status });
  if (status === 429)
    return new GitlabError('throttled', `GitLab asks for fewer requests (${call})`, {
      status,
      retryAfterMs: pauseOf(headers.get('retry-after')),
    });
  if (status >= 300 && status < 400)
    return new GitlabError(
      'garbage',
      `GitLab answers ${status}, which is not followed: is its address right? (${call})`,
      {
        status,
      },
    );
  if (words !== undefined && status === 401)
    return new GitlabError('unauthorized', `GitLab does not take the token (${call})`, { status });
  if (words !== undefined && status === 403) {
    const accountState = accountStateOf(words);
    const why = accountState === undefined ? 'does not allow it' : `says that the account is ${accountState}`;
    return new GitlabError('forbidden', `GitLab ${why} (${call})`, { status, accountState });
  }
  // "404 User Not Found", "404 Group Not Found"; a wrong address is "404 Not Found" or a page.
  if (words !== undefined && status === 404 && /^404 (User|Group) Not Found$/i.test(words))
    return new GitlabError('not-found', `GitLab knows no such ${/group/i.test(words) ? 'group' : 'user'} (${call})`, {
      status,
    });
  return new GitlabError('garbage', `GitLab answered ${status} in a way that is not GitLab's (${call})`, { status });
}

/** The error of the token endpoint: RFC 6749 §5.2. */
export function tokenRefusalOf(reply: HttpReply, call: string): GitlabError {
  const { status } = reply;
  const error = status === 400 || status === 401 ? oauthErrorOf(reply) : undefined;
  if (error === 'invalid_grant')
    return new GitlabError('token-refused', `GitLab does not take what was shown for a token: it is spent (${call})`, {
      status,
    });
  if (error === 'invalid_client' || error === 'unauthorized_client')
    return new GitlabError('client-refused', `GitLab does not know this application or its secret (${call})`, {
      status,
    });
  if (status === 401) return new GitlabError('garbage', `GitLab answered 401 without a reason (${call})`, { status });
  return refusalOf(reply, call);
}

/** The words of `{"message": …}` or `{"error": …}` (docs.gitlab.com/api/rest/troubleshooting); undefined when it is not JSON of that kind. */
function wordsOf(reply: HttpReply): string | undefined {
  const { message, error } = documentOf(reply) ?? {};
  const words = message ?? error;
  return typeof words === 'string' ? words : undefined;
}

function oauthErrorOf(reply: HttpReply): unknown {
  return documentOf(reply)?.['error'];
}

function documentOf({ headers, body }: HttpReply): Record<string, unknown> | undefined {
  if (!isJson(headers)) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined; // not JSON, whatever its header says
  }
}

/** Whether the answer calls itself JSON. */
export function isJson(headers: Headers): boolean {
  return /^application\/json\s*(;|$)/i.test(headers.get('content-type') ?? '');
}

/** What GitLab says when the owner of a token is not let in, like "403 Forbidden - Your account has been blocked." */
function accountStateOf(words: string): GitlabAccountState | undefined {
  if (/your account is pending approval/i.test(words)) return 'blocked_pending_approval';
  const state = /your account has been (blocked|deactivated|banned)/i.exec(words)?.[1]?.toLowerCase();
  return state === 'blocked' || state === 'deactivated' || state === 'banned' ? state : undefined;
}

/** RFC 9110 §10.2.3: seconds or a date. */
function pauseOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestPauseMs);
}
