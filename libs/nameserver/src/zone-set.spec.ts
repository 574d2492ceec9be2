import { askZones, lines } from '../test/ask';
import { zoneData } from '../test/sample-zone';
import { Name } from './name';
import { buildZone } from './zone-builder';
import { ZoneSet } from './zone-set';

const zoneOf = (origin: string, address: string): ReturnType<typeof buildZone> =>
  buildZone(zoneData([{ name: 'www', ttl: 60, type: 'A', records: [address] }], { origin }));

const zones = ZoneSet.of([
  zoneOf('example.org', '192.0.2.1'),
  zoneOf('ct.example.org', '192.0.2.2'),
  zoneOf('example.net', '192.0.2.3'),
]);

describe('the zone that answers', () => {
  it.each([
    ['www.example.org', '192.0.2.1'],
    ['www.ct.example.org', '192.0.2.2'],
    ['WWW.CT.EXAMPLE.ORG', '192.0.2.2'],
    ['www.example.net', '192.0.2.3'],
  ])('%s is answered with %s', (name, address) => {
    expect(lines(askZones(zones, { name }).answers)).toEqual([`${name} 60 A ${address}`]);
  });

  it.each(['org', '.', 'example.com', 'xexample.org', 'www.xct.example.org.uk'])('%s is REFUSED', (name) => {
    expect(askZones(zones, { name })).toMatchObject({ rcode: 'REFUSED', flag_aa: false, answers: [], authorities: [] });
  });

  const family = ZoneSet.of([
    buildZone(
      zoneData(
        [
          { name: 'ct', ttl: 60, type: 'NS', records: ['ns.ct'] },
          { name: 'ns.ct', ttl: 60, type: 'A', records: ['192.0.2.8'] },
          {
            name: 'ct',
            ttl: 60,
            type: 'DS',
            records: [{ keyTag: 1, algorithm: 8, digestType: 2, digest: 'aa'.repeat(32) }],
          },
        ],
        { origin: 'example.org' },
      ),
    ),
    zoneOf('ct.example.org', '192.0.2.2'),
    zoneOf('un.example.org', '192.0.2.4'),
  ]);
  it.each([
    ['ct.example.org', 'DS', { answers: 1, soa: undefined }],
    ['CT.example.org', 'DS', { answers: 1, soa: undefined }],
    ['un.example.org', 'DS', { answers: 0, soa: 'example.org', rcode: 'NXDOMAIN' }],
    ['example.org', 'DS', { answers: 0, soa: 'example.org' }],
    ['www.ct.example.org', 'DS', { answers: 0, soa: 'ct.example.org' }],
    ['ct.example.org', 'NS', { answers: 1, soa: undefined }],
    ['ct.example.org', 'TXT', { answers: 0, soa: 'ct.example.org' }],
  ] as const)('%s %s is answered by the side of the cut that has it', (name, type, { answers, soa, ...more }) => {
    const reply = askZones(family, { name, type });
    expect(reply).toMatchObject({ rcode: 'NOERROR', flag_aa: true, ...more });
    expect(reply.answers).toHaveLength(answers);
    expect(reply.authorities?.[0]?.name).toBe(soa);
  });

  it('asks nobody above the root for its DS', () => {
    const root = ZoneSet.of([zoneOf('.', '192.0.2.9')]);
    expect(askZones(root, { name: '.', type: 'DS' })).toMatchObject({ rcode: 'NOERROR', answers: [] });
  });

  it('does not find a zone inside a label', () => {
    const key = Name.fromLabels([Buffer.from('x\x07example\x03org', 'latin1')]).key;
    expect(zones.find(key)).toBeUndefined();
  });

  it('may be the root', () => {
    const root = ZoneSet.of([zoneOf('.', '192.0.2.9')]);
    expect(lines(askZones(root, { name: 'www' }).answers)).toEqual(['www 60 A 192.0.2.9']);
    expect(askZones(root, { name: 'a.b.c' }).rcode).toBe('NXDOMAIN');
    expect(askZones(root, { name: '.', type: 'SOA' }).answers).toHaveLength(1);
  });

  it('is none in an empty set, and one origin twice is refused', () => {
    expect(askZones(ZoneSet.EMPTY, { name: 'www.example.org' }).rcode).toBe('REFUSED');
    expect(() => ZoneSet.of([zoneOf('a', '192.0.2.1'), zoneOf('A', '192.0.2.1')])).toThrow(RangeError);
  });

  it.each([
    ['AXFR', 'REFUSED'],
    ['IXFR', 'REFUSED'],
    ['TKEY', 'NOTIMP'],
    ['TSIG', 'NOTIMP'],
    ['OPT', 'NOTIMP'],
  ] as const)('question type %s gets %s', (type, rcode) => {
    expect(askZones(zones, { name: 'example.org', type: type as 'A' }).rcode).toBe(rcode);
  });
});
