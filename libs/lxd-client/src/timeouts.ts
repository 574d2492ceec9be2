/** Deadlines of one call, each in milliseconds. */
export interface LxdTimeouts {
  /** TCP and TLS handshake of a new connection. */
  readonly connectMs: number;
  /** From the start of the call to the reply's headers. */
  readonly headersMs: number;
  /** The longest pause inside the reply's body. */
  readonly idleMs: number;
  /** The whole call, whatever happens. */
  readonly totalMs: number;
}

/** What a call gets if nobody says otherwise. */
export const defaultTimeouts: LxdTimeouts = { connectMs: 5_000, headersMs: 20_000, idleMs: 10_000, totalMs: 60_000 };

/** The largest reply that is read: a thousand containers at recursion=2 are about 5 MB. */
export const defaultMaxBodyBytes = 64 * 1024 * 1024;

/** What every method takes as its last argument. */
export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly timeouts?: Partial<LxdTimeouts>;
}
