import { Allocate } from '../allocate';
import { AnswerCache } from '../answer-cache';
import { RateLimiter } from '../client/rate-limiter';
import { ServerCookies } from '../cookie/server-cookies';
import { DeferredAnswer } from '../deferred/deferred-answer';
import { DeferredRequests } from '../deferred/deferred-requests';
import { DEFAULT_UDP_OCTETS, OptWriter } from '../opt';
import { Protocol, Responder, Response } from '../responder';
import { TC } from '../response-encoder';
import { TsigKey, tsigKeys } from '../tsig/tsig-key';
import { ZoneSet } from '../zone-set';
import { BoundSockets } from './bound-sockets';
import { BindAddress, DnsServerOptions, QueryEvent, ServerLimits } from './server-options';
import { TcpConnections } from './tcp-connections';

const DEFAULT_LIMITS: ServerLimits = {
  udpOctets: DEFAULT_UDP_OCTETS,
  tcpConnections: 1_000,
  tcpConnectionsPerClient: 100,
  tcpIdleTimeout: 10_000,
  tcpMessageOctets: 4_096,
  pendingRequests: 256,
  pendingRequestsPerClient: 128,
  updateTimeout: 5_000,
  transferTimeout: 600_000,
  closeTimeout: 1_000,
};

/** Two looks at the clock cost a twentieth of an answer, and a histogram as much again: of so many messages one is timed. */
const TIMED_EVERY = 64;

/** An authoritative server on UDP and TCP; no failure of a socket or a packet ends it. */
export class DnsServer {
  private zones: ZoneSet;
  private readonly limits: ServerLimits;
  private readonly deferred: DeferredRequests | undefined;
  private readonly responder: Responder;
  private readonly connections: TcpConnections;
  private sockets: BoundSockets | undefined;
  private received = 0;

  constructor(private readonly options: DnsServerOptions) {
    this.zones = options.zones ?? ZoneSet.EMPTY;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.deferred = deferredOf(options, this.limits, (error) => this.report(error));
    this.responder = responderOf(options, this.limits, this.deferred, () => this.connections.patience);
    this.connections = new TcpConnections(this.limits, this.handle);
  }

  /** Binds every address, or rejects and holds none; resolves with the addresses bound, their real ports included. */
  async listen(): Promise<readonly BindAddress[]> {
    if (this.sockets) throw new Error('the server listens already');
    this.sockets = new BoundSockets(this.handle, this.connections, (error) => this.report(error));
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

  /** Updates and transfers that are at work now. */
  get pendingRequests(): number {
    return this.deferred?.size ?? 0;
  }

  /** Answers from other zones from the next message on. */
  setZones(zones: ZoneSet): void {
    this.zones = zones;
  }

  /** Checks signatures with other keys from the next message on. */
  setTsigKeys(keys: readonly TsigKey[]): void {
    this.responder.setKeys(tsigKeys(keys));
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

  private readonly handle = (
    packet: Buffer,
    protocol: Protocol,
    sender: string,
    memory?: Allocate,
  ): Buffer | DeferredAnswer | undefined => {
    const { onQuery } = this.options;
    this.received = (this.received + 1) % TIMED_EVERY;
    const started = onQuery && this.received === 0 ? performance.now() : 0;
    try {
      const response = this.responder.respond(packet, this.zones, protocol, sender, memory);
      const milliseconds = started === 0 ? undefined : performance.now() - started;
      onQuery?.(queryEvent(packet, protocol, sender, response, milliseconds));
      return response?.later ?? response?.wire;
    } catch (error) {
      this.report(error);
      return undefined;
    }
  };

  private report(error: unknown): void {
    try {
      this.options.onError?.(error instanceof Error ? error : new Error(String(error)));
    } catch (failure) {
      process.emitWarning(`onError failed: ${String(failure)}`);
    }
  }
}

function deferredOf(
  { onUpdate, onTransfer, now = Date.now }: DnsServerOptions,
  limits: ServerLimits,
  onError: (error: unknown) => void,
): DeferredRequests | undefined {
  if (!onUpdate && !onTransfer) return undefined;
  return new DeferredRequests({ onUpdate, onTransfer, limits, onError, seconds: () => Math.floor(now() / 1_000) });
}

function responderOf(
  options: DnsServerOptions,
  limits: ServerLimits,
  deferred: DeferredRequests | undefined,
  patience: () => number,
): Responder {
  const { nsid, cookieSecrets, rateLimits, tsigKeys: keys = [], mirror, now } = options;
  return new Responder({
    opt: new OptWriter(nsid, limits.udpOctets),
    // A server of its own has a secret of its own.
    ...(cookieSecrets?.length === 0 ? {} : { cookies: new ServerCookies(cookieSecrets) }),
    ...(rateLimits && { limiter: new RateLimiter(rateLimits) }),
    keys: tsigKeys(keys),
    cache: new AnswerCache(),
    ...(deferred && { deferred }),
    ...(mirror && { mirror }),
    keepalive: () => Math.min(Math.floor(patience() / 100), 0xffff),
    ...(now && { now }),
  });
}

function queryEvent(
  packet: Buffer,
  protocol: Protocol,
  sender: string,
  response: Response | undefined,
  milliseconds: number | undefined,
): QueryEvent {
  return {
    packet,
    protocol,
    sender,
    verdict: response?.verdict ?? 'send',
    rcode: response?.wire || response?.later ? response.rcode : undefined,
    type: response?.type,
    truncated: response?.wire !== undefined && ((response.wire[2] as number) & TC) !== 0,
    milliseconds,
  };
}
