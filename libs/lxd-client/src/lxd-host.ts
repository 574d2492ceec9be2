import { Api } from './api';
import { Certificates } from './certificates';
import { LxdEventStream, type EventStreamOptions } from './events';
import { Exec } from './exec';
import { Files } from './files';
import { parseHostUrl, type HostAddress } from './host-address';
import { Images } from './images';
import { Instances } from './instances';
import { Networks } from './networks';
import { Operations } from './operations';
import type { TlsIdentity } from './pinned-tls';
import { Sftp } from './sftp/sftp';
import { defaultMaxBodyBytes, defaultTimeouts, type CallOptions, type LxdTimeouts } from './timeouts';
import { Transport } from './transport';
import { trustByPassword, trustByToken } from './trust';
import type { Resources, Server } from './wire/server';

/** Everything needed to speak to one host. */
export interface LxdHostOptions {
  /** Like https://198.51.100.11:8443 */
  readonly url: string;
  /** Our client certificate and its key, PEM. */
  readonly clientCert: string;
  readonly clientKey: string;
  /** sha256 of the server certificate's DER; without it the usual CAs have to vouch for the server. */
  readonly pin?: string;
  readonly timeouts?: Partial<LxdTimeouts>;
  readonly maxBodyBytes?: number;
  /** LXD's project, not one of ours; `default` if left out. */
  readonly project?: string;
  /** The most connections held at once; waiting for an operation occupies one. */
  readonly connections?: number;
}

/** One LXD or Incus server. Cheap to make: connections open with the first call and are kept until `close`. */
export class LxdHost {
  readonly url: string;
  readonly instances: Instances;
  readonly images: Images;
  readonly networks: Networks;
  readonly operations: Operations;
  readonly certificates: Certificates;
  readonly files: Files;
  readonly sftp: Sftp;
  readonly exec: Exec;
  private readonly address: HostAddress;
  private readonly identity: TlsIdentity;
  private readonly timeouts: LxdTimeouts;
  private readonly transport: Transport;
  private readonly api: Api;

  constructor(options: LxdHostOptions) {
    this.address = parseHostUrl(options.url);
    this.url = this.address.origin;
    this.identity = { clientCert: options.clientCert, clientKey: options.clientKey, pin: options.pin };
    this.timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.transport = new Transport({
      address: this.address,
      identity: this.identity,
      timeouts: this.timeouts,
      maxBodyBytes: options.maxBodyBytes ?? defaultMaxBodyBytes,
      connections: options.connections ?? 32,
    });
    this.api = new Api(this.transport, this.url, options.project ?? 'default');
    this.instances = new Instances(this.api);
    this.images = new Images(this.api);
    this.networks = new Networks(this.api);
    this.operations = new Operations(this.api);
    this.certificates = new Certificates(this.api);
    this.files = new Files(this.api);
    this.sftp = new Sftp(this.address, this.identity, this.api.project, this.timeouts.connectMs);
    this.exec = new Exec(this.api, this.operations);
  }

  /** Who the server is and whether it trusts us; answered to anybody. */
  async server(options: CallOptions = {}): Promise<Server> {
    return this.api.get<Server>([], options);
  }

  /** Hardware: memory and processors. */
  async resources(options: CallOptions = {}): Promise<Resources> {
    return this.api.get<Resources>(['resources'], options);
  }

  async isTrusted(options: CallOptions = {}): Promise<boolean> {
    return (await this.server(options)).auth === 'trusted';
  }

  /** Registers our certificate with the host's trust password (LXD up to 5.x). Without a pin the password is at stake: set one. */
  async trustByPassword(name: string, password: string, options: CallOptions = {}): Promise<void> {
    await trustByPassword(this.api, name, password, options);
  }

  /** Registers our certificate with a one-time token; refused if the token was made by another server than the pinned one. */
  async trustByToken(name: string, token: string, options: CallOptions = {}): Promise<void> {
    await trustByToken(this.api, this.identity.pin, name, token, options);
  }

  /** Events from now on, with reconnects; begins to connect when it is first iterated. */
  events(options: EventStreamOptions = {}): LxdEventStream {
    return new LxdEventStream(this.address, this.identity, this.api.project, this.timeouts.connectMs, options);
  }

  /** Cuts all connections; calls that run are rejected. */
  async close(): Promise<void> {
    await this.transport.close();
  }
}
