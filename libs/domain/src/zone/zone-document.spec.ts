import { containerNameFault } from '../containers/container-name';
import { addressList, nameserverUnreachable, rrsetsOf, zoneDocuments } from './zone-document';
import type { ServedZone, StoredRecord, ZoneApex, ZonesInputs } from './zone-inputs';

const apex: ZoneApex = { zone: 'ct.example.org.', nameserver: 'ns.example.org.', nameserverAddresses: [] };
const inside = { ...apex, nameserver: 'ns.ct.example.org.', nameserverAddresses: ['192.0.2.1', '2001:db8::1'] };
const forward: ServedZone = { name: 'ct.example.org.', kind: 'forward', cidr: null, serial: 1 };
const reverse: ServedZone = { name: '2.0.192.in-addr.arpa.', kind: 'reverse', cidr: '192.0.2.0/24', serial: 1 };
const at = (name: string, addresses: string, hostKeys = '') => ({ name, addresses, hostKeys });
const record = (owner: string, type: number, zone = forward.name): StoredRecord => ({
  zone,
  owner,
  type,
  ttl: 300,
  rdata: new Uint8Array(),
});
const inputs = (part: Partial<ZonesInputs>): ZonesInputs => ({
  zones: [forward],
  containers: [],
  records: [],
  wildcard: false,
  ...part,
});
/** Each zone with its RRsets in hand. */
const documents = (given: ZoneApex, part: Partial<ZonesInputs>) =>
  zoneDocuments(given, inputs(part)).map(({ names, ...document }) => ({
    ...document,
    rrsets: [...rrsetsOf({ rrsets: document.rrsets, names })],
  }));
const only = (given: ZoneApex, part: Partial<ZonesInputs>) => {
  const [document] = documents(given, part);
  if (!document) throw new Error('There is no zone.');
  return document;
};

it('has SOA and NS at the apex and one RRset for each name and family', () => {
  const containers = [at('web1', '192.0.2.7 192.0.2.8 2001:db8::7'), at('db', '192.0.2.9', '4:00ff'), at('bare', '')];
  expect(only(apex, { zones: [{ ...forward, serial: 4294967295 }], containers })).toEqual({
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
      { name: 'db', type: 'SSHFP', ttl: 60, records: [{ algorithm: 4, fingerprintType: 2, fingerprint: '00ff' }] },
    ],
    raw: [],
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
  const containers = [at(name, '192.0.2.1'), at('ok', '192.0.2.2')];
  const [names, pointers] = documents(apex, { zones: [forward, reverse], containers });
  expect(names?.rrsets.map((rrset) => rrset.name)).toEqual(['ok']);
  expect(pointers?.rrsets.map((rrset) => rrset.name)).toEqual(['2.2.0.192.in-addr.arpa.']);
  expect(names?.skipped).toEqual([{ name, reason: expect.any(String) }]);
});

it('misses nothing of an odd container without records', () => {
  expect(only(apex, { containers: [at('a.b', '')] }).skipped).toEqual([]);
});

it("gives the name server's name to nobody else", () => {
  const { rrsets, skipped } = only(inside, { containers: [at('ns', '203.0.113.66')] });
  expect(rrsets).toEqual([
    { name: 'ns.ct.example.org.', type: 'A', ttl: 3600, records: ['192.0.2.1'] },
    { name: 'ns.ct.example.org.', type: 'AAAA', ttl: 3600, records: ['2001:db8::1'] },
  ]);
  expect(skipped).toHaveLength(1);
});

it('has no address of a name server that lies elsewhere', () => {
  const outside = { ...apex, nameserverAddresses: ['192.0.2.1'] };
  expect(only(outside, {}).rrsets).toEqual([]);
});

it('tells the names of addresses in the zones of their subnets, and only there', () => {
  const other: ServedZone = { name: '8.b.d.0.1.0.0.2.ip6.arpa.', kind: 'reverse', cidr: '2001:db8::/32', serial: 9 };
  const containers = [at('web1', '192.0.2.7 198.51.100.7 2001:db8::7')];
  const [, v4, v6] = documents(apex, { zones: [forward, reverse, other], containers });
  expect(v4?.rrsets).toEqual([
    { name: '7.2.0.192.in-addr.arpa.', type: 'PTR', ttl: 60, records: ['web1.ct.example.org.'] },
  ]);
  expect(v6?.rrsets.map(({ name }) => name)).toEqual([`7.${'0.'.repeat(23)}8.b.d.0.1.0.0.2.ip6.arpa.`]);
  expect(v6?.soa).toMatchObject({ serial: 9, mname: 'ns.example.org.', rname: 'hostmaster.ct.example.org.' });
});

it('keeps stored records, each in its zone, and leaves out those in the way of what comes first', () => {
  const kept = [record('web1.ct.example.org.', 16), record('www.ct.example.org.', 1), record('ct.example.org.', 15)];
  const odd = [
    record('web1.ct.example.org.', 1),
    record('web1.ct.example.org.', 5),
    record('bare.ct.example.org.', 1),
    record('ct.example.org.', 2),
  ];
  const pointer = record('9.2.0.192.in-addr.arpa.', 12, reverse.name);
  const [names, pointers] = documents(apex, {
    zones: [forward, reverse],
    containers: [at('web1', '192.0.2.7'), at('bare', '')],
    records: [...kept, ...odd, pointer],
  });
  expect(names?.raw).toEqual(kept);
  expect(names?.skipped).toEqual(odd.map(({ owner, type }) => ({ name: owner, type, reason: expect.any(String) })));
  expect(pointers?.raw).toEqual([pointer]);
});

it('lets no wildcard answer for a container', () => {
  const containers = [at('bare', ''), at('texted', ''), at('web1', '192.0.2.7')];
  const records = [record('*.ct.example.org.', 1), record('texted.ct.example.org.', 16)];
  const { rrsets } = only(apex, { containers, records, wildcard: true });
  expect(rrsets).toEqual([
    { name: 'bare', type: 'TXT', ttl: 60, records: ['no address'] },
    { name: 'web1', type: 'A', ttl: 60, records: ['192.0.2.7'] },
  ]);
  expect(only(apex, { containers }).rrsets).toHaveLength(1);
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
    const given = { zones: [{ ...forward, name: zone }], containers: [at(name, '192.0.2.1')] };
    const { skipped } = only({ ...apex, zone }, given);
    expect(skipped.map((one) => one.name)).toEqual(containerNameFault(name, [], zone) ? [name] : []);
    expect(skipped).toHaveLength(length - 61);
  },
);
