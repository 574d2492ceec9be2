/** Deadlines of one request, each in milliseconds. */
export interface GitlabTimeouts {
  /** From the start to the headers of the answer, and the longest pause inside the answer. */
  readonly idleMs: number;
  /** The whole request, whatever happens; a list of several pages gets four times as long. */
  readonly totalMs: number;
}

/** What a request gets if nobody says otherwise. */
export const defaultTimeouts: GitlabTimeouts = { idleMs: 10_000, totalMs: 20_000 };

/** The largest answer that is read: a page of a hundred keys is below 100 kB. */
export const defaultMaxBodyBytes = 2 * 1024 * 1024;

/** What every call takes besides: the token that it shows (without one the public sees what it sees), and a way to end it early. */
export interface CallOptions {
  readonly token?: string;
  readonly signal?: AbortSignal;
}
