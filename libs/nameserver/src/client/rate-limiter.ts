import { randomBytes } from 'node:crypto';
import { Answer } from '../answer';
import { Rcode } from '../rcode';
import { ClientAddress } from './client-address';
import { Network } from './network';
import { RateLimits, Verdict } from './rate-limits';

/** Places where an account may be: an attacker who knows none of the seeds cannot push out the account that he means. */
const WAYS = 4;
const DEFAULT_ACCOUNTS = 65_536;
/** 24 bits of IPv4 and 56 bits of IPv6 are one client: who forges addresses can forge all of a network's. */
const IPV4_OCTETS = 3;
const IPV6_OCTETS = 7;

/**
 * Response rate limiting: an account for each network and each answer that could be asked for again and again with a forged
 * sender. A table of fixed size; neither a check nor a new account allocates.
 */
export class RateLimiter {
  private readonly seeds = Int32Array.of(randomBytes(4).readInt32LE(), randomBytes(4).readInt32LE());
  private readonly sets: number;
  /** Second half of the hash; 0 where there is no account. */
  private readonly tags: Uint32Array;
  private readonly credit: Float32Array;
  private readonly seen: Uint32Array;
  private readonly slips: Uint8Array;
  private readonly rate: number;
  private readonly slip: number;
  private readonly exempt: readonly Network[];

  constructor({ answersPerSecond, slip = 2, exempt = [], accounts = DEFAULT_ACCOUNTS }: RateLimits) {
    if (!(answersPerSecond >= 1)) throw new RangeError('a rate limit is at least one answer a second');
    if (!Number.isInteger(slip) || slip < 0 || slip > 255) throw new RangeError('slip is a whole number from 0 to 255');
    this.rate = answersPerSecond;
    this.slip = slip;
    this.exempt = exempt;
    this.sets = 2 ** Math.ceil(Math.log2(Math.max(accounts, WAYS) / WAYS));
    const size = this.sets * WAYS;
    this.tags = new Uint32Array(size);
    this.credit = new Float32Array(size);
    this.seen = new Uint32Array(size);
    this.slips = new Uint8Array(size);
  }

  /** Charges an answer to its account. The time is in milliseconds and may run on past 32 bits. */
  judge(client: ClientAddress, answer: Answer, type: number, now: number): Verdict {
    for (const network of this.exempt) if (network.has(client)) return 'send';
    const account = this.account(client, kindOf(answer, type), nameOf(answer), now >>> 0);
    const credit = this.credit[account] as number;
    if (credit >= 1) {
      this.credit[account] = credit - 1;
      return 'send';
    }
    if (this.slip === 0) return 'drop';
    const turn = ((this.slips[account] as number) + 1) % this.slip;
    this.slips[account] = turn;
    return turn === 0 ? 'slip' : 'drop';
  }

  /** Where the account is, its credit brought up to date; a new one takes the place of the one that has rested longest. */
  private account(client: ClientAddress, kind: number, name: number, now: number): number {
    const first = this.hash(0, client, kind, name);
    const tag = this.hash(1, client, kind, name) >>> 0 || 1;
    const start = (first & (this.sets - 1)) * WAYS;
    let oldest = start;
    let longest = -1;
    for (let at = start; at < start + WAYS; at++) {
      const rested = this.tags[at] === 0 ? Infinity : this.restedSince(at, now);
      if (this.tags[at] === tag) {
        this.credit[at] = Math.min(this.rate, (this.credit[at] as number) + (rested * this.rate) / 1_000);
        this.seen[at] = now;
        return at;
      }
      if (rested > longest) {
        longest = rested;
        oldest = at;
      }
    }
    this.tags[oldest] = tag;
    this.credit[oldest] = this.rate;
    this.seen[oldest] = now;
    this.slips[oldest] = 0;
    return oldest;
  }

  /** Milliseconds, across the wrap of 32 bits; a clock that was set back rests nobody. */
  private restedSince(at: number, now: number): number {
    return Math.max(0, (now - (this.seen[at] as number)) | 0);
  }

  private hash(lane: number, { octets, length }: ClientAddress, kind: number, name: number): number {
    const prefix = length === 4 ? IPV4_OCTETS : IPV6_OCTETS;
    let hash = mixed((this.seeds[lane] as number) ^ length);
    let word = 0;
    for (let i = 0; i < prefix; i++) {
      word = (word << 8) | (octets[i] as number);
      if ((i & 3) === 3) hash = mixed(hash ^ word);
    }
    hash = mixed(hash ^ word);
    hash = mixed(hash ^ kind);
    return mixed(hash ^ name);
  }
}

/** Answers that are the same to somebody who forges questions: an RRset by type; denials, referrals and errors as such. */
function kindOf({ rcode, answers, authoritative }: Answer, type: number): number {
  if (rcode !== Rcode.NOERROR) return 0x1_0000 | rcode;
  if (answers.length > 0) return type;
  return authoritative ? 0x2_0000 : 0x3_0000;
}

/**
 * The owner of what is sent, not the name that was asked for: behind made-up names there is one wildcard, one SOA, one
 * delegation.
 */
function nameOf({ answers, authority }: Answer): number {
  return (answers[0] ?? authority[0])?.owner.hash ?? 0;
}

/** The finaliser of MurmurHash3: every bit of the input changes about half of the bits. */
function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
