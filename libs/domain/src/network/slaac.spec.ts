import { hwaddrFrom, slaacAddress } from './slaac';

it.each([
  // RFC 4291 appendix A: 34-56-78-9A-BC-DE gives 3656:78FF:FE9A:BCDE, with the universal/local bit inverted.
  ['fe80::/64', '34:56:78:9a:bc:de', 'fe80::3656:78ff:fe9a:bcde'],
  ['2001:db8:100::/64', '00:16:3e:12:34:56', '2001:db8:100:0:216:3eff:fe12:3456'],
  ['2001:db8:0:1::/64', '02:00:00:00:00:00', '2001:db8:0:1:0:ff:fe00:0'],
  ['2001:db8:1:2::/64', 'FF:FF:FF:FF:FF:FF', '2001:db8:1:2:fdff:ffff:feff:ffff'],
  ['2001:DB8:ABCD:EF01::/64', '00:16:3E:00:00:01', '2001:db8:abcd:ef01:216:3eff:fe00:1'],
])('in %s, %s has %s', (cidr, hwaddr, address) => {
  expect(slaacAddress(cidr, hwaddr)).toBe(address);
});

it.each([
  ['a prefix that is too short', '2001:db8::/63', '00:16:3e:12:34:56'],
  ['a prefix that is too long', '2001:db8::/65', '00:16:3e:12:34:56'],
  ['a /48', '2001:db8::/48', '00:16:3e:12:34:56'],
  ['one address', '2001:db8::1/128', '00:16:3e:12:34:56'],
  ['IPv4', '198.51.100.0/24', '00:16:3e:12:34:56'],
  ['an address without a length', '2001:db8::', '00:16:3e:12:34:56'],
  ['no network', 'lan', '00:16:3e:12:34:56'],
  ['no hardware address', '2001:db8::/64', ''],
  ['five octets', '2001:db8::/64', '00:16:3e:12:34'],
  ['seven octets', '2001:db8::/64', '00:16:3e:12:34:56:78'],
  ['hyphens', '2001:db8::/64', '00-16-3e-12-34-56'],
  ['letters behind f', '2001:db8::/64', '00:16:3g:12:34:56'],
  ['one digit an octet', '2001:db8::/64', '0:16:3e:12:34:56'],
  ['a line end', '2001:db8::/64', '00:16:3e:12:34:56\n'],
])('has none with %s', (_, cidr, hwaddr) => {
  expect(slaacAddress(cidr, hwaddr)).toBeUndefined();
});

it('makes hardware addresses under the prefix that LXD uses, which is neither local nor a group', () => {
  expect(hwaddrFrom(Uint8Array.of(0, 10, 255, 9))).toBe('00:16:3e:00:0a:ff');
  expect(() => hwaddrFrom(Uint8Array.of(1, 2))).toThrow(RangeError);
});
