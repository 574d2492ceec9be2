/** SipHash-2-4 with a 128-bit key: the keyed hash of server cookies (RFC 9018 §4.4). 64-bit words are pairs of 32-bit halves. */
export class SipHash {
  private readonly key: Int32Array;
  /** v0 to v3, the low half of each first. */
  private readonly state = new Int32Array(8);

  constructor(key: Buffer) {
    if (key.length !== 16) throw new RangeError(`a SipHash key has 16 octets, not ${key.length}`);
    this.key = Int32Array.from([0, 4, 8, 12], (at) => key.readInt32LE(at));
  }

  /** Hashes the first octets of the input and writes the eight of the digest. */
  digest(input: Uint8Array, length: number, out: Uint8Array, at: number): void {
    const { state } = this;
    this.begin();
    const whole = length & ~7;
    for (let i = 0; i < whole; i += 8) this.absorb(word(input, i, i + 4), word(input, i + 4, i + 8));
    // The last word carries the length in its top octet.
    const low = word(input, whole, Math.min(whole + 4, length));
    const high = word(input, whole + 4, length);
    this.absorb(low, high | (length << 24));
    state[4] = part(state, 4) ^ 0xff;
    for (let i = 0; i < 4; i++) round(state);
    for (let half = 0; half < 2; half++) {
      const sum = part(state, half) ^ part(state, 2 + half) ^ part(state, 4 + half) ^ part(state, 6 + half);
      for (let i = 0; i < 4; i++) out[at + 4 * half + i] = (sum >>> (8 * i)) & 0xff;
    }
  }

  private begin(): void {
    const { state, key } = this;
    const k0 = part(key, 0);
    const k1 = part(key, 1);
    const k2 = part(key, 2);
    const k3 = part(key, 3);
    // "somepseudorandomlygeneratedbytes", as the algorithm has it.
    state[0] = k0 ^ 0x70736575;
    state[1] = k1 ^ 0x736f6d65;
    state[2] = k2 ^ 0x6e646f6d;
    state[3] = k3 ^ 0x646f7261;
    state[4] = k0 ^ 0x6e657261;
    state[5] = k1 ^ 0x6c796765;
    state[6] = k2 ^ 0x79746573;
    state[7] = k3 ^ 0x74656462;
  }

  private absorb(low: number, high: number): void {
    const { state } = this;
    state[6] = part(state, 6) ^ low;
    state[7] = part(state, 7) ^ high;
    round(state);
    round(state);
    state[0] = part(state, 0) ^ low;
    state[1] = part(state, 1) ^ high;
  }
}

function round(v: Int32Array): void {
  add(v, 0, 2);
  turn(v, 2, 13);
  mix(v, 2, 0);
  swap(v, 0);
  add(v, 4, 6);
  turn(v, 6, 16);
  mix(v, 6, 4);
  add(v, 0, 6);
  turn(v, 6, 21);
  mix(v, 6, 0);
  add(v, 4, 2);
  turn(v, 2, 17);
  mix(v, 2, 4);
  swap(v, 4);
}

function add(v: Int32Array, to: number, from: number): void {
  const low = (part(v, to) >>> 0) + (part(v, from) >>> 0);
  v[to] = low | 0;
  v[to + 1] = (part(v, to + 1) + part(v, from + 1) + (low > 0xffff_ffff ? 1 : 0)) | 0;
}

function mix(v: Int32Array, to: number, from: number): void {
  v[to] = part(v, to) ^ part(v, from);
  v[to + 1] = part(v, to + 1) ^ part(v, from + 1);
}

/** Rotates to the left by fewer than 32 bits. */
function turn(v: Int32Array, at: number, bits: number): void {
  const low = part(v, at);
  const high = part(v, at + 1);
  v[at] = (low << bits) | (high >>> (32 - bits));
  v[at + 1] = (high << bits) | (low >>> (32 - bits));
}

/** Rotates by 32 bits. */
function swap(v: Int32Array, at: number): void {
  const low = part(v, at);
  v[at] = part(v, at + 1);
  v[at + 1] = low;
}

function part(words: Int32Array, at: number): number {
  return words[at] as number;
}

/** Up to four octets as a little-endian number. */
function word(input: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let i = start; i < end; i++) value |= (input[i] as number) << (8 * (i - start));
  return value;
}
