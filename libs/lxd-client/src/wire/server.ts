/** What the daemon says about its own surroundings (GET /1.0, `environment`). */
export interface ServerEnvironment {
  readonly server: string;
  readonly server_version: string;
  readonly server_name: string;
  readonly certificate_fingerprint: string;
  readonly certificate: string;
  readonly addresses: readonly string[] | null;
  readonly architectures: readonly string[];
  readonly kernel: string;
  readonly kernel_version: string;
  readonly kernel_architecture: string;
  readonly os_name?: string;
  readonly os_version?: string;
  readonly storage: string;
  readonly storage_version: string;
  readonly driver: string;
  readonly driver_version: string;
  readonly server_clustered: boolean;
  readonly project: string;
}

/** GET /1.0; a client that is not trusted sees no `environment` and no `config` of the server. */
export interface Server {
  readonly api_extensions: readonly string[];
  readonly api_status: string;
  readonly api_version: string;
  readonly auth: string;
  readonly auth_methods: readonly string[];
  readonly public: boolean;
  readonly config?: Readonly<Record<string, string>>;
  readonly environment?: ServerEnvironment;
}

/** GET /1.0/resources, the parts that a host's page shows. */
export interface Resources {
  readonly cpu: { readonly architecture: string; readonly total: number };
  readonly memory: { readonly used: number; readonly total: number };
}
