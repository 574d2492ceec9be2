import * as fc from 'fast-check';
import { ipv4Octets, ipv6Octets } from '../address';
import { ClientAddress } from './client-address';

const address = new ClientAddress();
const octets = (text: string): string | undefined => {
  address.read(text);
  return address.length === 0 ? undefined : Buffer.from(address.octets.subarray(0, address.length)).toString('hex');
};

it.each([
  ['192.0.2.1', 'c0000201'],
  ['255.255.255.255', 'ffffffff'],
  ['0.0.0.0', '00000000'],
  ['::', '0'.repeat(32)],
  ['::1', `${'0'.repeat(31)}1`],
  ['2001:db8::', `20010db8${'0'.repeat(24)}`],
  ['2001:db8::7', `20010db8${'0'.repeat(23)}7`],
  ['1:2:3:4:5:6:7:8', '00010002000300040005000600070008'],
  ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
  ['::2:3:4:5:6:7:8', '00000002000300040005000600070008'],
  ['fe80::1%eth0.5', `fe80${'0'.repeat(27)}1`],
  ['::ffff:192.0.2.1', `${'0'.repeat(20)}ffffc0000201`],
  ['::1.2.3.4', `${'0'.repeat(24)}01020304`],
  ['1:2:3:4:5:6:1.2.3.4', '00010002000300040005000601020304'],
])('%s is %s', (text, expected) => expect(octets(text)).toBe(expected));

it.each([
  '',
  '1.2.3',
  '1.2.3.4.5',
  '1.2.3.4.',
  '1..3.4',
  '.1.2.3',
  '256.1.1.1',
  'a.b.c.d',
  '1:2:3',
  '1:2:3:4:5:6:7:8:9',
  '1::2::3',
  '12345::',
  'g::',
  '1:2:3:4:5:6:7:1.2.3.4',
  '::1.2.3',
  'localhost',
])('%j is none', (text) => expect(octets(text)).toBeUndefined());

it('reads what any socket may tell', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
      expect(octets(text)).toBe((ipv4Octets(text) ?? ipv6Octets(text))?.toString('hex'));
    }),
  );
});
