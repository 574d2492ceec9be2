import { isIPv4, isIPv6 } from 'node:net';
import * as fc from 'fast-check';
import { ipv4Octets, ipv6Octets } from './address';

const odd = fc.string({ unit: fc.constantFrom(...'0123456789abcdefABCDEFg:::::....%x '), maxLength: 46 });
const spoilt = (address: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(address, fc.nat(45), fc.nat(2), odd)
    .map(([text, at, gone, more]) => text.slice(0, at) + more.slice(0, 2) + text.slice(at + gone));

it.each<[string, string | undefined]>([
  ['::', '00000000000000000000000000000000'],
  ['::1', '00000000000000000000000000000001'],
  ['1::', '00010000000000000000000000000000'],
  ['2001:DB8::a:0', '20010db80000000000000000000a0000'],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
  ['::2:3:4:5:6:7:8', '00000002000300040005000600070008'],
  ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
  ['1:2:3:4:5:6:192.0.2.1', '000100020003000400050006c0000201'],
  ['1::5:192.0.2.1', '00010000000000000000' + '0005c0000201'],
  ['', undefined],
  [':', undefined],
  [':::', undefined],
  ['1', undefined],
  ['1:', undefined],
  [':1', undefined],
  ['1::2:', undefined],
  ['1::2::3', undefined],
  ['12345::', undefined],
  ['1:2:3:4:5:6:7:8:', undefined],
  ['1:2:3:4:5:6:7:8::', undefined],
  ['1::2:3:4:5:6:7:8', undefined],
  ['1:2:3:4:5:6:7:8:9', undefined],
  ['1:2:3:4:5:6:7:192.0.2.1', undefined],
  ['1::3:4:5:6:7:192.0.2.1', undefined],
  ['::192.0.2.1:1', undefined],
  ['::192.0.2', undefined],
  ['::192.0.2.01', undefined],
  ['::a.0.2.1', undefined],
  ['192.0.2.1', undefined],
  ['fe80::1%eth0', undefined],
  ['::g', undefined],
])('reads %p as %p', (text, octets) => expect(ipv6Octets(text)?.toString('hex')).toBe(octets));

it('takes what Node takes for an IPv6 address, but for zones', () =>
  fc.assert(
    fc.property(fc.oneof(odd, fc.ipV6(), spoilt(fc.ipV6())), (text) =>
      expect(ipv6Octets(text) !== undefined).toBe(isIPv6(text) && !text.includes('%')),
    ),
    { numRuns: 5_000 },
  ));

it('reads the address that a URL names', () =>
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const groups = (ipv6Octets(text)?.toString('hex').match(/.{4}/g) ?? []).join(':');
      expect(new URL(`http://[${groups}]/`).host).toBe(new URL(`http://[${text}]/`).host);
    }),
    { numRuns: 2_000 },
  ));

it('takes what Node takes for an IPv4 address', () =>
  fc.assert(
    fc.property(fc.oneof(odd, fc.ipV4(), spoilt(fc.ipV4())), (text) => {
      const octets = ipv4Octets(text);
      expect(octets !== undefined).toBe(isIPv4(text));
      if (octets) expect([...octets].join('.')).toBe(text);
    }),
    { numRuns: 5_000 },
  ));
