const MAX = 0xffff_ffff;
const ROUNDS_PER_WORD = 2;
const LAST_ROUNDS = 4;

/**
 * SipHash-2-4 with a 128-bit key: the keyed hash of server cookies (RFC 9018 §4.4). Words of 64 bits are pairs of 32-bit halves in
 * local variables, for it is computed for every question that has a cookie.
 */
export class SipHash {
  private readonly k0l: number;
  private readonly k0h: number;
  private readonly k1l: number;
  private readonly k1h: number;

  constructor(key: Buffer) {
    if (key.length !== 16) throw new RangeError(`a SipHash key has 16 octets, not ${key.length}`);
    this.k0l = key.readInt32LE(0);
    this.k0h = key.readInt32LE(4);
    this.k1l = key.readInt32LE(8);
    this.k1h = key.readInt32LE(12);
  }

  /** Hashes the first octets of the input and writes the eight of the digest. */
  digest(input: Uint8Array, length: number, out: Uint8Array, at: number): void {
    // "somepseudorandomlygeneratedbytes", as the algorithm has it.
    let v0l = this.k0l ^ 0x70736575;
    let v0h = this.k0h ^ 0x736f6d65;
    let v1l = this.k1l ^ 0x6e646f6d;
    let v1h = this.k1h ^ 0x646f7261;
    let v2l = this.k0l ^ 0x6e657261;
    let v2h = this.k0h ^ 0x6c796765;
    let v3l = this.k1l ^ 0x79746573;
    let v3h = this.k1h ^ 0x74656462;
    let low: number;
    let turned: number;
    const last = length & ~7;
    for (let i = 0; i <= last + 8; i += 8) {
      const isEnd = i > last;
      const ml = isEnd ? 0 : word(input, i, length);
      // The last word carries the length in its top octet.
      const mh = isEnd ? 0 : word(input, i + 4, length) | (i === last ? length << 24 : 0);
      if (isEnd) v2l ^= 0xff;
      v3l ^= ml;
      v3h ^= mh;
      for (let rounds = isEnd ? LAST_ROUNDS : ROUNDS_PER_WORD; rounds > 0; rounds--) {
        low = (v0l >>> 0) + (v1l >>> 0);
        v0h = (v0h + v1h + (low > MAX ? 1 : 0)) | 0;
        v0l = low | 0;
        turned = (v1l << 13) | (v1h >>> 19);
        v1h = ((v1h << 13) | (v1l >>> 19)) ^ v0h;
        v1l = turned ^ v0l;
        turned = v0l;
        v0l = v0h;
        v0h = turned;
        low = (v2l >>> 0) + (v3l >>> 0);
        v2h = (v2h + v3h + (low > MAX ? 1 : 0)) | 0;
        v2l = low | 0;
        turned = (v3l << 16) | (v3h >>> 16);
        v3h = ((v3h << 16) | (v3l >>> 16)) ^ v2h;
        v3l = turned ^ v2l;
        low = (v0l >>> 0) + (v3l >>> 0);
        v0h = (v0h + v3h + (low > MAX ? 1 : 0)) | 0;
        v0l = low | 0;
        turned = (v3l << 21) | (v3h >>> 11);
        v3h = ((v3h << 21) | (v3l >>> 11)) ^ v0h;
        v3l = turned ^ v0l;
        low = (v2l >>> 0) + (v1l >>> 0);
        v2h = (v2h + v1h + (low > MAX ? 1 : 0)) | 0;
        v2l = low | 0;
        turned = (v1l << 17) | (v1h >>> 15);
        v1h = ((v1h << 17) | (v1l >>> 15)) ^ v2h;
        v1l = turned ^ v2l;
        turned = v2l;
        v2l = v2h;
        v2h = turned;
      }
      v0l ^= ml;
      v0h ^= mh;
    }
    write(out, at, v0l ^ v1l ^ v2l ^ v3l);
    write(out, at + 4, v0h ^ v1h ^ v2h ^ v3h);
  }
}

/** Four octets as a little-endian number; those from the end on count as nought. */
function word(input: Uint8Array, at: number, end: number): number {
  let value = 0;
  for (let i = Math.min(end - at, 4) - 1; i >= 0; i--) value = (value << 8) | (input[at + i] as number);
  return value;
}

function write(out: Uint8Array, at: number, value: number): void {
  for (let i = 0; i < 4; i++) out[at + i] = (value >>> (8 * i)) & 0xff;
}
