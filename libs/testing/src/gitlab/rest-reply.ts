import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What a route of the REST API answers. */
export interface RestReply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The errors of docs.gitlab.com/api/rest/troubleshooting, in GitLab's two forms. */
export const refusals = {
  unauthorized: { status: 401, body: { message: '401 Unauthorized' } },
  expired: {
    status: 401,
    body: {
      error: 'invalid_token',
      error_description: 'Token is expired. You can either do re-authorization or token refresh.',
    },
  },
  insufficientScope: {
    status: 403,
    body: {
      error: 'insufficient_scope',
      error_description: 'The request requires higher privileges than provided by the access token.',
      scope: 'api read_api',
    },
  },
  notAuthorized: { status: 403, body: { message: '403 Forbidden - Not authorized!' } },
  blocked: { status: 403, body: { message: '403 Forbidden - Your account has been blocked.' } },
  pending: {
    status: 403,
    body: { message: '403 Forbidden - Your account is pending approval from your administrator and hence blocked.' },
  },
  deactivated: {
    status: 403,
    body: {
      message:
        '403 Forbidden - Your account has been deactivated by your administrator. Please log back in from a web browser to reactivate your account',
    },
  },
  noUser: { status: 404, body: { message: '404 User Not Found' } },
  noGroup: { status: 404, body: { message: '404 Group Not Found' } },
  noRoute: { status: 404, body: { error: '404 Not Found' } },
} satisfies Record<string, RestReply>;

/** A page of a list with the headers of docs.gitlab.com/api/rest#offset-based-pagination. */
export function pageOf(items: readonly unknown[], url: URL): RestReply {
  const number = (name: string, fallback: number): number =>
    Math.max(1, Number(url.searchParams.get(name) ?? fallback) || 1);
  const perPage = Math.min(number('per_page', 20), 100);
  const page = number('page', 1);
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  return {
    status: 200,
    body: items.slice((page - 1) * perPage, page * perPage),
    headers: {
      'x-next-page': page < pages ? String(page + 1) : '',
      'x-page': String(page),
      'x-per-page': String(perPage),
      'x-prev-page': page > 1 ? String(page - 1) : '',
      'x-total': String(items.length),
      'x-total-pages': String(pages),
    },
  };
}

/** Writes it with a weak ETag, as Rails' middleware does, and says 304 to whoever has it already (RFC 9110 §13.1.2). */
export function write(reply: RestReply, request: IncomingMessage, response: ServerResponse): void {
  const body = JSON.stringify(reply.body);
  const headers: Record<string, string> = { 'cache-control': 'max-age=0, private, must-revalidate', ...reply.headers };
  if (reply.status === 200) {
    headers['etag'] = `W/"${createHash('md5').update(body).digest('hex')}"`;
    const shown = request.headers['if-none-match']?.split(/\s*,\s*/) ?? [];
    if (shown.includes(headers['etag'])) {
      response.writeHead(304, headers);
      response.end();
      return;
    }
  }
  response.writeHead(reply.status, { ...headers, 'content-type': 'application/json' });
  response.end(body);
}
