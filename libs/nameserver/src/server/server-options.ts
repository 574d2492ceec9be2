import { RateLimits, Verdict } from '../client/rate-limits';
import { UpdateHandler } from '../deferred/signed-request';
import { TransferHandler } from '../transfer/transfer-request';
import { Mirror } from '../mirror/mirror';
import { TsigKey } from '../tsig/tsig-key';
import { ZoneSet } from '../zone-set';

/** Where to listen, on UDP and TCP alike. */
export interface BindAddress {
  /** An IPv4 or IPv6 address; `::` takes IPv6 only, so that `0.0.0.0` can stand beside it. */
  readonly host: string;
  /** 0 lets the system choose one port for both protocols. */
  readonly port: number;
}

/** One message that was received, for counters. */
export interface QueryEvent {
  /** The message as it came. */
  readonly packet: Buffer;
  /** The client's address. */
  readonly sender: string;
  readonly protocol: 'udp' | 'tcp';
  /** What the rate limit said: 'slip' and 'drop' are answers that were held back. */
  readonly verdict: Verdict;
  /** Undefined when the message was dropped without an answer. */
  readonly rcode: number | undefined;
  /** Undefined when the question could not be read. */
  readonly type: number | undefined;
  /** True when the answer told the client to come back over TCP. */
  readonly truncated: boolean;
  /** From the message in hand to the answer handed to the socket; undefined for most, as one in 64 is timed. */
  readonly milliseconds: number | undefined;
}

/** Bounds on what clients may hold open or be sent. */
export interface ServerLimits {
  /** Largest answer over UDP, in octets, whatever the client would take; 512 to 4,096. Default 1,232. */
  readonly udpOctets: number;
  /** TCP connections in all; one more closes the one that has been idle longest. Default 1,000. */
  readonly tcpConnections: number;
  /** TCP connections of one IPv4 address or IPv6 /64; one more is refused. Default 100. */
  readonly tcpConnectionsPerClient: number;
  /** Time for a whole message to arrive, or for answers to be taken, in milliseconds. Default 10,000. */
  readonly tcpIdleTimeout: number;
  /** Largest message accepted over TCP, in octets. Default 4,096. */
  readonly tcpMessageOctets: number;
  /** Updates and transfers at work, in all and for one IPv4 address or IPv6 /64; more get SERVFAIL. Default 256 and 128. */
  readonly pendingRequests: number;
  readonly pendingRequestsPerClient: number;
  /** How long an update may take before its client gets SERVFAIL, in milliseconds. Default 5,000. */
  readonly updateTimeout: number;
  /** How long a client may take over a transfer in all, in milliseconds. Default 600,000. */
  readonly transferTimeout: number;
  /** How long close() waits for answers on their way, in milliseconds. Default 1,000. */
  readonly closeTimeout: number;
}

/** What a DnsServer is made of. */
export interface DnsServerOptions {
  readonly addresses: readonly BindAddress[];
  readonly zones?: ZoneSet;
  readonly limits?: Partial<ServerLimits>;
  /** Name server identifier (RFC 5001), sent to clients that ask for it; none by default. */
  readonly nsid?: string;
  /**
   * Secrets of 16 octets for server cookies (RFC 9018); the first makes them, all are believed. Servers at one address need the
   * same. Without the option one is made up, an empty list turns cookies off.
   */
  readonly cookieSecrets?: readonly Buffer[];
  /** Response rate limiting over UDP; none by default. */
  readonly rateLimits?: RateLimits;
  /** The keys that signatures are checked with (RFC 8945); without any every signed message gets BADKEY. */
  readonly tsigKeys?: readonly TsigKey[];
  /** Takes dynamic updates (RFC 2136) whose signature holds; others are refused. Without it UPDATE gets NOTIMP. */
  readonly onUpdate?: UpdateHandler;
  /** Grants or refuses AXFR over TCP, IXFR over TCP and UDP. Without it they are refused. */
  readonly onTransfer?: TransferHandler;
  /** Who is asked for names that the zones do not have, except where they are signed; nobody by default. */
  readonly mirror?: Mirror;
  /** Milliseconds since 1970, for signatures, cookies and rate limits; the system's by default. */
  readonly now?: () => number;
  /** Called once a message; must be cheap. */
  readonly onQuery?: (event: QueryEvent) => void;
  /** Called with failures of sockets and of this library; the server goes on. */
  readonly onError?: (error: Error) => void;
}
