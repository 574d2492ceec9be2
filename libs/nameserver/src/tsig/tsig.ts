import { timingSafeEqual } from 'node:crypto';
import { fewestOctets, TsigKey, TsigKeys } from './tsig-key';
import { PriorMac, tsigMac } from './tsig-mac';
import { appendTsig, readTsig, TsigError, tsigOctets, TsigRecord } from './tsig-record';

/** How far two clocks may differ, in seconds, as this side signs (RFC 8945 §10 recommends it). */
const FUDGE = 300;
const NOTHING = Buffer.alloc(0);

/** What a signature is worth. */
export interface TsigCheck {
  readonly record: TsigRecord;
  /** NONE when the message is what the owner of the key sent, just now. */
  readonly error: number;
  /** The key of the signature; undefined when there is none of that name and algorithm, or the MAC is not its. */
  readonly key: TsigKey | undefined;
}

/** What a message is signed with beside the key. */
export interface TsigOptions {
  /** Seconds since 1970. */
  readonly now: number;
  /** The request's, when an answer is signed. */
  readonly prior?: PriorMac;
  /** Cuts the MAC to its first octets. */
  readonly macOctets?: number;
}

/**
 * Checks the TSIG record that begins at the offset and ends the message, in the order of RFC 8945 §5.2: key, MAC, time,
 * truncation. Undefined when the record is malformed, its MAC's length impossible: FORMERR.
 */
export function verifyTsig(
  packet: Buffer,
  at: number,
  keys: TsigKeys,
  { now, prior }: Pick<TsigOptions, 'now' | 'prior'>,
): TsigCheck | undefined {
  const record = readTsig(packet, at);
  if (!record) return undefined;
  const key = keys.get(record.name.key);
  if (!key?.algorithmName.equals(record.algorithm)) return { record, error: TsigError.BADKEY, key: undefined };
  const { mac } = record;
  if (mac.length > key.macOctets || mac.length < fewestOctets(key)) return undefined;
  const expected = tsigMac(key, [headerBefore(packet, record), packet.subarray(12, at)], record, prior);
  if (!timingSafeEqual(expected.subarray(0, mac.length), mac))
    return { record, error: TsigError.BADSIG, key: undefined };
  // No longer than we would let it count ourselves: what somebody recorded could be sent again as long.
  if (Math.abs(now - record.time) > Math.min(record.fudge, FUDGE)) return { record, error: TsigError.BADTIME, key };
  return { record, error: mac.length < key.shortestMac ? TsigError.BADTRUNC : TsigError.NONE, key };
}

/** Signs a message; the MAC is what the next one is chained to. */
export function signTsig(
  message: Buffer,
  key: TsigKey,
  { now, prior, macOctets = key.macOctets }: TsigOptions,
): { readonly wire: Buffer; readonly mac: Buffer } {
  const fields = { time: now, fudge: FUDGE, error: TsigError.NONE, other: NOTHING };
  return signed(message, key, fields, macOctets, prior);
}

/** How many octets tsigAnswer() adds. */
export function tsigAnswerOctets({ record, error, key }: TsigCheck): number {
  const other = error === TsigError.BADTIME ? 6 : 0;
  return tsigOctets({ ...record, other: NOTHING }) + other + (key ? record.mac.length : 0);
}

/**
 * Signs the answer to a request, its MAC as long as the request's; where the request's was wrong, says so: unsigned when there is
 * no key to sign with, and with our clock when the clocks differ (RFC 8945 §5.2, §5.3.2).
 */
export function tsigAnswer(message: Buffer, { record, error, key }: TsigCheck, now: number): Buffer {
  const fields = { time: now, fudge: FUDGE, error, other: NOTHING };
  if (!key) {
    const { name, algorithm, time, fudge } = record;
    const originalId = message.readUInt16BE(0);
    return appendTsig(message, { ...fields, time, fudge, name, algorithm, mac: NOTHING, originalId });
  }
  const timely = error === TsigError.BADTIME ? { ...fields, time: record.time, other: clock(now) } : fields;
  return signed(message, key, timely, record.mac.length, { mac: record.mac }).wire;
}

function signed(
  message: Buffer,
  key: TsigKey,
  fields: Pick<TsigRecord, 'time' | 'fudge' | 'error' | 'other'>,
  macOctets: number,
  prior?: PriorMac,
): { wire: Buffer; mac: Buffer } {
  const mac = tsigMac(key, [message], fields, prior).subarray(0, macOctets);
  const originalId = message.readUInt16BE(0);
  return {
    wire: appendTsig(message, { ...fields, name: key.name, algorithm: key.algorithmName, mac, originalId }),
    mac,
  };
}

/** The header as it was when the message was signed: a forwarder may have changed the id (RFC 8945 §4.3.2). */
function headerBefore(packet: Buffer, { originalId }: TsigRecord): Buffer {
  const header = Buffer.from(packet.subarray(0, 12));
  header.writeUInt16BE(originalId);
  header.writeUInt16BE(header.readUInt16BE(10) - 1, 10);
  return header;
}

function clock(now: number): Buffer {
  const time = Buffer.alloc(6);
  time.writeUIntBE(now, 0, 6);
  return time;
}
