import { judgeAddresses, SeenAddress } from './observed-address';

const HWADDR = '00:16:3e:12:34:56';
const OWN = '2001:db8:100:0:216:3eff:fe12:3456';
const NEIGHBOUR = '2001:db8:100:0:216:3eff:fe12:3457';
const SUBNETS = ['2001:db8:100::/64', '198.51.100.0/24'];
const at = (address: string, over: Partial<SeenAddress> = {}): SeenAddress => ({
  interface: 'eth1',
  address,
  prefixLength: 64,
  ...over,
});
const published = (
  seen: readonly SeenAddress[],
  hwaddr: string | null = HWADDR,
  subnets = SUBNETS,
  assigned?: string[],
) =>
  judgeAddresses(seen, hwaddr, subnets, assigned)
    .filter((address) => address.published)
    .map((address) => address.address);

it.each([OWN, OWN.toUpperCase(), '2001:db8:100::216:3eff:fe12:3456', '2001:0db8:0100:0000:0216:3eff:fe12:3456'])(
  'publishes the SLAAC address of eth1, however it is written: %s',
  (address) => {
    expect(published([at(address)])).toEqual([OWN]);
  },
);

it.each([
  ["taken by hand: a neighbour's", [at(NEIGHBOUR)], HWADDR, SUBNETS],
  ['taken by hand: any other of the network', [at('2001:db8:100::53')], HWADDR, SUBNETS],
  ['taken by hand: an IPv4 address of the network', [at('198.51.100.7', { prefixLength: 24 })], HWADDR, SUBNETS],
  ['on the wrong interface', [at(OWN, { interface: 'eth0' })], HWADDR, SUBNETS],
  ['on an interface whose name only looks alike', [at(OWN, { interface: 'eth1.100' })], HWADDR, SUBNETS],
  ['with no hardware address known', [at(OWN)], null, SUBNETS],
  ['with a hardware address that is none', [at(OWN)], 'fe:ed', SUBNETS],
  ['of another network', [at('2001:db8:200::216:3eff:fe12:3456')], HWADDR, SUBNETS],
  ['with no network known', [at(OWN)], HWADDR, []],
  ['of a network that has no SLAAC', [at(OWN)], HWADDR, ['2001:db8:100::/56', '2001:db8:100::/72']],
  ['of a network that is none', [at(OWN)], HWADDR, ['', 'lan', '2001:db8:100::']],
  ['private, on eth0', [at('10.1.2.3', { interface: 'eth0', prefixLength: 24 })], HWADDR, SUBNETS],
  ['mapped into IPv6', [at('::ffff:198.51.100.7')], HWADDR, SUBNETS],
])('never publishes an address %s', (_, seen, hwaddr, subnets) => {
  expect(published(seen, hwaddr, subnets)).toEqual([]);
  expect(judgeAddresses(seen, hwaddr, subnets)).toHaveLength(1);
});

it('publishes an assigned address where it belongs and nowhere else', () => {
  const assigned = ['198.51.100.7', '2001:DB8:100:0::53', '203.0.113.5'];
  expect(published([at('198.51.100.7')], HWADDR, SUBNETS, assigned)).toEqual(['198.51.100.7']);
  expect(published([at('2001:db8:100::53')], null, SUBNETS, assigned)).toEqual(['2001:db8:100::53']);
  expect(published([at('198.51.100.7', { interface: 'eth0' })], HWADDR, SUBNETS, assigned)).toEqual([]);
  expect(published([at('203.0.113.5')], HWADDR, SUBNETS, assigned)).toEqual([]);
});

it.each([
  '::1',
  '127.0.0.1',
  '127.9.9.9',
  'fe80::216:3eff:fe12:3456',
  'febf::1',
  '169.254.7.7',
  'no address',
  '',
  'fe80::1%eth1',
])('leaves out "%s"', (address) => {
  expect(judgeAddresses([at(address)], HWADDR, [...SUBNETS, 'fe80::/64'])).toEqual([]);
});

it('has an address once for each interface, whatever its spelling and prefix', () => {
  const judged = judgeAddresses(
    [at(OWN), at(OWN.toUpperCase(), { prefixLength: 128 }), at(OWN, { interface: 'eth0' })],
    HWADDR,
    SUBNETS,
  );
  expect(judged.map(({ interface: name, address, published: out }) => [name, address, out])).toEqual([
    ['eth0', OWN, false],
    ['eth1', OWN, true],
  ]);
});

it.each([0, 64, 128, 129, -1, Number.NaN])('is not led astray by a prefix length of %s', (prefixLength) => {
  expect(published([at(OWN, { prefixLength }), at(NEIGHBOUR, { prefixLength })])).toEqual([OWN]);
});

it('is in the same order however the host lists them', () => {
  const seen = [at(OWN), at('198.51.100.7'), at('10.0.0.2', { interface: 'eth0' }), at(NEIGHBOUR)];
  const forth = judgeAddresses(seen, HWADDR, SUBNETS);
  expect(judgeAddresses([...seen].reverse(), HWADDR, SUBNETS)).toEqual(forth);
  expect(forth.map((address) => [address.address, address.family])).toEqual([
    ['10.0.0.2', 4],
    ['198.51.100.7', 4],
    [OWN, 6],
    [NEIGHBOUR, 6],
  ]);
});
