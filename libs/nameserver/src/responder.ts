import { Answer, emptyAnswer } from './answer';
import { ClientAddress } from './client/client-address';
import { RateLimiter } from './client/rate-limiter';
import { Verdict } from './client/rate-limits';
import { CookieStatus, ServerCookies } from './cookie/server-cookies';
import { OptWriter } from './opt';
import { Rcode } from './rcode';
import { Request } from './request';
import { decodeRequest } from './request-decoder';
import { encodeResponse } from './response-encoder';
import { isMetaType, RrType } from './rr-type';
import { ZoneSet } from './zone-set';

/** What carries a message decides how large its answer may be. */
export type Protocol = 'udp' | 'tcp';

/** An answer on its way to the client, with what counters want to know of it. */
export interface Response {
  /** Undefined when the rate limit says to keep silent. */
  readonly wire: Buffer | undefined;
  readonly rcode: number;
  /** Undefined when the question could not be read. */
  readonly type: number | undefined;
  readonly verdict: Verdict;
}

/** What a Responder may be made of; without any of it, it answers and does nothing else. */
export interface ResponderParts {
  readonly opt?: OptWriter;
  readonly cookies?: ServerCookies;
  readonly limiter?: RateLimiter;
  /** How long a TCP connection may rest from now on, in tenths of a second. */
  readonly keepalive?: () => number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const MAX_TCP_OCTETS = 65_535;
const UDP_OCTETS_WITHOUT_EDNS = 512;
/** No answer fits, so that all of it is left out and TC is set. */
const NOTHING_FITS = 0;
const emptyAnswers: readonly Answer[] = Array.from({ length: 24 }, (_, rcode) => emptyAnswer(rcode));

/** Turns messages into answers: no I/O, and nothing kept of a message but what limits its sender. */
export class Responder {
  private readonly opt: OptWriter;
  private readonly cookies: ServerCookies | undefined;
  private readonly limiter: RateLimiter | undefined;
  private readonly keepalive: () => number;
  private readonly now: () => number;
  private readonly client = new ClientAddress();
  /** One for all answers, written before each. */
  private readonly contents: { cookie: Uint8Array | undefined; keepalive: number } = {
    cookie: undefined,
    keepalive: -1,
  };

  constructor({ opt, cookies, limiter, keepalive, now }: ResponderParts = {}) {
    this.opt = opt ?? new OptWriter();
    this.cookies = cookies;
    this.limiter = limiter;
    this.keepalive = keepalive ?? (() => -1);
    this.now = now ?? Date.now;
  }

  /** Answers one message of a client, whose address is as its socket tells; undefined means silence. */
  respond(packet: Buffer, zones: ZoneSet, protocol: Protocol, sender: string): Response | undefined {
    const request = decodeRequest(packet);
    if (!request) return undefined;
    const { cookies, limiter } = this;
    this.contents.cookie = undefined;
    const wantsCookie = cookies !== undefined && request.edns !== undefined && request.edns.cookieAt > 0;
    const isLimited = limiter !== undefined && protocol === 'udp';
    const now = wantsCookie || isLimited ? this.now() : 0;
    if (wantsCookie || isLimited) this.client.read(sender);
    const cookie = wantsCookie ? this.checkCookie(cookies, packet, request, now) : undefined;
    this.contents.keepalive = protocol === 'tcp' && request.edns?.wantsKeepalive ? this.keepalive() : -1;

    const answer = answerOf(request, zones, cookie);
    const octets = limit(request, protocol, this.opt);
    // A valid cookie proves that the sender is where the question came from: nothing is reflected (RFC 7873 §5.2.4).
    const verdict = isLimited && cookie !== 'valid' ? limiter.judge(this.client, answer, request.type, now) : 'send';
    if (verdict === 'send') return this.encoded(packet, request, answer, octets, verdict);
    if (verdict === 'drop') return { wire: undefined, rcode: answer.rcode, type: typeOf(request), verdict };
    // A client that knows cookies is told to use the one it gets, any other to come back over TCP.
    if (wantsCookie) return this.encoded(packet, request, empty(Rcode.BADCOOKIE), octets, verdict);
    return this.encoded(packet, request, answer, NOTHING_FITS, verdict);
  }

  private checkCookie(cookies: ServerCookies, packet: Buffer, { edns }: Request, now: number): CookieStatus {
    this.contents.cookie = cookies.reply;
    const { cookieAt = 0, cookieOctets = 0 } = edns ?? {};
    return cookies.check(packet, cookieAt, cookieOctets, this.client, Math.floor(now / 1000));
  }

  private encoded(packet: Buffer, request: Request, answer: Answer, octets: number, verdict: Verdict): Response {
    const wire = encodeResponse(packet, request, answer, octets, this.opt, this.contents);
    return { wire, rcode: answer.rcode, type: typeOf(request), verdict };
  }
}

function answerOf(request: Request, zones: ZoneSet, cookie: CookieStatus | undefined): Answer {
  if (request.rcode !== Rcode.NOERROR) return empty(request.rcode);
  // Without a question the client wanted to know about its cookie (RFC 7873 §5.4).
  if (request.key === '') return empty(cookie === 'invalid' ? Rcode.BADCOOKIE : Rcode.NOERROR);
  return lookup(request, zones);
}

function lookup({ key, type }: Request, zones: ZoneSet): Answer {
  const zone = zones.authorityFor(key, type);
  if (!zone) return empty(Rcode.REFUSED);
  if (type === RrType.AXFR || type === RrType.IXFR) return empty(Rcode.REFUSED);
  if (isMetaType(type) && type !== RrType.ANY) return empty(Rcode.NOTIMP);
  return zone.lookup(key, type);
}

function empty(rcode: number): Answer {
  return emptyAnswers[rcode] as Answer;
}

function limit({ edns }: Request, protocol: Protocol, opt: OptWriter): number {
  if (protocol === 'tcp') return MAX_TCP_OCTETS;
  return edns ? Math.min(edns.udpOctets, opt.udpOctets) : UDP_OCTETS_WITHOUT_EDNS;
}

function typeOf({ key, type }: Request): number | undefined {
  return key === '' ? undefined : type;
}
