import { MAX_LABEL, MAX_NAME, nameKey } from './name';
import { Rcode } from './rcode';
import { Request, RequestEdns } from './request';
import { CLASS_IN, RrType } from './rr-type';
import { FIXED_LENGTH } from './rrset';

/** Length of the header (RFC 1035 §4.1.1). */
export const HEADER_LENGTH = 12;
const QUESTION_TAIL = 4;
/** A request has no use for more than OPT and one signature. */
const MAX_ADDITIONAL = 2;
const MIN_UDP_OCTETS = 512;
const NSID = 3;
/** The two top bits that mark a compression pointer (RFC 1035 §4.1.4). */
const POINTER = 0xc0;

/**
 * Reads a request; undefined means silence: too short for a header, or itself a response (answering responses makes
 * loops). Counts are checked before anything is read, every octet is passed once, and nothing follows a pointer, so
 * the work is bounded by the length of the packet.
 */
export function decodeRequest(packet: Buffer): Request | undefined {
  if (packet.length < HEADER_LENGTH || octet(packet, 2) & 0x80) return undefined;
  if (octet(packet, 2) & 0x78) return failure(Rcode.NOTIMP);
  const authority = uint16(packet, 8);
  const additional = uint16(packet, 10);
  const countsAreSound =
    uint16(packet, 4) === 1 && uint16(packet, 6) === 0 && authority <= 1 && additional <= MAX_ADDITIONAL;
  if (!countsAreSound) return failure(Rcode.FORMERR);

  const nameEnd = skipName(packet, HEADER_LENGTH, false);
  const questionEnd = nameEnd + QUESTION_TAIL;
  if (nameEnd < 0 || questionEnd > packet.length) return failure(Rcode.FORMERR);
  const type = uint16(packet, nameEnd);
  // Only an incremental transfer has a record there: the SOA that the client holds (RFC 1995 §3).
  if (authority === 1 && type !== RrType.IXFR) return failure(Rcode.FORMERR);

  let at = questionEnd;
  let opt = -1;
  for (let i = 0; i < authority + additional; i++) {
    const end = skipName(packet, at, true);
    if (end < 0 || end + FIXED_LENGTH > packet.length) return failure(Rcode.FORMERR);
    if (uint16(packet, end) === RrType.OPT) {
      // One OPT, in the additional section, owned by the root (RFC 6891 §6.1.1).
      if (opt >= 0 || i < authority || end !== at + 1) return failure(Rcode.FORMERR);
      opt = end;
    }
    at = end + FIXED_LENGTH + uint16(packet, end + 8);
  }
  if (at !== packet.length) return failure(Rcode.FORMERR);

  let edns: RequestEdns | undefined;
  let rcode: number = uint16(packet, nameEnd + 2) === CLASS_IN ? Rcode.NOERROR : Rcode.REFUSED;
  if (opt >= 0) {
    const current = octet(packet, opt + 5) === 0;
    if (!current) rcode = Rcode.BADVERS;
    edns = readOpt(packet, opt, current);
    if (!edns) return failure(Rcode.FORMERR);
  }
  return { rcode, questionEnd, key: nameKey(packet, HEADER_LENGTH, nameEnd), type, edns };
}

function failure(rcode: number): Request {
  return { rcode, questionEnd: HEADER_LENGTH, key: '', type: 0, edns: undefined };
}

/**
 * The offset after a name, or -1. The question's name cannot point anywhere; the owners of other records may (dig's
 * IXFR does), but a pointer is only passed over, never followed. Reserved label types are refused.
 */
function skipName(packet: Buffer, start: number, mayPoint: boolean): number {
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

/** Reads OPT from its TYPE on; options must fill the RDATA exactly, unknown ones are passed over (RFC 6891 §6.1.2). */
function readOpt(packet: Buffer, at: number, readOptions: boolean): RequestEdns | undefined {
  let wantsNsid = false;
  const end = at + FIXED_LENGTH + uint16(packet, at + 8);
  for (let option = at + FIXED_LENGTH; readOptions && option < end;) {
    if (option + 4 > end) return undefined;
    if (uint16(packet, option) === NSID) wantsNsid = true;
    option += 4 + uint16(packet, option + 2);
    if (option > end) return undefined;
  }
  const udpOctets = Math.max(uint16(packet, at + 2), MIN_UDP_OCTETS);
  return { udpOctets, dnssecOk: (octet(packet, at + 6) & 0x80) !== 0, wantsNsid };
}

function octet(packet: Buffer, at: number): number {
  return packet[at] as number;
}

function uint16(packet: Buffer, at: number): number {
  return ((packet[at] as number) << 8) | (packet[at + 1] as number);
}
