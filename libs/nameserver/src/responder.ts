import { allocate, Allocate } from './allocate';
import { Answer } from './answer';
import { AnswerCache } from './answer-cache';
import { kindOf, ownerOf } from './client/answer-account';
import { ClientAddress } from './client/client-address';
import { RateLimiter } from './client/rate-limiter';
import { Verdict } from './client/rate-limits';
import { CookieStatus, ServerCookies } from './cookie/server-cookies';
import { DeferredAnswer } from './deferred/deferred-answer';
import { DeferredRequests, isUnblemished } from './deferred/deferred-requests';
import { isUpdate, updateTsigAt } from './deferred/update-envelope';
import { SignedZone } from './dnssec/signed-zone';
import { Mirror } from './mirror/mirror';
import { MirroredAnswer } from './mirror/mirrored-answer';
import { OptWriter } from './opt';
import { Rcode } from './rcode';
import { Request } from './request';
import { answerOf, empty, isMissing, isTransfer, lookup } from './request-answer';
import { decodeRequest } from './request-decoder';
import { encodeResponse } from './response-encoder';
import { tsigAnswer, tsigAnswerOctets, TsigCheck, verifyTsig } from './tsig/tsig';
import { TsigKeys } from './tsig/tsig-key';
import { TsigError } from './tsig/tsig-record';
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
  /** What comes in place of `wire`, over time. */
  readonly later?: DeferredAnswer;
}

/** What a Responder may be made of; without any of it, it answers and does nothing else. */
export interface ResponderParts {
  readonly opt?: OptWriter;
  readonly cookies?: ServerCookies;
  readonly limiter?: RateLimiter;
  /** The keys that signatures are checked with. */
  readonly keys?: TsigKeys;
  /** Who takes updates and transfers; without it they are refused. */
  readonly deferred?: DeferredRequests;
  /** Who is asked for names that the zones do not have. */
  readonly mirror?: Mirror;
  /** Remembers answers; without it each is looked up anew. */
  readonly cache?: AnswerCache;
  /** How long a TCP connection may rest from now on, in tenths of a second. */
  readonly keepalive?: () => number;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

const MAX_TCP_OCTETS = 65_535;
const UDP_OCTETS_WITHOUT_EDNS = 512;
/** No answer fits, so that all of it is left out and TC is set. */
const NOTHING_FITS = 0;
const NO_KEYS: TsigKeys = new Map();

/** Turns messages into answers: no I/O, and nothing kept of a message but what limits its sender. */
export class Responder {
  private keys: TsigKeys;
  private readonly opt: OptWriter;
  private readonly cookies: ServerCookies | undefined;
  private readonly limiter: RateLimiter | undefined;
  private readonly deferred: DeferredRequests | undefined;
  private readonly mirror: Mirror | undefined;
  private readonly cache: AnswerCache | undefined;
  private readonly keepalive: () => number;
  private readonly now: () => number;
  private readonly client = new ClientAddress();
  /** One for all answers, written before each. */
  private readonly contents: { cookie: Uint8Array | undefined; keepalive: number } = {
    cookie: undefined,
    keepalive: -1,
  };
  /** Where the answer at hand is written. */
  private memory: Allocate = allocate;

  constructor({ opt, cookies, limiter, keys, deferred, mirror, cache, keepalive, now }: ResponderParts = {}) {
    this.keys = keys ?? NO_KEYS;
    this.opt = opt ?? new OptWriter();
    this.cookies = cookies;
    this.limiter = limiter;
    this.deferred = deferred;
    this.mirror = mirror;
    this.cache = cache;
    this.keepalive = keepalive ?? (() => -1);
    this.now = now ?? Date.now;
  }

  /** Checks signatures with other keys from the next message on. */
  setKeys(keys: TsigKeys): void {
    this.keys = keys;
  }

  /**
   * Answers one message of a client, whose address is as its socket tells; undefined means silence. What is answered at once is written
   * to the memory given; what comes later has memory of its own.
   */
  respond(
    packet: Buffer,
    zones: ZoneSet,
    protocol: Protocol,
    sender: string,
    memory: Allocate = allocate,
  ): Response | undefined {
    this.memory = memory;
    if (this.deferred?.takesUpdates === true && isUpdate(packet))
      return this.update(packet, zones, protocol, sender, this.deferred);
    const request = decodeRequest(packet);
    if (!request) return undefined;
    if (request.tsigAt === 0) return this.answer(packet, request, zones, protocol, sender, undefined);
    const check = verifyTsig(packet, request.tsigAt, this.keys, { now: this.seconds() });
    return this.answer(
      packet,
      check ? request : Request.withoutQuestion(Rcode.FORMERR),
      zones,
      protocol,
      sender,
      check,
    );
  }

  private update(
    packet: Buffer,
    zones: ZoneSet,
    protocol: Protocol,
    sender: string,
    deferred: DeferredRequests,
  ): Response | undefined {
    const tsigAt = updateTsigAt(packet);
    const signature = tsigAt > 0 ? verifyTsig(packet, tsigAt, this.keys, { now: this.seconds() }) : undefined;
    // Nobody may change anything without a key.
    let rcode: number = tsigAt < 0 || (tsigAt > 0 && !signature) ? Rcode.FORMERR : Rcode.REFUSED;
    if (signature?.error === TsigError.NONE) {
      const taken = deferred.update({ packet, zones, protocol, sender, signature }, tsigAt);
      if (typeof taken !== 'number') return deferredResponse(taken, undefined);
      rcode = taken;
    }
    return this.answer(packet, Request.withoutQuestion(rcode), zones, protocol, sender, signature);
  }

  private answer(
    packet: Buffer,
    request: Request,
    zones: ZoneSet,
    protocol: Protocol,
    sender: string,
    signature: TsigCheck | undefined,
  ): Response | undefined {
    const { cookies, limiter, contents } = this;
    const wantsCookie = cookies !== undefined && request.edns !== undefined && request.edns.cookieAt > 0;
    const isLimited = limiter !== undefined && protocol === 'udp';
    if (wantsCookie || isLimited) this.client.read(sender);
    const cookie = wantsCookie ? this.checkCookie(cookies, packet, request) : undefined;
    contents.cookie = wantsCookie ? cookies.reply : undefined;
    contents.keepalive = protocol === 'tcp' && request.edns?.wantsKeepalive ? this.keepalive() : -1;

    const octets = limit(request, protocol, this.opt);
    // Who proves with a cookie or a key to be the sender reflects nothing (RFC 7873 §5.2.4).
    const judge = isLimited && cookie !== 'valid' && signature?.error !== TsigError.NONE ? limiter : undefined;
    // What the zones say to whoever asks.
    const cache = request.isSound && signature === undefined ? this.cache : undefined;
    const at = cache ? cache.find(packet, request, zones) : -1;
    let verdict: Verdict = 'send';
    let answer: Answer;
    if (cache && at >= 0) {
      if (judge) verdict = judge.judge(this.client, cache.kind(at, request), cache.owner(at), this.now);
      const wire = verdict === 'send' && cache.encode(at, packet, request, octets, this.opt, contents, this.memory);
      if (wire) return { wire, rcode: Rcode.NOERROR, type: request.type, verdict };
      answer = lookup(request, zones);
    } else {
      answer = answerOf(request, zones, cookie, signature);
      if (this.deferred && isTransfer(request) && isUnblemished(signature)) {
        const incoming = { packet, zones, protocol, sender, signature };
        const granted = this.deferred.transfer(incoming, request, this.opt, contents, octets);
        if (typeof granted !== 'number') return deferredResponse(granted, request.type);
        answer = empty(granted);
      }
      if (judge) verdict = judge.judge(this.client, kindOf(answer, request.type), ownerOf(answer), this.now);
    }
    if (verdict === 'drop') return { wire: undefined, rcode: answer.rcode, type: typeOf(request), verdict };
    // A client that knows cookies is told to use the one it gets, any other to come back over TCP.
    if (verdict === 'slip')
      return wantsCookie
        ? this.encoded(packet, request, empty(Rcode.BADCOOKIE), octets, verdict, signature)
        : this.encoded(packet, request, answer, NOTHING_FITS, verdict, signature);
    const said = this.mirror && isMissing(answer) ? this.fromMirror(this.mirror, request, zones) : null;
    if (said instanceof Promise) return this.mirrored(said, packet, request, answer, octets, signature);
    const response = this.encoded(packet, request, said ?? answer, octets, verdict, signature);
    if (cache && at < 0 && !said && response.wire)
      cache.keep(packet, request, answer, response.wire, this.opt.size(request.edns, contents));
    return response;
  }

  /** What a mirror says of a name that we do not have; null when it is not for it to say. */
  private fromMirror(
    mirror: Mirror,
    { key, type, anyClass }: Request,
    zones: ZoneSet,
  ): Answer | Promise<Answer | null> | null {
    // What is proved not to exist cannot exist elsewhere.
    if (anyClass || !mirror.isFor(key, type) || zones.authorityFor(key, type) instanceof SignedZone) return null;
    const said = mirror.recall(key, type);
    return said === undefined ? mirror.ask(key, type) : said;
  }

  private mirrored(
    said: Promise<Answer | null>,
    packet: Buffer,
    request: Request,
    missing: Answer,
    octets: number,
    signature: TsigCheck | undefined,
  ): Response {
    // Copied, as the next request overwrites both.
    const { cookie, keepalive } = this.contents;
    const contents = { cookie: cookie && Buffer.from(cookie), keepalive };
    const later = new MirroredAnswer(said, (found) => {
      Object.assign(this.contents, contents);
      this.memory = allocate;
      return this.encoded(packet, request, found ?? missing, octets, 'send', signature).wire;
    });
    return { wire: undefined, rcode: missing.rcode, type: request.type, verdict: 'send', later };
  }

  private checkCookie(cookies: ServerCookies, packet: Buffer, { edns }: Request): CookieStatus {
    const { cookieAt = 0, cookieOctets = 0 } = edns ?? {};
    return cookies.check(packet, cookieAt, cookieOctets, this.client, this.seconds());
  }

  private encoded(
    packet: Buffer,
    request: Request,
    answer: Answer,
    octets: number,
    verdict: Verdict,
    signature: TsigCheck | undefined,
  ): Response {
    const room = signature ? octets - tsigAnswerOctets(signature) : octets;
    const plain = encodeResponse(packet, request, answer, room, this.opt, this.contents, this.memory);
    const wire = signature ? tsigAnswer(plain, signature, this.seconds()) : plain;
    return { wire, rcode: answer.rcode, type: typeOf(request), verdict };
  }

  private seconds(): number {
    return Math.floor(this.now() / 1_000);
  }
}

/** What was granted goes out whatever the rate limit says: only those who may have it are granted it. */
function deferredResponse(granted: Buffer | DeferredAnswer, type: number | undefined): Response {
  const parts = { rcode: Rcode.NOERROR, type, verdict: 'send' as const };
  return Buffer.isBuffer(granted) ? { wire: granted, ...parts } : { wire: undefined, ...parts, later: granted };
}

function limit({ edns }: Request, protocol: Protocol, opt: OptWriter): number {
  if (protocol === 'tcp') return MAX_TCP_OCTETS;
  return edns ? Math.min(edns.udpOctets, opt.udpOctets) : UDP_OCTETS_WITHOUT_EDNS;
}

function typeOf({ hasQuestion, type }: Request): number | undefined {
  return hasQuestion ? type : undefined;
}
