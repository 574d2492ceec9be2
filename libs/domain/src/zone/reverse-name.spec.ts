import { addressOctets, addressText, ReverseZones } from './reverse-name';

it.each([
  ['192.0.2.7', '192.0.2.7'],
  ['0.0.0.0', '0.0.0.0'],
  ['::', '0:0:0:0:0:0:0:0'],
  ['::1', '0:0:0:0:0:0:0:1'],
  ['2001:db8::7', '2001:db8:0:0:0:0:0:7'],
  ['2001:db8:1::', '2001:db8:1:0:0:0:0:0'],
  ['2001:db8:1:2:3:4:5:ffff', '2001:db8:1:2:3:4:5:ffff'],
  ['::ffff:192.0.2.7', '0:0:0:0:0:ffff:c000:207'],
])('knows the octets of %s', (text, plain) => {
  const octets = addressOctets(text);
  expect(octets && addressText(octets)).toBe(plain);
});

it.each(['', 'ns.example.org', '192.0.2', '192.0.2.256', '1::2::3', 'fe80::1%eth0'])('%j is no address', (text) => {
  expect(addressOctets(text)).toBeUndefined();
});

const zones = new ReverseZones([
  { name: '2.0.192.in-addr.arpa.', cidr: '192.0.2.0/24' },
  { name: '100.51.198.in-addr.arpa.', cidr: '198.51.100.0/24' },
  { name: '64-127.100.51.198.in-addr.arpa.', cidr: '198.51.100.64/26' },
  { name: '16.172.in-addr.arpa.', cidr: '172.16.0.0/16' },
  { name: '9.113.0.203.in-addr.arpa.', cidr: '203.0.113.9/32' },
  { name: '8.b.d.0.1.0.0.2.ip6.arpa.', cidr: '2001:db8::/32' },
  { name: '1.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.', cidr: '2001:db8:0:1::/64' },
  { name: '0-3.b.example.', cidr: '2001:db8:ffff::/46' },
]);

it.each([
  ['192.0.2.7', '7.2.0.192.in-addr.arpa.'],
  ['198.51.100.63', '63.100.51.198.in-addr.arpa.'],
  ['198.51.100.64', '64.64-127.100.51.198.in-addr.arpa.'],
  ['198.51.100.127', '127.64-127.100.51.198.in-addr.arpa.'],
  ['198.51.100.128', '128.100.51.198.in-addr.arpa.'],
  ['172.16.3.4', '4.3.16.172.in-addr.arpa.'],
  ['203.0.113.9', '9.113.0.203.in-addr.arpa.'],
  ['2001:db8:0:1::7', '7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.1.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.'],
  ['2001:db8:0:2::7', '7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.2.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.'],
  ['2001:db8:ffff::1', '1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.f.0-3.b.example.'],
  ['192.0.3.7', undefined],
  ['203.0.113.8', undefined],
  ['2001:db9::1', undefined],
])('the pointer of %s is %s', (address, owner) => {
  const octets = addressOctets(address);
  expect(octets && zones.ownerOf(octets)?.owner).toBe(owner);
});

it('has no owner without zones', () => {
  expect(new ReverseZones([]).ownerOf(Uint8Array.of(192, 0, 2, 7))).toBeUndefined();
});
