import { eventually } from './eventually';

/** An answer of the API: status, headers and the JSON in it. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

export interface OperationDto {
  id: string;
  type: string;
  status: 'Pending' | 'Running' | 'Success' | 'Failure' | 'Cancelled';
  target: { id: string; name: string };
  steps: { name: string }[];
  error: { code: string; message: string } | null;
}

export interface ContainerDto {
  id: string;
  name: string;
  /** Only of one container, as are the keys; a list says less. */
  fqdn: string;
  status: string;
  statusDetail?: string;
  stale?: boolean;
  observedAt?: string;
  addresses: { address: string; interface: string; state?: string }[];
  host: { id: string; name: string };
  project: { id: string; name: string } | null;
  hostKeys: { type: string; publicKey: string }[];
}

export interface SessionDto {
  user: { id: string; username: string; isAdmin: boolean; standing: string };
  csrfToken: string;
  sudoUntil: string | null;
}

export interface HostDto {
  id: string;
  name: string;
  state: string;
  stateReason: string | null;
  fingerprint: string | null;
}

/** A signed-in caller, as the console is one. */
export class Api {
  private readonly cookies = new Map<string, string>();
  private csrf = '';

  constructor(readonly origin: string) {}

  async signIn(username: string, password: string): Promise<void> {
    const { csrfToken } = (await this.call<{ csrfToken: string }>('POST', '/session', { username, password })).body;
    this.csrf = csrfToken;
  }

  /** Acts as the admin that this person is. */
  async sudo(password: string): Promise<void> {
    await this.call('POST', '/session/sudo', { password });
  }

  /**
   * Signs in with GitLab, as a browser does.
   * @param walk goes through GitLab's pages from the address given, and returns the one that GitLab sends the browser back to
   * @returns where the browser is in the end
   */
  async signInWithGitlab(
    walk: (authorizeUrl: string) => Promise<string>,
    begin = '/social-auth/login/gitlab/',
  ): Promise<string> {
    const authorizeUrl = await this.follow(`${this.origin}${begin}`);
    const place = await this.follow(await walk(authorizeUrl));
    if (!place.includes('error=')) await this.known();
    return place;
  }

  /** Asks who is signed in, and takes the CSRF token. */
  async known(): Promise<SessionDto> {
    const session = (await this.call<SessionDto>('GET', '/session')).body;
    this.csrf = session.csrfToken;
    return session;
  }

  /** Opens a page that leads on to another, and returns that one's address. */
  async follow(address: string): Promise<string> {
    const response = await fetch(address, {
      headers: { Cookie: this.cookieHeader() },
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
    });
    this.keepCookies(response);
    const next = response.headers.get('location');
    if (next === null) throw new Error(`${address} leads nowhere: ${response.status} ${await response.text()}`);
    return new URL(next, address).href;
  }

  /** The cookies, for a stream that is opened outside. */
  cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }

  /** Calls the API and returns whatever it answers. */
  async ask<T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> {
    const response = await fetch(`${this.origin}/api${path}`, {
      method,
      headers: {
        Accept: 'application/json',
        Origin: this.origin,
        Cookie: this.cookieHeader(),
        ...(method === 'GET' ? {} : { 'X-XSRF-TOKEN': this.csrf }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(30_000),
    });
    this.keepCookies(response);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : undefined) as T };
  }

  /** As `ask`, and throws when the answer is a problem. */
  async call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const answer = await this.ask<T>(method, path, body);
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }

  /** Begins an action and returns its operation. */
  async begin(method: string, path: string, body?: unknown): Promise<OperationDto> {
    return (await this.call<OperationDto>(method, path, body)).body;
  }

  /** Waits for the end of an operation, whatever it is. */
  ended(operation: OperationDto, milliseconds = 120_000): Promise<OperationDto> {
    return eventually(
      `the end of ${operation.type} ${operation.target.name}`,
      async () => {
        const { body } = await this.call<OperationDto>('GET', `/operations/${operation.id}`);
        return body.status === 'Pending' || body.status === 'Running' ? undefined : body;
      },
      milliseconds,
    );
  }

  /** Begins an action, waits for its end, and throws unless that is Success. */
  async done(method: string, path: string, body?: unknown): Promise<OperationDto> {
    const operation = await this.ended(await this.begin(method, path, body));
    if (operation.status !== 'Success')
      throw new Error(`${operation.type} ${operation.target.name}: ${JSON.stringify(operation.error)}`);
    return operation;
  }

  async container(id: string): Promise<ContainerDto> {
    return (await this.call<ContainerDto>('GET', `/containers/${id}`)).body;
  }

  async containers(query = ''): Promise<ContainerDto[]> {
    return (await this.call<{ items: ContainerDto[] }>('GET', `/containers?pageSize=1000${query}`)).body.items;
  }

  async host(name: string): Promise<HostDto> {
    const host = (await this.call<HostDto[]>('GET', '/hosts')).body.find((one) => one.name === name);
    if (!host) throw new Error(`There is no host ${name}.`);
    return host;
  }
}
