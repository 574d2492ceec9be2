import { GitlabStandIn } from '@lxdm/testing';
import type request from 'supertest';
import type { GitlabClient } from '../src/gitlab-clients';
import type { ApiUnderTest } from './api-under-test';

type Answer = Awaited<ReturnType<ReturnType<typeof request>['get']>>;

/** What the application is told of a stand-in. */
export function clientOf(gitlab: GitlabStandIn, prefix = ''): GitlabClient {
  const { clientId, clientSecret } = gitlab.introduction;
  const timeouts = { idleMs: 1_000, totalMs: 2_000 };
  return {
    prefix,
    issuer: gitlab.url,
    name: prefix || 'GitLab',
    clientId,
    clientSecret,
    token: null,
    hookSecret: null,
    timeouts,
  };
}

/** A browser that somebody signs in with by GitLab: it keeps cookies, and follows nothing that it is not told to. */
export class GitlabVisitor {
  readonly cookies = new Map<string, string>();

  constructor(
    private readonly api: ApiUnderTest,
    private readonly gitlab: GitlabStandIn,
    private readonly prefix = '',
  ) {}

  get token(): string | undefined {
    return this.cookies.get('lxdm_session');
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.take(await this.api.anonymous().get(path).set('Cookie', this.cookieHeader()).set(headers));
  }

  async send(method: 'post' | 'put' | 'delete', path: string, body: object = {}): Promise<Answer> {
    const pending = this.api.anonymous()[method](path).set('Cookie', this.cookieHeader());
    const csrf = this.cookies.get('XSRF-TOKEN') ?? '';
    return this.take(await pending.set('X-XSRF-TOKEN', csrf).send(body));
  }

  /** Opens the address that begins a sign-in; answers GitLab's. */
  async leave(query: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<string> {
    const path = `/social-auth/login/gitlab/${this.prefix === '' ? '' : `${this.prefix}/`}`;
    const answer = await this.get(`${path}?${new URLSearchParams(query)}`, headers);
    expect(answer.status).toBe(302);
    return answer.headers['location'] ?? '';
  }

  /** What somebody does at GitLab; answers the path that the browser comes back to. */
  async agree(address: string, username: string): Promise<string> {
    await this.gitlab.tell('allowRedirect', new URL(address).searchParams.get('redirect_uri') ?? '');
    const back = new URL(await this.gitlab.tell('signIn', address, username));
    return `${back.pathname}${back.search}`;
  }

  /** The whole of it; answers where the browser was sent in the end. */
  async signIn(
    username: string,
    query: Record<string, string> = {},
    headers: Record<string, string> = {},
  ): Promise<string> {
    const back = await this.agree(await this.leave(query, headers), username);
    const answer = await this.get(back);
    expect(answer.status).toBe(302);
    return answer.headers['location'] ?? '';
  }

  private cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private take(answer: Answer): Answer {
    const lines = (answer.headers['set-cookie'] as unknown as string[] | undefined) ?? [];
    for (const line of lines) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, decodeURIComponent(value));
    }
    return answer;
  }
}
