import { randomBytes, timingSafeEqual } from 'node:crypto';
import { ClientAddress } from '../client/client-address';
import { SipHash } from './sip-hash';

/** A client cookie of 8 octets and a server cookie of 16: version, three reserved, time, hash (RFC 9018 §4). */
export const COOKIE_OCTETS = 24;
/** What is hashed ahead of the address: client cookie, version, reserved, time. */
const HASHED_PART = 16;
const VERSION = 1;
const CLIENT_OCTETS = 8;
const TIME_AT = 12;

/** How old a server cookie may be, how far ahead of our clock, and from when on it is replaced, in seconds (RFC 9018 §4.3). */
const MAX_AGE = 3_600;
const MAX_AHEAD = 300;
const RENEW_AGE = 1_800;

/** What a request's COOKIE option proves. */
export type CookieStatus = 'new' | 'invalid' | 'valid';

/** Makes and checks server cookies that every server with the same secret understands (RFC 7873, RFC 9018). */
export class ServerCookies {
  /** The cookie for the answer, after check(); the same octets are used again for the next request. */
  readonly reply = Buffer.alloc(COOKIE_OCTETS);
  private readonly hashes: readonly SipHash[];
  private readonly input = new Uint8Array(HASHED_PART + 16);
  private readonly expected = Buffer.alloc(8);
  private readonly received = Buffer.alloc(8);

  /** The first secret of 16 octets makes cookies, every one is believed: so secrets are rolled over (RFC 9018 §5). */
  constructor(secrets: readonly Buffer[] = [randomBytes(16)]) {
    if (secrets.length === 0) throw new RangeError('cookies need a secret');
    this.hashes = secrets.map((secret) => new SipHash(secret));
  }

  /** Judges the COOKIE option's data at the offset (8 or 16 to 40 octets) and makes the reply. The time is in seconds. */
  check(packet: Buffer, at: number, octets: number, client: ClientAddress, now: number): CookieStatus {
    const age = octets === COOKIE_OCTETS ? this.ageOf(packet, at, client, now) : Number.NaN;
    for (let i = 0; i < CLIENT_OCTETS; i++) this.reply[i] = packet[at + i] as number;
    if (age < RENEW_AGE) {
      for (let i = CLIENT_OCTETS; i < COOKIE_OCTETS; i++) this.reply[i] = packet[at + i] as number;
    } else {
      this.make(client, now);
    }
    if (age <= MAX_AGE) return 'valid';
    return octets === CLIENT_OCTETS ? 'new' : 'invalid';
  }

  /** Seconds since the cookie was made; NaN when it is not ours, too old or from the future. */
  private ageOf(packet: Buffer, at: number, client: ClientAddress, now: number): number {
    if (packet[at + CLIENT_OCTETS] !== VERSION) return Number.NaN;
    // Serial arithmetic: the clock of 32 bits may wrap (RFC 9018 §4.3).
    const age = (now - packet.readUInt32BE(at + TIME_AT)) | 0;
    if (age > MAX_AGE || age < -MAX_AHEAD) return Number.NaN;
    packet.copy(this.received, 0, at + HASHED_PART, at + COOKIE_OCTETS);
    for (const hash of this.hashes) {
      this.hash(hash, packet, at, client, this.expected);
      if (!timingSafeEqual(this.expected, this.received)) continue;
      // A cookie of an old secret is believed and replaced.
      return hash === this.hashes[0] ? age : Math.max(age, RENEW_AGE);
    }
    return Number.NaN;
  }

  private make(client: ClientAddress, now: number): void {
    const { reply } = this;
    reply.writeUInt32BE(VERSION * 0x1000000, CLIENT_OCTETS);
    reply.writeUInt32BE(now >>> 0, TIME_AT);
    this.hash(this.hashes[0] as SipHash, reply, 0, client, reply, HASHED_PART);
  }

  private hash(hash: SipHash, from: Buffer, at: number, client: ClientAddress, out: Buffer, outAt = 0): void {
    const { input } = this;
    for (let i = 0; i < HASHED_PART; i++) input[i] = from[at + i] as number;
    for (let i = 0; i < client.length; i++) input[HASHED_PART + i] = client.octets[i] as number;
    hash.digest(input, HASHED_PART + client.length, out, outAt);
  }
}
