import { ask, lines } from '../test/ask';
import { soa, zoneData } from '../test/sample-zone';
import { Name } from './name';
import { buildServableZone, buildZone } from './zone-builder';
import { RrsetData, ZoneData } from './zone-data';
import { ZoneError } from './zone-problem';

const a = (name: string, ttl = 60): RrsetData => ({ name, ttl, type: 'A', records: ['192.0.2.1'] });
const cname = (name: string, ...records: string[]): RrsetData => ({ name, ttl: 60, type: 'CNAME', records });
const ns = (name: string, ...records: string[]): RrsetData => ({ name, ttl: 60, type: 'NS', records });
const raw = (type: number): RrsetData => ({ name: 'x', ttl: 60, type: `TYPE${type}`, records: [new Uint8Array()] });

describe('RRsets that are refused, each alone', () => {
  it.each<[string, RrsetData[], string]>([
    ['outside the zone', [a('www.example.com.')], 'outside-zone'],
    ['the parent of the zone', [a('example.org.')], 'outside-zone'],
    ['a name that only ends alike', [a('xct.example.org.')], 'outside-zone'],
    ['a bad name', [a('a..b')], 'bad-name'],
    ['a name too long below the origin', [a(`${'a'.repeat(63)}.`.repeat(3) + 'a'.repeat(60))], 'bad-name'],
    ['a negative TTL', [a('x', -1)], 'bad-ttl'],
    ['a TTL of 2^31', [a('x', 2 ** 31)], 'bad-ttl'],
    ['a TTL that is no integer', [a('x', 0.5)], 'bad-ttl'],
    ['no records', [{ name: 'x', ttl: 60, type: 'A', records: [] }], 'empty-rrset'],
    ['CNAME beside A', [cname('x', 'y'), a('x')], 'cname-beside-others'],
    ['A beside CNAME, other case', [a('x'), cname('X', 'y')], 'cname-beside-others'],
    ['CNAME at the apex', [cname('@', 'y')], 'cname-beside-others'],
    ['two CNAMEs', [cname('x', 'y', 'z')], 'several-cnames'],
    ['a wildcard that delegates', [ns('*.x', 'ns.example.com.')], 'wildcard-delegation'],
    ['an address hidden by a delegation', [ns('sub', 'ns.example.com.'), a('www.sub')], 'below-delegation'],
    ['an address at a delegation', [ns('sub', 'ns.example.com.'), a('sub')], 'below-delegation'],
    [
      'a delegation hidden by another',
      [ns('sub', 'ns.example.com.'), ns('a.sub', 'ns.example.com.')],
      'below-delegation',
    ],
    ['a delegation without glue', [ns('sub', 'ns.sub')], 'missing-glue'],
    ['SOA as data', [raw(6)], 'unsupported-type'],
    ['A as raw data', [raw(1)], 'unsupported-type'],
    ['DNAME, which would need synthesis', [raw(39)], 'unsupported-type'],
    ['OPT', [raw(41)], 'unsupported-type'],
    ['AXFR', [raw(252)], 'unsupported-type'],
    ['type 0', [raw(0)], 'unsupported-type'],
    ['type 65536', [raw(65_536)], 'unsupported-type'],
    [
      'an RRset beyond 62,000 octets',
      [{ name: 'x', ttl: 60, type: 'TXT', records: Array.from({ length: 300 }, (_, i) => `${i}${'x'.repeat(200)}`) }],
      'rrset-too-large',
    ],
  ])('%s', (_, rrsets, code) => {
    const { zone, problems } = buildServableZone(zoneData([...rrsets, a('good')]));
    expect(new Set(problems.map((problem) => problem.code))).toEqual(new Set([code]));
    expect(zone?.lookup(Name.parse('good.ct.example.org').key, 1).answers).toHaveLength(1);
    expect(() => buildZone(zoneData(rrsets))).toThrow(ZoneError);
  });

  it('names the RRset and every problem', () => {
    const build = (): unknown => buildZone(zoneData([a('a..b'), a('x', -1)]));
    expect(build).toThrow(/a\.\.b A .*; x\.ct\.example\.org\. A .*TTL/);
  });

  it('keeps the other data beside a CNAME, and the first of two CNAMEs', () => {
    const { zone } = buildServableZone(zoneData([cname('x', 'y'), a('x'), cname('z', 'first', 'second')]));
    expect(zone?.lookup(Name.parse('x.ct.example.org').key, 1).answers[0]?.type).toBe(1);
    expect(zone?.lookup(Name.parse('z.ct.example.org').key, 5).answers[0]?.count).toBe(1);
  });
});

describe('zones that are refused whole', () => {
  it.each<[string, Partial<ZoneData>, string]>([
    ['a bad origin', { origin: 'a..b' }, 'bad-origin'],
    ['no SOA', { soa: undefined }, 'missing-soa'],
    ['a serial of 2^32', { soa: { ...soa, serial: 2 ** 32 } }, 'bad-soa'],
    ['a negative serial', { soa: { ...soa, serial: -1 } }, 'bad-soa'],
    ['a bad mname', { soa: { ...soa, mname: '' } }, 'bad-soa'],
    ['a negative TTL', { soa: { ...soa, ttl: -1 } }, 'bad-soa'],
    ['no name server', { ns: [] }, 'missing-ns'],
  ])('%s', (_, changes, code) => {
    const { zone, problems } = buildServableZone(zoneData([], changes));
    expect(zone).toBeUndefined();
    expect(problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('zones that are served', () => {
  it('takes name servers from the RRsets, names as Name, an origin with its dot', () => {
    const zone = buildZone(zoneData([ns('@', 'ns.example.com.')], { ns: [], origin: Name.parse('CT.example.org.') }));
    expect(zone.origin.toString()).toBe('CT.example.org.');
    expect(zone.size).toBe(3);
  });

  it('merges name servers given in both places', () => {
    const { answers } = ask([ns('@', 'ns2.example.com.')], { name: 'ct.example.org', type: 'NS' });
    expect(lines(answers)).toEqual(['ct.example.org 60 NS ns.ct.example.org', 'ct.example.org 60 NS ns2.example.com']);
  });
});

it('spells a name in one way, that of its first records (RFC 4343 §4.2)', () => {
  const zone = buildZone(zoneData([a('WWW'), a('x'), { name: 'www', ttl: 60, type: 'TXT', records: [['late']] }]));
  const { rrsets } = zone.nodes.get(Name.parse('www.ct.example.org').key) ?? {};
  expect([...(rrsets?.values() ?? [])].map(({ owner }) => owner.toString())).toEqual([
    'WWW.ct.example.org.',
    'WWW.ct.example.org.',
  ]);
});

describe('records as octets', () => {
  const stored = (type: number, owner = 'x.ct.example.org.', rdata = Uint8Array.of(192, 0, 2, 7), ttl = 60) => ({
    owner,
    type,
    ttl,
    rdata,
  });

  it('join the set that is there, once each, with the lower TTL', () => {
    const { zone, problems } = buildServableZone({
      ...zoneData([a('x')]),
      raw: [stored(1), stored(1, 'X.ct.example.org.', undefined, 30), stored(65_280, 'new.ct.example.org.')],
    });
    expect(problems).toEqual([]);
    const x = zone?.nodes.get(Name.parse('x.ct.example.org.').key)?.rrsets.get(1);
    expect([x?.ttl, x?.rdatas.length]).toEqual([30, 2]);
    expect(zone?.nodes.get(Name.parse('new.ct.example.org.').key)?.rrsets.has(65_280)).toBe(true);
  });

  it.each([
    ['SOA', stored(6), 'unsupported-type'],
    ['DNAME', stored(39), 'unsupported-type'],
    ['OPT', stored(41), 'unsupported-type'],
    ['RRSIG, which signing makes', stored(46), 'unsupported-type'],
    ['NSEC', stored(47), 'unsupported-type'],
    ['TSIG', stored(250), 'unsupported-type'],
    ['ANY', stored(255), 'unsupported-type'],
    ['no type', stored(0), 'unsupported-type'],
    ['a number too large for a type', stored(65_536), 'unsupported-type'],
    ['an owner elsewhere', stored(1, 'x.example.org.'), 'outside-zone'],
    ['an owner that is no name', stored(1, 'a..b.'), 'bad-name'],
    ['a TTL of 2^31', stored(1, undefined, undefined, 2 ** 31), 'bad-ttl'],
    ['more octets than fit', stored(1, undefined, new Uint8Array(65_536)), 'bad-rdata'],
    ['a wildcard that delegates', stored(2, '*.x.ct.example.org.', Uint8Array.of(0)), 'wildcard-delegation'],
  ])('are refused alone: %s', (_what, record, code) => {
    const { zone, problems } = buildServableZone({ ...zoneData([a('ok')]), raw: [record] });
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(zone?.nodes.has(Name.parse('ok.ct.example.org.').key)).toBe(true);
  });
});

describe('a build beside the version before', () => {
  const delegation = [ns('sub', 'ns.sub'), a('ns.sub')];
  const before = buildZone(zoneData([a('x'), a('y'), ...delegation]));

  it('is that version itself when nothing differs, whatever the order', () => {
    expect(buildServableZone(zoneData([...delegation, a('y'), a('x')]), before).zone).toBe(before);
  });

  it.each([
    ['another TTL', [a('x', 30), a('y'), ...delegation]],
    ['a name more', [a('x'), a('y'), a('z'), ...delegation]],
    ['a name less', [a('y'), ...delegation]],
    ['other glue', [a('x'), a('y'), ns('sub', 'ns.sub'), a('ns.sub', 30)]],
    ['no delegation any more', [a('x'), a('y'), a('ns.sub')]],
  ])('keeps what does not differ: %s', (_what, rrsets) => {
    const { zone } = buildServableZone(zoneData(rrsets), before);
    expect(zone).not.toBe(before);
    const [y, sub] = ['y', 'sub'].map((name) => Name.parse(`${name}.ct.example.org.`).key);
    expect(zone?.nodes.get(y ?? '')).toBe(before.nodes.get(y ?? ''));
    expect(zone?.nodes.get(sub ?? '')?.referral).not.toBe(before.nodes.get(sub ?? '')?.referral);
  });
});

it('has no name of which nothing can be served', () => {
  const rrsets: RrsetData[] = [{ name: 'odd', type: 'A', ttl: 60, records: ['not an address'] }];
  const { zone, problems } = buildServableZone(zoneData(rrsets));
  expect(problems.map(({ code }) => code)).toEqual(['bad-rdata']);
  expect(zone?.nodes.has('\x03odd\x02ct\x07example\x03org\0')).toBe(false);
});
