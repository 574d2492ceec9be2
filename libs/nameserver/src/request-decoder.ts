import { HEADER_LENGTH, QUESTION_TAIL } from './message-layout';
import { MAX_LABEL, MAX_NAME } from './name';
import { Rcode } from './rcode';
import { BehindQuestion, Request, RequestEdns } from './request';
import { CLASS_ANY, CLASS_IN, RrType } from './rr-type';
import { FIXED_LENGTH } from './rrset';

/** A request has no use for more than OPT and one signature. */
const MAX_ADDITIONAL = 2;
const MIN_UDP_OCTETS = 512;
/** EDNS options that mean something here (IANA DNS EDNS0 option codes); every other is passed over. */
const NSID = 3;
const COOKIE = 10;
const TCP_KEEPALIVE = 11;
/** The opcode, where it stands: a primary has no use for it (RFC 1996 §3.11). */
const NOTIFY = 4 << 3;
/** The two top bits that mark a compression pointer (RFC 1035 §4.1.4). */
const POINTER = 0xc0;

/**
 * Reads a request; undefined means silence: too short for a header, or itself a response (answering responses makes
 * loops). Counts are checked before anything is read, every octet is passed once, and nothing follows a pointer, so
 * the work is bounded by the length of the packet.
 */
export function decodeRequest(packet: Buffer): Request | undefined {
  if (packet.length < HEADER_LENGTH || octet(packet, 2) & 0x80) return undefined;
  const opcode = octet(packet, 2) & 0x78;
  if (opcode !== 0) return Request.withoutQuestion(opcode === NOTIFY ? Rcode.REFUSED : Rcode.NOTIMP);
  const authority = uint16(packet, 8);
  const additional = uint16(packet, 10);
  if (uint16(packet, 6) !== 0 || authority > 1 || additional > MAX_ADDITIONAL)
    return Request.withoutQuestion(Rcode.FORMERR);
  const questions = uint16(packet, 4);
  if (questions === 0 && authority === 0) return decodeCookieQuery(packet, additional);
  if (questions !== 1) return Request.withoutQuestion(Rcode.FORMERR);

  const nameEnd = skipName(packet, HEADER_LENGTH, false);
  const questionEnd = nameEnd + QUESTION_TAIL;
  if (nameEnd < 0 || questionEnd > packet.length) return Request.withoutQuestion(Rcode.FORMERR);
  const type = uint16(packet, nameEnd);
  // Only an incremental transfer has a record there: the SOA that the client holds (RFC 1995 §3).
  if (authority === 1 && type !== RrType.IXFR) return Request.withoutQuestion(Rcode.FORMERR);

  if (!readRecords(packet, questionEnd, authority, additional)) return Request.withoutQuestion(Rcode.FORMERR);
  const rrclass = uint16(packet, nameEnd + 2);
  const anyClass = rrclass === CLASS_ANY;
  const rcode = !behind.current ? Rcode.BADVERS : anyClass || rrclass === CLASS_IN ? Rcode.NOERROR : Rcode.REFUSED;
  return new Request(rcode, packet, questionEnd, type, anyClass, behind);
}

/** No question is what a client may send that only wants a cookie (RFC 7873 §5.4, RFC 9619 §4). */
function decodeCookieQuery(packet: Buffer, additional: number): Request {
  if (!readRecords(packet, HEADER_LENGTH, 0, additional)) return Request.withoutQuestion(Rcode.FORMERR);
  const { edns, current } = behind;
  if (!edns || (current && edns.cookieAt === 0)) return Request.withoutQuestion(Rcode.FORMERR);
  return Request.withoutQuestion(current ? Rcode.NOERROR : Rcode.BADVERS, behind);
}

/** One object for all messages, written by readRecords for the one at hand. */
const behind: BehindQuestion & {
  /** False when the EDNS version is not 0; its options are not read then. */
  current: boolean;
} = { edns: undefined, current: true, tsigAt: 0 };

/** Reads what stands behind the question; false when it is not sound. */
function readRecords(packet: Buffer, start: number, authority: number, additional: number): boolean {
  const count = authority + additional;
  behind.edns = undefined;
  behind.current = true;
  behind.tsigAt = 0;
  let at = start;
  let opt = -1;
  for (let i = 0; i < count; i++) {
    const end = skipName(packet, at, true);
    if (end < 0 || end + FIXED_LENGTH > packet.length) return false;
    const type = uint16(packet, end);
    if (type === RrType.OPT) {
      // One OPT, in the additional section, owned by the root (RFC 6891 §6.1.1).
      if (opt >= 0 || i < authority || end !== at + 1) return false;
      opt = end;
    } else if (type === RrType.TSIG) {
      // One, and it is the last record (RFC 8945 §5.1).
      if (i < authority || i !== count - 1) return false;
      behind.tsigAt = at;
    }
    at = end + FIXED_LENGTH + uint16(packet, end + 8);
  }
  if (at !== packet.length) return false;
  if (opt < 0) return true;
  behind.current = octet(packet, opt + 5) === 0;
  behind.edns = readOpt(packet, opt, behind.current);
  return behind.edns !== undefined;
}

/**
 * The offset after a name, or -1. The question's name cannot point anywhere; the owners of other records may (dig's
 * IXFR does), but a pointer is only passed over, never followed. Reserved label types are refused.
 */
export function skipName(packet: Buffer, start: number, mayPoint: boolean): number {
  for (let at = start; at < packet.length;) {
    const length = octet(packet, at);
    if (length >= POINTER && mayPoint) return at + 2;
    if (length > MAX_LABEL) return -1;
    at += 1 + length;
    if (at - start > MAX_NAME) return -1;
    if (length === 0) return at;
  }
  return -1;
}

/**
 * Reads OPT from its TYPE on; options must fill the RDATA exactly, unknown ones are passed over (RFC 6891 §6.1.2). A cookie must
 * have a length that cookies have, and of several the first counts (RFC 7873 §5.2).
 */
function readOpt(packet: Buffer, at: number, readOptions: boolean): RequestEdns | undefined {
  let wantsNsid = false;
  let wantsKeepalive = false;
  let cookieAt = 0;
  let cookieOctets = 0;
  const end = at + FIXED_LENGTH + uint16(packet, at + 8);
  for (let option = at + FIXED_LENGTH; readOptions && option < end;) {
    if (option + 4 > end) return undefined;
    const code = uint16(packet, option);
    const data = option + 4;
    const octets = uint16(packet, option + 2);
    if (data + octets > end) return undefined;
    if (code === NSID) wantsNsid = true;
    else if (code === TCP_KEEPALIVE) wantsKeepalive = true;
    else if (code === COOKIE && cookieAt === 0) {
      if (octets !== 8 && (octets < 16 || octets > 40)) return undefined;
      cookieAt = data;
      cookieOctets = octets;
    }
    option = data + octets;
  }
  const udpOctets = Math.max(uint16(packet, at + 2), MIN_UDP_OCTETS);
  const dnssecOk = (octet(packet, at + 6) & 0x80) !== 0;
  return { udpOctets, dnssecOk, wantsNsid, wantsKeepalive, cookieAt, cookieOctets };
}

function octet(packet: Buffer, at: number): number {
  return packet[at] as number;
}

function uint16(packet: Buffer, at: number): number {
  return ((packet[at] as number) << 8) | (packet[at + 1] as number);
}
