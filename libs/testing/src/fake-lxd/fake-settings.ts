import type { FakeNetworks } from './fake-addresses';

/** How long things take, in milliseconds; tests may change them at any time. */
export interface FakeTimings {
  createMs: number;
  startMs: number;
  stopMs: number;
  deleteMs: number;
  imageMs: number;
  /** How long an operation is remembered after its end; LXD: 5000. */
  operationTtlMs: number;
}

/** What a fake is made of; everything has a default. */
export interface FakeLxdOptions {
  /** What it calls itself, and the common name of its certificate. */
  readonly name?: string;
  readonly server?: 'lxd' | 'incus';
  readonly trustPassword?: string;
  readonly timings?: Partial<FakeTimings>;
  readonly networks?: Partial<FakeNetworks>;
  /** Aliases that exist from the start; the default is debian/12. */
  readonly images?: readonly string[];
  readonly apiExtensions?: readonly string[];
}

/** Fast, so that a suite of hundreds of starts takes seconds. */
export const fakeTimings: FakeTimings = {
  createMs: 20,
  startMs: 10,
  stopMs: 10,
  deleteMs: 10,
  imageMs: 20,
  operationTtlMs: 5_000,
};

/** The lab's networks. */
export const fakeNetworks: FakeNetworks = { prefix: '2001:db8:100:0', intern: '10.77.1', addressDelayMs: 30 };
