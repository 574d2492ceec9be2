import * as fc from 'fast-check';
import { readCompressedName } from './compressed-name';

const read = (hex: string, at: number): string | undefined => {
  const found = readCompressedName(Buffer.from(hex.replaceAll(' ', ''), 'hex'), at);
  return found && `${found.name.toString()} ${found.end}`;
};

it.each([
  ['the root', '00', 0, '. 1'],
  ['a plain name', '0161 0162 00', 0, 'a.b. 5'],
  ['a pointer', '0162 00 c000', 3, 'b. 5'],
  ['a label and a pointer', '0162 00 0161 c000 ffff', 3, 'a.b. 7'],
  ['a pointer to a pointer', '0163 00 0162 c000 0161 c003', 7, 'a.b.c. 11'],
  ['a pointer into the middle of a name', '0161 0162 00 c002', 5, 'b. 7'],
])('%s', (_what, hex, at, expected) => expect(read(hex, at)).toBe(expected));

it.each([
  ['nothing', '', 0],
  ['no end', '0161', 0],
  ['a label cut short', '0561', 0],
  ['half a pointer', '00 c0', 1],
  ['a pointer to itself', '0000 c002', 2],
  ['a pointer ahead', 'c002 00', 0],
  ['a loop of two', '0161 c004 0162 c000', 0],
  ['a loop of one that ends where it began', '0161 c000', 0],
  ['a reserved label type', '41 00', 0],
  ['256 octets', `${`3f${'61'.repeat(63)}`.repeat(3)} 3e${'61'.repeat(62)} 00`, 0],
  ['256 octets, the rest behind a pointer', `${`3f${'61'.repeat(63)}`.repeat(3)} 00 3e${'61'.repeat(62)} c000`, 193],
])('no name: %s', (_what, hex, at) => expect(read(hex, at)).toBeUndefined());

it('ends for any octets', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, 1, 0xc0, 2, 3, 4), { maxLength: 40 }), fc.nat(39), (octets, at) => {
      const found = readCompressedName(Buffer.from(octets), at);
      if (found) expect(found.end).toBeLessThanOrEqual(octets.length);
    }),
  );
});
