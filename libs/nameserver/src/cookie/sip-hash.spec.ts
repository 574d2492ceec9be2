import { SipHash } from './sip-hash';

/** The key and the inputs of the vectors that come with the algorithm: octets 0, 1, 2 … */
const hash = new SipHash(Buffer.from(Array.from({ length: 16 }, (_, i) => i)));
const digest = (length: number): string => {
  const out = Buffer.alloc(10);
  hash.digest(
    Uint8Array.from({ length: 64 }, (_, i) => i),
    length,
    out,
    1,
  );
  expect([out[0], out[9]]).toEqual([0, 0]);
  return out.toString('hex', 1, 9);
};

it.each([
  [0, '310e0edd47db6f72'],
  [1, 'fd67dc93c539f874'],
  [2, '5a4fa9d909806c0d'],
  [7, '37d1018bf50002ab'],
  [8, '6224939a79f5f593'],
  [15, 'e545be4961ca29a1'],
  [63, '724506eb4c328a95'],
])('%d octets give %s', (length, expected) => expect(digest(length)).toBe(expected));

it('takes keys of 16 octets only', () => {
  expect(() => new SipHash(Buffer.alloc(15))).toThrow(RangeError);
});
