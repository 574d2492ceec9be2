import { createHmac } from 'node:crypto';
import { CLASS_ANY } from '../rr-type';
import { TsigKey } from './tsig-key';
import { TsigRecord } from './tsig-record';

/** What a MAC is made over beside the message (RFC 8945 §4.3.3): all but the MAC itself. */
export type TsigVariables = Pick<TsigRecord, 'time' | 'fudge' | 'error' | 'other'>;

/** The MAC that came before: that of the request, or of the message before in a transfer (RFC 8945 §5.3). */
export interface PriorMac {
  readonly mac: Buffer;
  /** True from the second message of a transfer on, whose MACs cover time and fudge alone (RFC 8945 §5.3.1). */
  readonly continued?: boolean;
}

/**
 * The whole MAC of a message in parts: as it was before the signature was added, with the id that its signer gave it.
 * Names are in canonical form, lower-cased and not compressed.
 */
export function tsigMac(
  key: TsigKey,
  message: readonly Buffer[],
  { time, fudge, error, other }: TsigVariables,
  prior?: PriorMac,
): Buffer {
  const hmac = createHmac(key.hash, key.secret);
  if (prior) hmac.update(uint16(prior.mac.length)).update(prior.mac);
  for (const part of message) hmac.update(part);
  const timers = Buffer.alloc(8);
  timers.writeUIntBE(time, 0, 6);
  timers.writeUInt16BE(fudge, 6);
  if (prior?.continued === true) return hmac.update(timers).digest();
  hmac.update(key.name.key, 'latin1');
  // CLASS, then a TTL of nought.
  hmac.update(Buffer.concat([uint16(CLASS_ANY), Buffer.alloc(4)]));
  hmac.update(key.algorithmName.key, 'latin1').update(timers);
  return hmac.update(uint16(error)).update(uint16(other.length)).update(other).digest();
}

function uint16(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}
