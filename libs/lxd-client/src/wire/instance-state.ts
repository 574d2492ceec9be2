import type { Instance } from './instance';

/** One address of an interface; `scope` is global, link or local. */
export interface InterfaceAddress {
  readonly family: 'inet' | 'inet6';
  readonly address: string;
  readonly netmask: string;
  readonly scope: 'global' | 'link' | 'local';
}

/** One interface inside the container. */
export interface InterfaceState {
  readonly addresses: readonly InterfaceAddress[];
  readonly counters: Readonly<Record<string, number>>;
  readonly hwaddr: string;
  readonly host_name: string;
  readonly mtu: number;
  readonly state: string;
  readonly type: string;
}

/** GET /1.0/instances/NAME/state; `network` is null while the container is stopped. */
export interface InstanceState {
  readonly status: string;
  readonly status_code: number;
  readonly pid: number;
  readonly processes: number;
  readonly cpu: { readonly usage: number };
  readonly memory: {
    readonly usage: number;
    readonly usage_peak: number;
    readonly swap_usage: number;
    readonly swap_usage_peak: number;
    readonly total?: number;
  };
  readonly disk: Readonly<Record<string, { readonly usage: number; readonly total?: number }>> | null;
  readonly network: Readonly<Record<string, InterfaceState>> | null;
}

/** One row of GET /1.0/instances?recursion=2; `state` is null where the server could not read it. */
export interface InstanceFull extends Instance {
  readonly state: InstanceState | null;
  readonly snapshots: readonly { readonly name: string; readonly created_at: string }[] | null;
  readonly backups: readonly { readonly name: string; readonly created_at: string }[] | null;
}
