import { ask, askZones, lines } from '../test/ask';
import { soa, zoneData } from '../test/sample-zone';
import { buildZone } from './zone-builder';
import { RrsetData } from './zone-data';
import { ZoneSet } from './zone-set';

const zone = 'ct.example.org';
const a = (name: string, address = '192.0.2.1'): RrsetData => ({ name, ttl: 60, type: 'A', records: [address] });
const cname = (name: string, target: string): RrsetData => ({ name, ttl: 60, type: 'CNAME', records: [target] });
const NEGATIVE = [`${zone} 60 SOA`];

interface Expected {
  rcode?: string;
  aa?: boolean;
  answers?: string[];
  authority?: string[];
  additional?: string[];
}

function check(
  rrsets: readonly RrsetData[],
  name: string,
  type: 'A' | 'AAAA' | 'ANY' | 'CNAME' | 'DS' | 'MX' | 'NS' | 'SOA' | 'TXT',
  expected: Expected,
): void {
  const reply = ask(rrsets, { name: name === '@' ? zone : `${name}.${zone}`, type });
  const authority = lines(reply.authorities).map((line) => line.replace(/ SOA .*/, ' SOA'));
  const short = (record: string): string => record.replaceAll(`.${zone}`, '');
  expect({
    rcode: reply.rcode,
    aa: reply.flag_aa,
    ra: reply.flag_ra,
    answers: lines(reply.answers).map(short),
    authority: authority.map(short),
    additional: lines(reply.additionals).map(short),
  }).toEqual({ rcode: 'NOERROR', aa: true, ra: false, answers: [], authority: [], additional: [], ...expected });
}

describe('names that exist and names that do not (RFC 2308)', () => {
  const rrsets = [a('www'), a('deep.down.here'), a('a\\.b')];
  it.each<[string, 'A' | 'AAAA' | 'MX' | 'NS', Expected]>([
    ['www', 'A', { answers: ['www 60 A 192.0.2.1'] }],
    ['www', 'AAAA', { authority: NEGATIVE }],
    ['nope', 'A', { rcode: 'NXDOMAIN', authority: NEGATIVE }],
    ['x.www', 'A', { rcode: 'NXDOMAIN', authority: NEGATIVE }],
    ['down.here', 'A', { authority: NEGATIVE }],
    ['here', 'MX', { authority: NEGATIVE }],
    ['x.here', 'A', { rcode: 'NXDOMAIN', authority: NEGATIVE }],
    ['b', 'A', { rcode: 'NXDOMAIN', authority: NEGATIVE }],
    ['@', 'A', { authority: NEGATIVE }],
    ['@', 'NS', { answers: [`${zone} 300 NS ns`] }],
  ])('%s %s', (name, type, expected) => check(rrsets, name, type, expected));

  it('the negative TTL is the lower of SOA TTL and MINIMUM, either way round', () => {
    const set = ZoneSet.of([buildZone(zoneData([], { soa: { ...soa, ttl: 30, minimum: 900 } }))]);
    expect(askZones(set, { name: `nope.${zone}` }).authorities?.[0]).toMatchObject({ ttl: 30, data: { minimum: 900 } });
  });
});

describe('wildcards (RFC 4592)', () => {
  const rrsets = [
    a('*.w', '192.0.2.2'),
    { name: '*.w', ttl: 60, type: 'TXT', records: ['t'] } as const,
    { name: 'own.w', ttl: 60, type: 'TXT', records: ['t'] } as const,
    a('under.ent.w'),
    a('x.*.star'),
    cname('*.alias', 'ns'),
    cname('*.loop', 'x.loop'),
  ];
  it.each<[string, 'A' | 'AAAA' | 'MX', Expected]>([
    ['any.w', 'A', { answers: ['any.w 60 A 192.0.2.2'] }],
    ['two.labels.w', 'A', { answers: ['two.labels.w 60 A 192.0.2.2'] }],
    ['*.w', 'A', { answers: ['*.w 60 A 192.0.2.2'] }],
    ['any.w', 'MX', { authority: NEGATIVE }],
    ['w', 'A', { authority: NEGATIVE }],
    ['own.w', 'A', { authority: NEGATIVE }],
    ['x.own.w', 'A', { rcode: 'NXDOMAIN', authority: NEGATIVE }],
    ['ent.w', 'A', { authority: NEGATIVE }],
    ['x.ent.w', 'A', { rcode: 'NXDOMAIN', authority: NEGATIVE }],
    ['any.star', 'A', { authority: NEGATIVE }],
    ['x.any.star', 'A', { authority: NEGATIVE }],
    ['any.alias', 'A', { answers: ['any.alias 60 CNAME ns', 'ns 60 A 192.0.2.53'] }],
    ['any.alias', 'MX', { answers: ['any.alias 60 CNAME ns'], authority: NEGATIVE }],
    ['any.loop', 'A', { answers: ['any.loop 60 CNAME x.loop', 'x.loop 60 CNAME x.loop'] }],
  ])('%s %s', (name, type, expected) => check(rrsets, name, type, expected));
});

describe('CNAME', () => {
  const chain = Array.from({ length: 10 }, (_, i) => cname(`c${i}`, `c${i + 1}`));
  const rrsets = [
    cname('one', 'www'),
    a('www'),
    cname('two', 'one'),
    cname('gone', 'nowhere'),
    cname('out', 'www.example.com.'),
    cname('ping', 'pong'),
    cname('pong', 'ping'),
    cname('self', 'self'),
    cname('away', 'x.sub'),
    cname('near', 'XCT.example.org.'),
    { name: 'sub', ttl: 60, type: 'NS', records: ['ns.example.com.'] } as const,
    ...chain,
    a('c10'),
  ];
  it.each<[string, 'A' | 'CNAME' | 'MX' | 'ANY', Expected]>([
    ['one', 'A', { answers: ['one 60 CNAME www', 'www 60 A 192.0.2.1'] }],
    ['two', 'A', { answers: ['two 60 CNAME one', 'one 60 CNAME www', 'www 60 A 192.0.2.1'] }],
    ['two', 'CNAME', { answers: ['two 60 CNAME one'] }],
    ['two', 'ANY', { answers: ['two 60 CNAME one'] }],
    ['two', 'MX', { answers: ['two 60 CNAME one', 'one 60 CNAME www'], authority: NEGATIVE }],
    ['gone', 'A', { rcode: 'NXDOMAIN', answers: ['gone 60 CNAME nowhere'], authority: NEGATIVE }],
    ['out', 'A', { answers: ['out 60 CNAME www.example.com'] }],
    ['near', 'A', { answers: ['near 60 CNAME XCT.example.org'] }],
    ['ping', 'A', { answers: ['ping 60 CNAME pong', 'pong 60 CNAME ping'] }],
    ['self', 'A', { answers: ['self 60 CNAME self'] }],
    ['away', 'A', { answers: ['away 60 CNAME x.sub'], authority: ['sub 60 NS ns.example.com'] }],
    ['c0', 'A', { answers: chain.slice(0, 8).map((_, i) => `c${i} 60 CNAME c${i + 1}`) }],
    ['c3', 'A', { answers: [...chain.slice(3).map((_, i) => `c${i + 3} 60 CNAME c${i + 4}`), 'c10 60 A 192.0.2.1'] }],
  ])('%s %s', (name, type, expected) => check(rrsets, name, type, expected));
});

describe('delegation (RFC 1034 §4.3.2, RFC 9471)', () => {
  const rrsets: RrsetData[] = [
    { name: 'sub', ttl: 60, type: 'NS', records: ['ns.sub', 'ns.other', 'ns.example.com.', 'ns'] },
    a('ns.sub', '192.0.2.10'),
    { name: 'ns.sub', ttl: 60, type: 'AAAA', records: ['2001:db8::10'] },
    { name: 'other', ttl: 60, type: 'NS', records: ['ns.other'] },
    a('ns.other', '192.0.2.11'),
    {
      name: 'sub',
      ttl: 60,
      type: 'DS',
      records: [{ keyTag: 1, algorithm: 8, digestType: 2, digest: 'aa'.repeat(32) }],
    },
    { name: 'at', ttl: 60, type: 'NS', records: ['at'] },
    a('at', '192.0.2.12'),
  ];
  const toSub: Expected = {
    aa: false,
    authority: ['sub 60 NS ns', 'sub 60 NS ns.sub', 'sub 60 NS ns.other', 'sub 60 NS ns.example.com'],
    additional: ['ns.sub 60 A 192.0.2.10', 'ns.sub 60 AAAA 2001:db8::10', 'ns.other 60 A 192.0.2.11'],
  };
  it.each<[string, 'A' | 'AAAA' | 'ANY' | 'DS' | 'NS' | 'SOA', Expected]>([
    ['sub', 'A', toSub],
    ['sub', 'NS', toSub],
    ['sub', 'SOA', toSub],
    ['sub', 'ANY', toSub],
    ['www.sub', 'A', toSub],
    ['deep.down.sub', 'A', toSub],
    ['ns.sub', 'A', toSub],
    ['x.ns.sub', 'DS', toSub],
    ['not-here.sub', 'DS', toSub],
    ['at', 'A', { aa: false, authority: ['at 60 NS at'], additional: ['at 60 A 192.0.2.12'] }],
    ['other', 'DS', { authority: NEGATIVE }],
  ])('%s %s', (name, type, expected) => check(rrsets, name, type, expected));

  it('answers DS at the cut from the parent side', () => {
    const reply = ask(rrsets, { name: `sub.${zone}`, type: 'DS' });
    expect(reply.flag_aa).toBe(true);
    expect(reply.answers).toHaveLength(1);
  });
});

describe('ANY (RFC 8482)', () => {
  const rrsets: RrsetData[] = [a('x'), { name: 'x', ttl: 60, type: 'TXT', records: ['a'.repeat(100)] }, a('deep.ent')];
  it.each<[string, Expected]>([
    ['x', { answers: ['x 60 A 192.0.2.1'] }],
    ['ent', { authority: NEGATIVE }],
    ['nope', { rcode: 'NXDOMAIN', authority: NEGATIVE }],
  ])('%s', (name, expected) => check(rrsets, name, 'ANY', expected));
});
