import { GitlabError } from './gitlab-error';
import { send, type HttpReply } from './http';
import { listOf, ShapeError } from './json-shape';
import { isJson, refusalOf, tokenRefusalOf } from './refusals';
import type { CallOptions, GitlabTimeouts } from './timeouts';

/** What a transport needs to know about its GitLab. */
export interface TransportOptions {
  readonly issuer: string;
  readonly timeouts: GitlabTimeouts;
  readonly maxBodyBytes: number;
}

/** A GET of the REST API besides its path. */
export interface ReadOptions extends CallOptions {
  readonly query?: Readonly<Record<string, string>>;
  readonly etag?: string | null;
}

/** All items of a list, each id once, and the ETag that stands for the whole of it. */
export interface Listing<T> {
  readonly items: T[];
  readonly etag: string | null;
}

const perPage = 100;
const maxPages = 200;

/** Questions to one GitLab: the base URL before them, the answer checked before anybody sees it. */
export class Transport {
  constructor(private readonly options: TransportOptions) {}

  /** One document of the REST API. */
  async read<T>(path: readonly string[], options: ReadOptions, shape: (value: unknown) => T): Promise<T> {
    const call = callOf(path);
    return shaped(await this.get(path, call, options), call, shape);
  }

  /** All pages of a list (docs.gitlab.com/api/rest#pagination); items that `shape` makes null of are left out. */
  async list<T extends { readonly id: string }>(
    path: readonly string[],
    options: ReadOptions,
    shape: (value: unknown) => T | null,
  ): Promise<Listing<T> | 'unchanged'> {
    const call = callOf(path);
    const { etag, signal, ...rest } = options;
    const items = new Map<string, T>();
    const deadline = AbortSignal.timeout(this.options.timeouts.totalMs * 4);
    const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    try {
      for (let page = 1; page <= maxPages; page += 1) {
        const query = { per_page: String(perPage), page: String(page) };
        const shown = page === 1 && etag ? etag : undefined;
        const reply = await this.get(path, call, { ...rest, signal: either, query, etag: shown });
        if (reply.status === 304) return 'unchanged';
        const rows = shaped(reply, call, (value) => listOf(value, 'the list').map(shape));
        for (const row of rows) if (row !== null) items.set(row.id, row);
        const next = reply.headers.get('x-next-page') ?? '';
        // An ETag stands for its page alone.
        if (next === '') return { items: [...items.values()], etag: page === 1 ? reply.headers.get('etag') : null };
        if (next !== String(page + 1)) throw new GitlabError('garbage', `GitLab counts its pages wrongly (${call})`);
      }
    } catch (error) {
      if (deadline.aborted && signal?.aborted !== true)
        throw new GitlabError('timeout', `GitLab did not finish its list in time (${call})`);
      throw error;
    }
    throw new GitlabError('garbage', `GitLab has more than ${maxPages * perPage} items (${call})`);
  }

  /** The token endpoint: RFC 6749 §3.2, the client's secret in the body (§2.3.1) as GitLab shows it. */
  async exchange<T>(
    form: Readonly<Record<string, string>>,
    options: Pick<CallOptions, 'signal'>,
    shape: (value: unknown) => T,
  ): Promise<T> {
    const { issuer, timeouts, maxBodyBytes } = this.options;
    const call = 'POST /oauth/token';
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...self };
    const body = new URLSearchParams(form).toString();
    const request = { method: 'POST', url: new URL('oauth/token', issuer), call, headers, body } as const;
    const reply = await send({ ...request, signal: options.signal }, timeouts, maxBodyBytes);
    if (reply.status !== 200) throw tokenRefusalOf(reply, call);
    return shaped(reply, call, shape);
  }

  /** A reply of 200, or 304 to whoever showed an ETag. */
  private async get(path: readonly string[], call: string, options: ReadOptions): Promise<HttpReply> {
    const { issuer, timeouts, maxBodyBytes } = this.options;
    const { token, etag, query = {}, signal } = options;
    // fetch would name a token that is no header value in its error.
    if (token !== undefined && !/^[\x21-\x7e]+$/.test(token))
      throw new GitlabError('unauthorized', `The token is none (${call})`);
    const url = new URL(`api/v4/${path.map(encodeURIComponent).join('/')}`, issuer);
    url.search = new URLSearchParams(query).toString();
    const headers = {
      accept: 'application/json',
      ...self,
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(etag ? { 'if-none-match': etag } : {}),
    };
    const reply = await send({ method: 'GET', url, call, headers, signal }, timeouts, maxBodyBytes);
    if (reply.status === 200 || (reply.status === 304 && etag)) return reply;
    throw refusalOf(reply, call);
  }
}

const self = { 'user-agent': 'lxd-manager' };

const callOf = (path: readonly string[]): string => `GET /api/v4/${path.map(encodeURIComponent).join('/')}`;

function shaped<T>(reply: HttpReply, call: string, shape: (value: unknown) => T): T {
  if (!isJson(reply.headers)) throw new GitlabError('garbage', `GitLab answered something else than JSON (${call})`);
  try {
    return shape(JSON.parse(reply.body));
  } catch (error) {
    const what = error instanceof ShapeError ? error.message : 'it is no JSON';
    throw new GitlabError('garbage', `GitLab answered something that cannot be read: ${what} (${call})`);
  }
}
