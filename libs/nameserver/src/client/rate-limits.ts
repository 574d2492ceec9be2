import { Network } from './network';

/** How much of the same a network may get over UDP; what exceeds it is dropped or sent to TCP. */
export interface RateLimits {
  /** Answers of one kind a second for an IPv4 /24 or an IPv6 /56; one second's worth may come at once. */
  readonly answersPerSecond: number;
  /** Of the answers beyond, every how manieth goes out truncated, so that a real client comes back over TCP; 0 for none. Default 2. */
  readonly slip?: number;
  /** Networks without a limit. */
  readonly exempt?: readonly Network[];
  /** How many accounts are kept; the one that has rested longest gives way. Default 65,536. */
  readonly accounts?: number;
}

/** What becomes of an answer. */
export type Verdict = 'send' | 'slip' | 'drop';
