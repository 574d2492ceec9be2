import { HEADER_LENGTH } from '../message-layout';
import { skipName } from '../request-decoder';
import { CLASS_IN, RrType } from '../rr-type';
import { FIXED_LENGTH, Rrset } from '../rrset';
import { signTsig, verifyTsig } from '../tsig/tsig';
import { TsigKey, tsigKeys } from '../tsig/tsig-key';
import { TsigError } from '../tsig/tsig-record';

/** Opcode NOTIFY with AA (RFC 1996 §3.3); an answer has QR too. */
const NOTIFY_AA = (4 << 3) | 0x04;
const OPCODE_AND_QR = 0xf8;
const NOTIFY_ANSWER = 0x80 | (4 << 3);
const POINTER_TO_QNAME = Uint8Array.of(0xc0, 0x0c);

/** A NOTIFY as it is sent, and what its answer is checked with. */
export interface NotifyMessage {
  readonly wire: Buffer;
  readonly id: number;
  readonly key: TsigKey | undefined;
  readonly mac: Buffer | undefined;
}

/** Tells that a zone has changed; its SOA goes along as a hint (RFC 1996 §3.7). The time is in seconds. */
export function notifyMessage(id: number, soa: Rrset, key: TsigKey | undefined, now: number): NotifyMessage {
  const name = soa.owner.wire;
  const question = Buffer.alloc(4);
  question.writeUInt16BE(RrType.SOA);
  question.writeUInt16BE(CLASS_IN, 2);
  const header = Buffer.alloc(HEADER_LENGTH);
  header.writeUInt16BE(id);
  header[2] = NOTIFY_AA;
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(1, 6);
  const answer = Buffer.from(soa.body);
  answer.set(POINTER_TO_QNAME);
  const message = Buffer.concat([header, name, question, answer]);
  if (!key) return { wire: message, id, key, mac: undefined };
  return { id, key, ...signTsig(message, key, { now }) };
}

/** The rcode of the answer to a NOTIFY; undefined when it is no answer to it, or not signed as it should be. */
export function notifyRcode(answer: Buffer, { id, key, mac }: NotifyMessage, now: number): number | undefined {
  if (answer.length < HEADER_LENGTH || answer.readUInt16BE(0) !== id) return undefined;
  if (((answer[2] as number) & OPCODE_AND_QR) !== NOTIFY_ANSWER) return undefined;
  const rcode = (answer[3] as number) & 0x0f;
  if (!key || !mac) return rcode;
  const at = lastRecordAt(answer);
  const check = at > 0 ? verifyTsig(answer, at, tsigKeys([key]), { now, prior: { mac } }) : undefined;
  // Who cannot check our signature cannot sign its refusal (RFC 8945 §5.3.2): worth knowing, and nothing follows from it.
  if (check === undefined) return undefined;
  return check.error === TsigError.NONE || rcode !== 0 ? rcode : undefined;
}

/** Where the last record of a message begins; 0 when there is none or the message is not sound. */
function lastRecordAt(message: Buffer): number {
  let at = HEADER_LENGTH;
  for (let left = message.readUInt16BE(4); left > 0; left--) {
    const end = skipName(message, at, false);
    if (end < 0 || end + 4 > message.length) return 0;
    at = end + 4;
  }
  let last = 0;
  for (let left = message.readUInt16BE(6) + message.readUInt16BE(8) + message.readUInt16BE(10); left > 0; left--) {
    const end = skipName(message, at, true);
    if (end < 0 || end + FIXED_LENGTH > message.length) return 0;
    last = at;
    at = end + FIXED_LENGTH + message.readUInt16BE(end + 8);
  }
  return at === message.length ? last : 0;
}
