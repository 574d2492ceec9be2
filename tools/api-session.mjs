// @ts-check
/** A signed-in caller of the manager's own API, as the console is one: cookies, the CSRF header, operations waited for. */
import { Agent, get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { ExpectedError } from './workspace.mjs';

/** @typedef {{id: string, type: string, status: string, steps?: {name: string, status: string}[], progress?: number | null, error?: {message: string} | null, target?: {id: string}}} Operation */

const keptAlive = new Agent({ keepAlive: true });

export class ApiSession {
  /** @type {Map<string, string>} */
  #cookies = new Map();
  #csrf = '';
  /** @param {string} address of the console @param {AbortSignal} signal */
  constructor(address, signal) {
    this.origin = new URL(address).origin;
    this.signal = signal;
  }

  /** @param {string} username @param {string} password */
  async signIn(username, password) {
    const session = /** @type {{csrfToken: string}} */ (await this.call('POST', '/session', { username, password }));
    this.#csrf = session.csrfToken;
  }

  /** Acts as the admin that this person is. @param {string} password */
  async sudo(password) {
    await this.call('POST', '/session/sudo', { password });
  }

  /**
   * Signs in with GitLab (or links it, by `?link=1`), as a browser does: out, through GitLab, and back. A refusal becomes an error.
   * @param {(authorizeUrl: string) => Promise<string>} walk through GitLab; returns the address that it sends the browser back to
   * @param {string} [query]
   */
  async signInWithGitlab(walk, query = '') {
    const place = await this.#follow(
      await walk(await this.#follow(`${this.origin}/social-auth/login/gitlab/${query}`)),
    );
    const fault = new URL(place).searchParams.get('error');
    if (fault) throw new ExpectedError(`The sign-in with GitLab ended with "${fault}"; api.log says why.`);
    const session = /** @type {{csrfToken: string}} */ (await this.call('GET', '/session'));
    this.#csrf = session.csrfToken;
  }

  /** Opens a page of ours that leads on to another, and returns that one's address. @param {string} address */
  async #follow(address) {
    const response = await fetch(address, {
      headers: { cookie: this.#cookieHeader(), 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(30_000)]),
    });
    this.#keepCookies(response);
    const next = response.headers.get('location');
    if (next === null) throw new ExpectedError(`${new URL(address).pathname} leads nowhere (${response.status}).`);
    return new URL(next, address).href;
  }

  #cookieHeader() {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** @param {Response} response */
  #keepCookies(response) {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '') this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
  }

  /**
   * Calls the API; a problem becomes an error with its own words.
   * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method @param {string} path below /api @param {unknown} [body]
   * @returns {Promise<unknown>}
   */
  async call(method, path, body) {
    const response = await fetch(`${this.origin}/api${path}`, {
      method,
      headers: {
        accept: 'application/json',
        origin: this.origin,
        cookie: this.#cookieHeader(),
        ...(method === 'GET' ? {} : { 'x-xsrf-token': this.#csrf || (this.#cookies.get('XSRF-TOKEN') ?? '') }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.any([this.signal, AbortSignal.timeout(30_000)]),
    });
    this.#keepCookies(response);
    const text = await response.text();
    const answer = text ? JSON.parse(text) : undefined;
    if (response.ok) return answer;
    const fields = (answer?.errors ?? []).map(
      (/** @type {{field: string, message: string}} */ fault) => `${fault.field}: ${fault.message}`,
    );
    throw Object.assign(
      new ExpectedError(
        `${method} /api${path}: ${[answer?.detail ?? answer?.title ?? response.status, ...fields].join('; ')}`,
      ),
      { status: response.status, code: answer?.code },
    );
  }

  /** How many octets an answer has on the wire, compressed as a browser asks for it. @param {string} path below /api @returns {Promise<number>} */
  bytes(path) {
    const headers = {
      accept: 'application/json',
      'accept-encoding': 'gzip',
      cookie: this.#cookieHeader(),
    };
    return new Promise((resolve, reject) => {
      const request = get(`${this.origin}/api${path}`, { agent: keptAlive, headers }, (response) => {
        let bytes = 0;
        response.on('data', (chunk) => (bytes += chunk.length));
        response.once('error', reject);
        response.once('end', () =>
          response.statusCode === 200 ? resolve(bytes) : reject(new Error(`${path}: ${response.statusCode}`)),
        );
      });
      request.once('error', reject);
    });
  }

  /** Waits for the end of an operation and reports how far it is. @param {unknown} accepted what the API answered @param {(detail: string) => void} report @returns {Promise<Operation>} */
  async settled(accepted, report) {
    let operation = /** @type {Operation} */ (accepted);
    const end = Date.now() + 300_000;
    while (operation.status === 'Pending' || operation.status === 'Running') {
      if (Date.now() > end) throw new ExpectedError(`${operation.type} has not ended after five minutes.`);
      const current = operation.steps?.find((one) => one.status === 'running');
      report(current ? current.name : operation.status.toLowerCase());
      await delay(300, undefined, { signal: this.signal });
      operation = /** @type {Operation} */ (await this.call('GET', `/operations/${operation.id}`));
    }
    if (operation.status !== 'Success')
      throw new ExpectedError(`${operation.type}: ${operation.error?.message ?? operation.status}`);
    return operation;
  }

  /** Asks again until the answer is there. @template T @param {() => Promise<T | undefined>} ask @param {string} what for the error @param {number} [seconds] @returns {Promise<T>} */
  async eventually(ask, what, seconds = 120) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (Date.now() > end) throw new ExpectedError(`${what}: not after ${seconds} s.`);
      await delay(300, undefined, { signal: this.signal });
    }
  }
}
