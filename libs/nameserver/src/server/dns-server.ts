import { OptWriter } from '../opt';
import { Protocol, respond, Response } from '../responder';
import { TC } from '../response-encoder';
import { ZoneSet } from '../zone-set';
import { BoundSockets } from './bound-sockets';
import { BindAddress, DnsServerOptions, QueryEvent, ServerLimits } from './server-options';
import { TcpConnections } from './tcp-connections';

const DEFAULT_LIMITS: ServerLimits = {
  tcpConnections: 1_000,
  tcpConnectionsPerClient: 100,
  tcpIdleTimeout: 10_000,
  tcpMessageOctets: 4_096,
  closeTimeout: 1_000,
};

/** An authoritative server on UDP and TCP; no failure of a socket or a packet ends it. */
export class DnsServer {
  private zones: ZoneSet;
  private readonly limits: ServerLimits;
  private readonly opt: OptWriter;
  private readonly connections: TcpConnections;
  private sockets: BoundSockets | undefined;

  constructor(private readonly options: DnsServerOptions) {
    this.zones = options.zones ?? ZoneSet.EMPTY;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.opt = new OptWriter(options.nsid);
    this.connections = new TcpConnections(this.limits, (packet, protocol) => this.handle(packet, protocol));
  }

  /** Binds every address, or rejects and holds none; resolves with the addresses bound, their real ports included. */
  async listen(): Promise<readonly BindAddress[]> {
    if (this.sockets) throw new Error('the server listens already');
    this.sockets = new BoundSockets(
      (packet, protocol) => this.handle(packet, protocol),
      this.connections,
      (error) => this.report(error),
    );
    try {
      await this.sockets.bind(this.options.addresses);
    } catch (error) {
      await this.close();
      throw error;
    }
    return this.addresses;
  }

  /** The addresses bound, in the order given; empty before listen() and after close(). */
  get addresses(): readonly BindAddress[] {
    return this.sockets?.addresses ?? [];
  }

  /** TCP connections that are open now. */
  get tcpConnections(): number {
    return this.connections.size;
  }

  /** Answers from other zones from the next message on. */
  setZones(zones: ZoneSet): void {
    this.zones = zones;
  }

  /** Takes no more queries, lets answers on their way go out, closes every socket. */
  async close(): Promise<void> {
    const { sockets } = this;
    if (!sockets) return;
    this.sockets = undefined;
    const closed = sockets.close();
    this.connections.finish();
    const impatience = setTimeout(() => this.connections.destroy(), this.limits.closeTimeout);
    await closed;
    clearTimeout(impatience);
  }

  private handle(packet: Buffer, protocol: Protocol): Buffer | undefined {
    const { onQuery } = this.options;
    const started = onQuery ? performance.now() : 0;
    try {
      const response = respond(packet, this.zones, protocol, this.opt);
      onQuery?.(queryEvent(protocol, response, performance.now() - started));
      return response?.wire;
    } catch (error) {
      this.report(error instanceof Error ? error : new Error(String(error)));
      return undefined;
    }
  }

  private report(error: Error): void {
    try {
      this.options.onError?.(error);
    } catch (failure) {
      process.emitWarning(`onError failed: ${String(failure)}`);
    }
  }
}

function queryEvent(protocol: Protocol, response: Response | undefined, milliseconds: number): QueryEvent {
  return {
    protocol,
    rcode: response?.rcode,
    type: response?.type,
    truncated: response !== undefined && ((response.wire[2] as number) & TC) !== 0,
    milliseconds,
  };
}
