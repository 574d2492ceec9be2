/** What went wrong, coarse enough to decide what to do next. */
export type LxdErrorKind =
  | 'unreachable'
  | 'timeout'
  | 'certificate-changed'
  | 'not-trusted'
  | 'not-found'
  | 'conflict'
  | 'bad-request'
  | 'busy'
  | 'server'
  | 'garbage'
  | 'cancelled'
  | 'operation-failed';

const retryableKinds: ReadonlySet<LxdErrorKind> = new Set(['unreachable', 'timeout', 'busy', 'server', 'garbage']);

/** Facts about the failed call; never a body, a query, a secret or a key. */
export interface LxdErrorDetails {
  readonly status?: number;
  readonly lxdMessage?: string;
  readonly call?: string;
  readonly cause?: unknown;
  readonly retryable?: boolean;
}

/** Every failure of this library: plain words, LXD's own words where it said any, and whether trying again may help. */
export class LxdError extends Error {
  readonly kind: LxdErrorKind;
  readonly retryable: boolean;
  /** HTTP status or LXD's error_code, if the server answered at all. */
  readonly status: number | undefined;
  /** LXD's own words, unchanged. */
  readonly lxdMessage: string | undefined;
  /** Method and path without query, like `GET /1.0/instances/web`. */
  readonly call: string | undefined;

  constructor(kind: LxdErrorKind, message: string, details: LxdErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.kind = kind;
    this.retryable = details.retryable ?? retryableKinds.has(kind);
    this.status = details.status;
    this.lxdMessage = details.lxdMessage;
    this.call = details.call;
  }
}

/** The server showed another certificate than the pinned one; nothing was sent to it. */
export class CertificateChangedError extends LxdError {
  readonly expected: string;
  readonly actual: string;

  constructor(url: string, expected: string, actual: string) {
    super(
      'certificate-changed',
      `The certificate of ${url} has changed: expected fingerprint ${expected}, got ${actual}. Nothing was sent.`,
    );
    this.expected = expected;
    this.actual = actual;
  }
}

/** Whether a thrown value is an error of this library, optionally of one of the given kinds. */
export function isLxdError(value: unknown, ...kinds: readonly LxdErrorKind[]): value is LxdError {
  return value instanceof LxdError && (kinds.length === 0 || kinds.includes(value.kind));
}
