import { randomBytes } from 'node:crypto';
import { Answer, authoritativeAnswer } from '../answer';
import { Name } from '../name';
import { Rcode } from '../rcode';
import { HEADER_LENGTH } from '../message-layout';
import { CLASS_IN, RrType } from '../rr-type';
import { Rrset } from '../rrset';
import { MalformedMessage, MessageReader } from '../update/message-reader';
import { isUpdatableType, readRdata } from '../update/rdata-layout';

const OPT_OCTETS = 11;
const UDP_OCTETS = 1_232;
const QR = 0x80;
const OPCODE = 0x78;
const TC = 0x02;
/** No more records of a set are taken from a mirror than from anybody else. */
const MOST_RECORDS = 100;

/** A question as it is sent: without RD, as nobody is to recurse; its name in a random mixture of cases, which an answer must repeat. */
export function mirrorQuestion(id: number, name: Name, type: number): Buffer {
  const octets = mixedCase(name);
  const message = Buffer.alloc(HEADER_LENGTH + octets.length + 4 + OPT_OCTETS);
  message.writeUInt16BE(id);
  message.writeUInt16BE(1, 4);
  message.writeUInt16BE(1, 10);
  message.set(octets, HEADER_LENGTH);
  const tail = HEADER_LENGTH + octets.length;
  message.writeUInt16BE(type, tail);
  message.writeUInt16BE(CLASS_IN, tail + 2);
  message.writeUInt16BE(RrType.OPT, tail + 5);
  message.writeUInt16BE(UDP_OCTETS, tail + 7);
  return message;
}

/**
 * What a message says to a question: records of the very name, null when it has none that we could pass on, undefined when it
 * is no answer to it (RFC 5452 §4: id, question and its case must be ours).
 * @param mostSeconds no TTL is longer: the name may become one of ours at any moment
 */
export function mirrorAnswer(reply: Buffer, question: Buffer, mostSeconds: number): Answer | null | undefined {
  const questionEnd = question.length - OPT_OCTETS;
  if (reply.length < HEADER_LENGTH || reply.readUInt16BE(0) !== question.readUInt16BE(0)) return undefined;
  const flags = reply[2] as number;
  if ((flags & (QR | OPCODE)) !== QR) return undefined;
  const repeats =
    reply.readUInt16BE(4) === 1 &&
    reply.subarray(HEADER_LENGTH, questionEnd).equals(question.subarray(HEADER_LENGTH, questionEnd));
  if (!repeats) return undefined;
  // What is cut is not asked for again by TCP: a mirror is for a handful of old names.
  if ((flags & TC) !== 0 || ((reply[3] as number) & 0x0f) !== Rcode.NOERROR) return null;
  try {
    return recordsOf(reply, questionEnd, mostSeconds);
  } catch (error) {
    if (error instanceof MalformedMessage) return null;
    throw error;
  }
}

/** The records of the name that was asked for, of the type or its CNAME: what follows from that, a resolver finds by itself. */
function recordsOf(reply: Buffer, questionEnd: number, mostSeconds: number): Answer | null {
  const reader = new MessageReader(reply);
  const name = reader.name();
  const type = reader.uint16();
  reader.at = questionEnd;
  const found = new Map<number, { ttl: number; rdatas: Buffer[] }>();
  for (let left = reply.readUInt16BE(6); left > 0; left--) {
    const head = reader.record();
    const isWanted = head.type === type || head.type === RrType.CNAME;
    if (!isWanted || head.rrclass !== CLASS_IN || head.name.key !== name.key || !isUpdatableType(head.type)) continue;
    const set = found.get(head.type) ?? { ttl: mostSeconds, rdatas: [] };
    found.set(head.type, set);
    set.ttl = Math.min(set.ttl, head.ttl);
    if (set.rdatas.length < MOST_RECORDS) set.rdatas.push(readRdata(reply, head.type, head.start, head.end));
  }
  const [[kind, set] = []] = found.has(type) ? [[type, found.get(type)] as const] : found;
  return kind !== undefined && set ? authoritativeAnswer([new Rrset(name, kind, set.ttl, set.rdatas)]) : null;
}

function mixedCase(name: Name): Buffer {
  const octets = Buffer.from(name.key, 'latin1');
  const coins = randomBytes(octets.length);
  for (let at = 0; at < octets.length;) {
    const end = at + 1 + (octets[at] as number);
    for (let i = at + 1; i < end; i++) {
      const octet = octets[i] as number;
      if (octet >= 0x61 && octet <= 0x7a && (coins[i] as number) % 2 === 1) octets[i] = octet - 0x20;
    }
    at = end;
  }
  return octets;
}
