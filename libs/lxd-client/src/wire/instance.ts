/** `config` of an instance, `user.*` and `volatile.*` keys included. */
export type InstanceConfig = Readonly<Record<string, string>>;

/** `devices` of an instance: name → settings of the device. */
export type InstanceDevices = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What PUT replaces as a whole. */
export interface InstancePut {
  readonly architecture?: string;
  readonly config: InstanceConfig;
  readonly devices: InstanceDevices;
  readonly ephemeral?: boolean;
  readonly profiles: readonly string[];
  readonly description?: string;
  readonly stateful?: boolean;
}

/** Where a new instance comes from. */
export type InstanceSource =
  | { readonly type: 'image'; readonly alias: string }
  | { readonly type: 'image'; readonly fingerprint: string }
  | { readonly type: 'none' }
  | {
      readonly type: 'migration';
      readonly mode: 'pull';
      readonly operation: string;
      readonly certificate: string;
      readonly secrets: Readonly<Record<string, string>>;
    };

/** POST /1.0/instances. */
export interface InstancesPost {
  readonly name: string;
  readonly type: 'container';
  readonly source: InstanceSource;
  readonly architecture?: string;
  readonly config?: InstanceConfig;
  readonly devices?: InstanceDevices;
  readonly profiles?: readonly string[];
  readonly description?: string;
  readonly ephemeral?: boolean;
}

/** GET /1.0/instances/NAME. */
export interface Instance {
  readonly name: string;
  readonly type: string;
  readonly status: string;
  readonly status_code: number;
  readonly architecture: string;
  readonly config: InstanceConfig;
  readonly devices: InstanceDevices;
  readonly expanded_config?: InstanceConfig;
  readonly expanded_devices?: InstanceDevices;
  readonly ephemeral: boolean;
  readonly profiles: readonly string[];
  readonly description: string;
  readonly stateful: boolean;
  readonly created_at: string;
  readonly last_used_at: string;
  readonly location: string;
  readonly project?: string;
}

/** PUT /1.0/instances/NAME/state. `timeout` is in seconds; with `force` a stop does not ask the container. */
export interface InstanceStatePut {
  readonly action: 'start' | 'stop' | 'restart' | 'freeze' | 'unfreeze';
  readonly timeout?: number;
  readonly force?: boolean;
  readonly stateful?: boolean;
}
