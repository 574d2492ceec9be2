import { randomBytes } from 'node:crypto';
import { ClientAddress } from './client-address';
import { Network } from './network';
import { RateLimits, Verdict } from './rate-limits';

/** Places where an account may be: an attacker who does not know the seed cannot push out the account that he means. */
const WAYS = 4;
/** An account is four numbers of 32 bits, so that the places of one account share a cache line. */
const FIELDS = 4;
/** The hash; 0 where there is no account. */
const TAG = 0;
/** Thousandths of an answer. */
const CREDIT = 1;
/** Milliseconds, modulo 32 bits. */
const SEEN = 2;
/** Answers held back since one slipped. */
const HELD = 3;
const ANSWER = 1_000;
const MAX_RATE = 1_000_000;
const DEFAULT_ACCOUNTS = 65_536;
/** 24 bits of IPv4 and 56 bits of IPv6 are one client: who forges addresses can forge all of a network's. */
const IPV4_OCTETS = 3;
const IPV6_OCTETS = 7;

/**
 * Response rate limiting: an account for each network and each answer that could be asked for again and again with a forged
 * sender. A table of fixed size; neither a check nor a new account allocates.
 */
export class RateLimiter {
  private readonly seed = randomBytes(4).readInt32LE();
  private readonly sets: number;
  private readonly table: Int32Array;
  private readonly rate: number;
  private readonly slip: number;
  private readonly exempt: readonly Network[];

  constructor({ answersPerSecond, slip = 2, exempt = [], accounts = DEFAULT_ACCOUNTS }: RateLimits) {
    if (!(answersPerSecond >= 1 && answersPerSecond <= MAX_RATE))
      throw new RangeError(`a rate limit is 1 to ${MAX_RATE} answers a second`);
    if (!Number.isInteger(slip) || slip < 0) throw new RangeError('slip is a whole number');
    this.rate = answersPerSecond;
    this.slip = slip;
    this.exempt = exempt;
    this.sets = 2 ** Math.ceil(Math.log2(Math.max(accounts, WAYS) / WAYS));
    this.table = new Int32Array(this.sets * WAYS * FIELDS);
  }

  /** Charges an answer to its account: its kind and its owner tell which. The clock is in milliseconds and may run on past 32 bits. */
  judge(client: ClientAddress, kind: number, owner: number, clock: () => number): Verdict {
    for (let i = 0; i < this.exempt.length; i++) if (this.exempt[i]?.has(client)) return 'send';
    const { table } = this;
    const account = this.account(this.hash(client, kind, owner), clock() | 0);
    const credit = table[account + CREDIT] as number;
    if (credit >= ANSWER) {
      table[account + CREDIT] = credit - ANSWER;
      return 'send';
    }
    if (this.slip === 0) return 'drop';
    const held = ((table[account + HELD] as number) + 1) % this.slip;
    table[account + HELD] = held;
    return held === 0 ? 'slip' : 'drop';
  }

  /** Where the account is, its credit brought up to date; a new one takes the place of the one that has rested longest. */
  private account(hash: number, now: number): number {
    const { table } = this;
    const tag = hash || 1;
    const start = (hash & (this.sets - 1)) * WAYS * FIELDS;
    const full = this.rate * ANSWER;
    let oldest = start;
    let longest = -1;
    for (let at = start; at < start + WAYS * FIELDS; at += FIELDS) {
      // Across the wrap of 32 bits; a clock that was set back rests nobody.
      const rested = table[at] === 0 ? Infinity : Math.max(0, (now - (table[at + SEEN] as number)) | 0);
      if (table[at + TAG] === tag) {
        // A thousandth of an answer for each millisecond and answer a second.
        table[at + CREDIT] = Math.min(full, (table[at + CREDIT] as number) + rested * this.rate);
        table[at + SEEN] = now;
        return at;
      }
      if (rested > longest) {
        longest = rested;
        oldest = at;
      }
    }
    table[oldest + TAG] = tag;
    table[oldest + CREDIT] = full;
    table[oldest + SEEN] = now;
    table[oldest + HELD] = 0;
    return oldest;
  }

  private hash({ octets, length }: ClientAddress, kind: number, owner: number): number {
    const prefix = length === 4 ? IPV4_OCTETS : IPV6_OCTETS;
    let word = length;
    let hash = this.seed;
    for (let i = 0; i < prefix; i++) {
      word = (word << 8) | (octets[i] as number);
      if ((i & 3) === 2) hash = mixed(hash ^ word);
    }
    if (length !== 4) hash = mixed(hash ^ word);
    return mixed(mixed(hash ^ kind) ^ owner);
  }
}

/** The finaliser of MurmurHash3: every bit of the input changes about half of the bits. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
