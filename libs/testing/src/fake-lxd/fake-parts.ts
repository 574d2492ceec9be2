import type { FakeNetworks } from './fake-addresses';
import type { FakeTimings } from './fake-settings';
import type { ImageStore } from './image-store';
import type { InstanceEngine } from './instance-engine';
import type { OperationStore } from './operation-store';
import type { TrustStore } from './trust-store';

/** What a command inside a container answers. */
export interface ExecResult {
  readonly exitCode: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** A command that was run inside a container. */
export interface ExecCall {
  readonly instance: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** The pieces of one fake daemon that its routes work on. */
export interface FakeLxdParts {
  readonly name: string;
  readonly server: 'lxd' | 'incus';
  readonly apiExtensions: readonly string[];
  readonly networks: FakeNetworks;
  readonly timings: FakeTimings;
  readonly engine: InstanceEngine;
  readonly operations: OperationStore;
  readonly images: ImageStore;
  readonly trust: TrustStore;
  readonly certificate: () => { readonly cert: string; readonly fingerprint: string };
  readonly url: () => string;
  readonly exec: (call: ExecCall) => ExecResult | Promise<ExecResult>;
  readonly logs: Map<string, Buffer>;
  readonly announce: (action: string, source: string) => void;
}
