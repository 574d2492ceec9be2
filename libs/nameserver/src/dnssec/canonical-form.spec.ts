import { canonicalOrder } from '../canonical-order';
import { Name } from '../name';
import { RrType } from '../rr-type';
import { canonicalRdatas } from './canonical-rdata';
import { typeBitmap, typesOf } from './nsec';

it('sorts names as the example of RFC 4034 §6.1', () => {
  const sorted = [
    'example.',
    'a.example.',
    'yljkjljk.a.example.',
    'Z.a.example.',
    'zABC.a.EXAMPLE.',
    'z.example.',
    '\\001.z.example.',
    '*.z.example.',
    '\\200.z.example.',
  ];
  const apex = Name.parse('example.').key.length;
  for (const octets of [1, apex]) {
    const order = (text: string) => canonicalOrder(Name.parse(text).key, octets);
    expect(sorted.toReversed().sort((a, b) => (order(a) < order(b) ? -1 : 1))).toEqual(sorted);
  }
});

it.each<[string, number, string, string]>([
  ['the target of a CNAME', RrType.CNAME, '\x01A\x00', '\x01a\x00'],
  ['both names of an SOA', RrType.SOA, '\x01A\x00\x01B\x00\x00\x00\x00A', '\x01a\x00\x01b\x00\x00\x00\x00A'],
  ['the exchange of an MX, not its preference', RrType.MX, 'AB\x01C\x00', 'AB\x01c\x00'],
  ['the target of an SRV', RrType.SRV, 'ABCDEF\x01G\x00', 'ABCDEF\x01g\x00'],
  ['the replacement of a NAPTR', RrType.NAPTR, 'ABCD\x01U\x00\x01R\x01X\x00', 'ABCD\x01U\x00\x01R\x01x\x00'],
  ['the text of a TXT', RrType.TXT, '\x02AB', '\x02AB'],
  ['the target of an HTTPS record', RrType.HTTPS, '\x00\x01\x01A\x00', '\x00\x01\x01A\x00'],
  ['a name that is cut off', RrType.NS, '\x05AB', '\x05ab'],
])('has %s as RFC 4034 §6.2 wants it', (_what, type, given, expected) => {
  const [canonical] = canonicalRdatas(type, [Buffer.from(given, 'latin1')]);
  expect(canonical?.toString('latin1')).toBe(expected);
});

it('sorts records as octets, the shorter first, and takes each once', () => {
  const rdatas = ['\x02b', '\x01A\x00', '\x01', '\x01a\x00'].map((text) => Buffer.from(text, 'latin1'));
  expect(canonicalRdatas(RrType.NS, rdatas).map((rdata) => rdata.toString('latin1'))).toEqual([
    '\x01',
    '\x01a\x00',
    '\x02b',
  ]);
});

it('writes the types of RFC 4034 §4.3 as its bitmap', () => {
  const bitmap = typeBitmap([1234, RrType.A, RrType.NSEC, RrType.MX, RrType.RRSIG]);
  const zeros = '00'.repeat(26);
  expect(bitmap.toString('hex')).toBe(`0006400100000003041b${zeros}20`);
  expect(typesOf(bitmap)).toEqual([1, 15, 46, 47, 1234]);
});

it.each(['00', '0000', '0021', '000240', `0021${'ff'.repeat(33)}`])('takes %s for no bitmap', (hex) => {
  expect(typesOf(Buffer.from(hex, 'hex'))).toBeUndefined();
});
