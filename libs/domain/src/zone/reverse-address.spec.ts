import { addressBehind } from './reverse-address';
import { addressOctets, addressText, ReverseZones } from './reverse-name';

const v4 = { name: '2.0.192.in-addr.arpa.', cidr: '192.0.2.0/24' };
const wide = { name: '10.in-addr.arpa.', cidr: '10.0.0.0/8' };
const part = { name: '128-191.2.0.192.in-addr.arpa.', cidr: '192.0.2.128/26' };
const v6 = { name: '8.b.d.0.1.0.0.2.ip6.arpa.', cidr: '2001:db8::/32' };

it.each([
  [v4, '192.0.2.7'],
  [wide, '10.1.2.255'],
  [part, '192.0.2.130'],
  [v6, '2001:db8::216:3eff:fe00:1'],
])('%j: the owner of %s leads back to it', (zone, address) => {
  const octets = addressOctets(address) ?? new Uint8Array();
  const owner = new ReverseZones([zone]).ownerOf(octets)?.owner ?? '';
  expect(addressBehind(owner, zone)).toBe(addressText(octets));
});

it.each([
  [v4, '2.0.192.in-addr.arpa.'],
  [v4, '1.7.2.0.192.in-addr.arpa.'],
  [v4, '256.2.0.192.in-addr.arpa.'],
  [v4, '07.2.0.192.in-addr.arpa.'],
  [v4, 'x.2.0.192.in-addr.arpa.'],
  [v4, '7.3.0.192.in-addr.arpa.'],
  [wide, '1.2.10.in-addr.arpa.'],
  [v6, 'g.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.'],
])('%j: %s is no address', (zone, owner) => {
  expect(addressBehind(owner, zone)).toBeUndefined();
});
