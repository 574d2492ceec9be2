import { containerNameFault } from '../containers/container-name';
import { addressList, nameserverUnreachable, zoneDocument } from './zone-document';

const apex = { zone: 'ct.example.org.', nameserver: 'ns.example.org.', nameserverAddresses: [] };
const inside = { ...apex, nameserver: 'ns.ct.example.org.', nameserverAddresses: ['192.0.2.1', '2001:db8::1'] };
const at = (name: string, address: string) => ({
  name,
  address,
  family: address.includes(':') ? (6 as const) : (4 as const),
});

it('has SOA and NS at the apex and one RRset for each name and family', () => {
  const names = [at('web1', '192.0.2.7'), at('web1', '192.0.2.8'), at('web1', '2001:db8::7'), at('db', '192.0.2.9')];
  expect(zoneDocument(apex, { serial: 4294967295, names })).toEqual({
    origin: 'ct.example.org.',
    soa: {
      mname: 'ns.example.org.',
      rname: 'hostmaster.ct.example.org.',
      serial: 4294967295,
      refresh: 3600,
      retry: 600,
      expire: 1209600,
      minimum: 60,
      ttl: 3600,
    },
    ns: ['ns.example.org.'],
    rrsets: [
      { name: 'web1', type: 'A', ttl: 60, records: ['192.0.2.7', '192.0.2.8'] },
      { name: 'web1', type: 'AAAA', ttl: 60, records: ['2001:db8::7'] },
      { name: 'db', type: 'A', ttl: 60, records: ['192.0.2.9'] },
    ],
    skipped: [],
  });
});

it.each([
  'my_ct.x',
  'a.b',
  '*',
  '@',
  '',
  '-x',
  'x-',
  'back\\slash',
  'quote"d',
  'x;y',
  '_acme-challenge',
  'web1\n',
  'é',
  'a'.repeat(64),
])('leaves out %j and keeps its neighbours', (name) => {
  const { rrsets, skipped } = zoneDocument(apex, { serial: 1, names: [at(name, '192.0.2.1'), at('ok', '192.0.2.2')] });
  expect(rrsets.map((rrset) => rrset.name)).toEqual(['ok']);
  expect(skipped).toEqual([{ name, reason: expect.any(String) }]);
});

it("gives the name server's name to nobody else", () => {
  const { rrsets, skipped } = zoneDocument(inside, { serial: 1, names: [at('ns', '203.0.113.66')] });
  expect(rrsets).toEqual([
    { name: 'ns.ct.example.org.', type: 'A', ttl: 3600, records: ['192.0.2.1'] },
    { name: 'ns.ct.example.org.', type: 'AAAA', ttl: 3600, records: ['2001:db8::1'] },
  ]);
  expect(skipped).toHaveLength(1);
});

it('has no address of a name server that lies elsewhere', () => {
  const outside = { ...apex, nameserverAddresses: ['192.0.2.1'] };
  expect(zoneDocument(outside, { serial: 1, names: [] }).rrsets).toEqual([]);
});

it.each([
  [apex, false],
  [inside, false],
  [{ ...inside, nameserverAddresses: [] }, true],
  [{ ...apex, nameserver: 'ct.example.org.' }, true],
  [{ ...apex, nameserver: 'notct.example.org.' }, false],
])('knows when nobody can find the name server (%#)', (given, expected) => {
  expect(nameserverUnreachable(given)).toBe(expected);
});

it.each([
  ['192.0.2.1', ['192.0.2.1']],
  ['192.0.2.1, 2001:db8::1', ['192.0.2.1', '2001:db8::1']],
  ['', []],
  ['192.0.2.256', undefined],
  ['fe80::1%eth0', undefined],
  ['ns.example.org', undefined],
])('reads the list %j', (text, expected) => {
  expect(addressList(text)).toEqual(expected);
});

it.each([61, 62])(
  'a name of %i characters under a long zone is served exactly if it may be given to a container',
  (length) => {
    const zone = `${'z'.repeat(63)}.${'z'.repeat(63)}.${'z'.repeat(63)}.`;
    const name = 'x'.repeat(length);
    const { skipped } = zoneDocument({ ...apex, zone }, { serial: 1, names: [at(name, '192.0.2.1')] });
    expect(skipped.map((one) => one.name)).toEqual(containerNameFault(name, [], zone) ? [name] : []);
    expect(skipped).toHaveLength(length - 61);
  },
);
