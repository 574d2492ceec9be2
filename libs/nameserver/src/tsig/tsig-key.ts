import { Name } from '../name';
import { toName } from '../rdata';
import { NameText } from '../zone-data';

const MAC_OCTETS = { 'hmac-sha256': 32, 'hmac-sha384': 48, 'hmac-sha512': 64 } as const;
/** No MAC is ever shorter than this (RFC 8945 §5.2.2.1). */
const FEWEST_OCTETS = 10;

/** The algorithms that are offered (RFC 8945 §6); MD5 and SHA-1 are not. */
export type TsigAlgorithm = keyof typeof MAC_OCTETS;

/** What a key is made of. */
export interface TsigKeyData {
  readonly name: NameText;
  readonly algorithm: TsigAlgorithm;
  readonly secret: Buffer;
  /** The shortest MAC that is taken, in octets, at least half of a whole one; whole ones only by default. */
  readonly shortestMac?: number;
}

/** A secret that a client and this server share, by the name that both call it. */
export class TsigKey {
  readonly name: Name;
  readonly algorithm: TsigAlgorithm;
  readonly algorithmName: Name;
  readonly secret: Buffer;
  /** Length of a whole MAC. */
  readonly macOctets: number;
  readonly shortestMac: number;

  constructor({ name, algorithm, secret, shortestMac }: TsigKeyData) {
    this.name = toName(name, Name.ROOT);
    this.algorithm = algorithm;
    this.algorithmName = Name.parse(algorithm);
    this.secret = secret;
    this.macOctets = MAC_OCTETS[algorithm];
    this.shortestMac = shortestMac ?? this.macOctets;
    if (secret.length === 0) throw new RangeError('a TSIG key has a secret');
    if (!(this.shortestMac >= fewestOctets(this) && this.shortestMac <= this.macOctets))
      throw new RangeError(`a MAC of ${algorithm} has ${fewestOctets(this)} to ${this.macOctets} octets`);
  }

  /** The name of the hash function, as node:crypto has it. */
  get hash(): string {
    return this.algorithm.slice('hmac-'.length);
  }
}

/** Keys by the key of their name. */
export type TsigKeys = ReadonlyMap<string, TsigKey>;

/** Keys as a server looks them up. */
export function tsigKeys(keys: readonly TsigKey[]): TsigKeys {
  return new Map(keys.map((key) => [key.name.key, key]));
}

/** The shortest MAC that a message may have at all: half of a whole one (RFC 8945 §5.2.2.1). */
export function fewestOctets({ macOctets }: { readonly macOctets: number }): number {
  return Math.max(FEWEST_OCTETS, macOctets / 2);
}
