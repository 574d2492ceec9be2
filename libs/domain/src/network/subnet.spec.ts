import fc from 'fast-check';
import { canonicalAddress, contains, parseSubnet } from './subnet';

it.each([
  ['198.51.100.0/24', '198.51.100.0/24', 4],
  ['0.0.0.0/0', '0.0.0.0/0', 4],
  ['192.0.2.1/32', '192.0.2.1/32', 4],
  ['2001:db8:100::/64', '2001:db8:100::/64', 6],
  ['2001:0DB8:0100:0000::/64', '2001:db8:100::/64', 6],
  ['2001:db8:0:0:0:0:0:0/64', '2001:db8::/64', 6],
  ['::/0', '::/0', 6],
  ['2001:db8::1/128', '2001:db8::1/128', 6],
])('reads %s', (text, cidr, family) => {
  expect(parseSubnet(text)).toEqual({ cidr, family });
});

it.each([
  ['nothing', ''],
  ['an address alone', '198.51.100.0'],
  ['an IPv6 address alone', '2001:db8::'],
  ['a length alone', '/24'],
  ['no length', '198.51.100.0/'],
  ['three parts', '198.51.100/24'],
  ['one number', '3325256704/24'],
  ['octal parts', '010.0.0.0/8'],
  ['an octal zero', '10.00.0.0/8'],
  ['hexadecimal parts', '0x0a.0.0.0/8'],
  ['a part over 255', '256.0.0.0/8'],
  ['a length over 32', '10.0.0.0/33'],
  ['a length over 128', '2001:db8::/129'],
  ['a length with a zero before it', '10.0.0.0/08'],
  ['an IPv6 length with a zero before it', '2001:db8::/064'],
  ['a negative length', '10.0.0.0/-8'],
  ['two lengths', '10.0.0.0/8/8'],
  ['two IPv6 lengths', '2001:db8::/64/64'],
  ['a net mask', '10.0.0.0/255.0.0.0'],
  ['a zone id', 'fe80::%eth0/64'],
  ['a zone id behind the length', 'fe80::/64%eth0'],
  ['IPv4 inside IPv6', '::ffff:198.51.100.0/120'],
  ['octal inside IPv6', '::ffff:010.0.0.0/104'],
  ['space before', ' 10.0.0.0/8'],
  ['space behind', '2001:db8::/64 '],
  ['a line end', '10.0.0.0/8\n'],
  ['full-width digits', '１０.0.0.0/8'],
  ['two gaps', '2001::db8::/64'],
  ['brackets', '[2001:db8::]/64'],
  ['a name', 'lan/24'],
])('refuses %s', (_, text) => {
  expect(parseSubnet(text)).toEqual({ fault: expect.stringContaining('is not a network in CIDR notation') });
});

it.each([
  ['198.51.100.7/24', '198.51.100.0/24'],
  ['10.0.0.1/31', '10.0.0.0/31'],
  ['2001:db8:100::7/64', '2001:db8:100::/64'],
  ['2001:db8:100:0:1::/64', '2001:db8:100::/64'],
])('refuses host bits in %s and tells the network', (text, network) => {
  expect(parseSubnet(text)).toEqual({ fault: expect.stringContaining(`the network is ${network}.`) });
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
  ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
  ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
  ['::', '::'],
  ['::ffff:192.0.2.1', '::ffff:c000:201'],
  ['::192.0.2.1', '::c000:201'],
  ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
])('writes %s as %s (RFC 5952)', (text, canonical) => {
  expect(canonicalAddress(text)).toBe(canonical);
});

it.each([
  '',
  '1',
  '010.0.0.1',
  '0x7f.0.0.1',
  '127.1',
  '192.0.2.1/24',
  'fe80::1%eth0',
  '::ffff:010.0.0.1',
  '::ffff:0x7f.0.0.1',
  '::1 ',
  'web',
])('"%s" is no address', (text) => {
  expect(canonicalAddress(text)).toBeUndefined();
});

it('writes every IPv6 address in one form, from which it can be read again', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const long = groups.map((value) => value.toString(16).padStart(4, '0').toUpperCase()).join(':');
      const canonical = canonicalAddress(long) ?? '';
      expect(canonicalAddress(canonical)).toBe(canonical);
      expect(new URL(`http://[${canonical}]`).hostname).toBe(new URL(`http://[${long}]`).hostname);
      expect(`[${canonical}]`).toBe(new URL(`http://[${long}]`).hostname);
    }),
  );
});

it.each([
  ['198.51.100.0/24', '198.51.100.255', true],
  ['198.51.100.0/24', '198.51.101.0', false],
  ['2001:db8:100::/64', '2001:db8:100::ffff', true],
  ['2001:db8:100::/64', '2001:db8:100:1::', false],
  ['0.0.0.0/0', '::1', false],
  ['::/0', '198.51.100.1', false],
  ['::/0', '::ffff:198.51.100.1', true],
  ['198.51.100.0/24', '::ffff:198.51.100.1', false],
  ['no network', '198.51.100.1', false],
  ['198.51.100.0/24', 'no address', false],
  ['0.0.0.0/8', '1', false],
  ['8.0.0.0/8', '010.0.0.1', false],
])('%s contains %s: %s', (cidr, address, inside) => {
  expect(contains(cidr, address)).toBe(inside);
});
