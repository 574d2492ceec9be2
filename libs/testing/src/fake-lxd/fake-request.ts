import type { RequestBody } from './request-body';

/** One request as hooks and routes see it. */
export interface FakeRequest {
  readonly method: string;
  /** Without query, as it came: still percent-encoded. */
  readonly path: string;
  /** Decoded segments after /1.0. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly raw: Buffer;
  readonly body: RequestBody;
  /** Fingerprint of the client's certificate and its PEM, if it showed one. */
  readonly client: { readonly fingerprint: string; readonly pem: string } | undefined;
  readonly trusted: boolean;
}

/** How often each request came, by `METHOD path` and by `METHOD /path/of/{name}`. */
export class RequestCounts {
  private readonly counts = new Map<string, number>();
  total = 0;

  add(method: string, path: string): void {
    this.total += 1;
    const key = `${method} ${path}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }

  /** Requests with this method whose path is, or matches, what is given. */
  of(method: string, path: string | RegExp): number {
    if (typeof path === 'string') return this.counts.get(`${method} ${path}`) ?? 0;
    let sum = 0;
    for (const [key, count] of this.counts) {
      const [verb = '', rest = ''] = key.split(' ');
      if (verb === method && path.test(rest)) sum += count;
    }
    return sum;
  }

  all(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.counts);
  }

  reset(): void {
    this.counts.clear();
    this.total = 0;
  }
}
