import { ask, lines } from '../test/ask';
import { soa, zoneData } from '../test/sample-zone';
import { amendZone } from './zone-amendment';
import { buildServableZone, buildZone } from './zone-builder';
import { RrsetData } from './zone-data';

const zone = 'ct.example.org';
const a = (name: string): RrsetData => ({ name, ttl: 60, type: 'A', records: ['192.0.2.1'] });
const txt = (name: string): RrsetData => ({ name, ttl: 60, type: 'TXT', records: ['t'] });

/** The example of RFC 4592 §2.2.1, with the sample's zone in the place of "example.". */
const example: RrsetData[] = [
  txt('*'),
  { name: '*', ttl: 60, type: 'MX', records: [{ preference: 10, exchange: 'host1' }] },
  txt('sub.*'),
  a('host1'),
  { name: '_ssh._tcp.host1', ttl: 60, type: 'SRV', records: [{ priority: 0, weight: 0, port: 22, target: 'host1' }] },
  { name: '_ssh._tcp.host2', ttl: 60, type: 'SRV', records: [{ priority: 0, weight: 0, port: 22, target: 'host2' }] },
  { name: 'subdel', ttl: 60, type: 'NS', records: ['ns.example.com.'] },
];

type Found = 'its own' | 'synthesised' | 'NODATA' | 'NXDOMAIN' | 'a referral';

/** What became of a question, in a word. */
function found(rrsets: readonly RrsetData[], name: string, type: 'A' | 'MX' | 'SRV' | 'TXT'): Found {
  const reply = ask(rrsets, { name: `${name}.${zone}`, type });
  if (reply.rcode === 'NXDOMAIN') return 'NXDOMAIN';
  if (!reply.flag_aa) return 'a referral';
  const [answer] = reply.answers ?? [];
  if (!answer) return 'NODATA';
  // Whatever it was made from, the owner is the name asked for (RFC 4592 §3.3.1).
  expect(answer.name).toBe(`${name}.${zone}`);
  return rrsets.some((rrset) => rrset.name === name) ? 'its own' : 'synthesised';
}

describe('the example of RFC 4592 §2.2.1', () => {
  it.each<[string, 'A' | 'MX' | 'SRV' | 'TXT', Found]>([
    ['host3', 'MX', 'synthesised'],
    ['host3', 'A', 'NODATA'],
    ['foo.bar', 'TXT', 'synthesised'],
    ['host1', 'MX', 'NODATA'],
    ['sub.*', 'MX', 'NODATA'],
    ['_telnet._tcp.host1', 'SRV', 'NXDOMAIN'],
    ['host.subdel', 'A', 'a referral'],
    ['ghost.*', 'MX', 'NXDOMAIN'],
    // And what follows from its tree.
    ['*', 'TXT', 'its own'],
    ['sub.*', 'TXT', 'its own'],
    ['_tcp.host1', 'TXT', 'NODATA'],
    ['host2', 'TXT', 'NODATA'],
    ['_tcp.host2', 'SRV', 'NODATA'],
    ['_ssh._tcp.host2', 'TXT', 'NODATA'],
    ['x._ssh._tcp.host2', 'SRV', 'NXDOMAIN'],
    ['*.host1', 'TXT', 'NXDOMAIN'],
    ['*.bar', 'TXT', 'synthesised'],
    ['*.sub.*', 'TXT', 'NXDOMAIN'],
    ['subdel', 'MX', 'a referral'],
    ['*.subdel', 'TXT', 'a referral'],
  ])('%s %s is %s', (name, type, expected) => expect(found(example, name, type)).toBe(expected));
});

describe('a wildcard below a wildcard', () => {
  const rrsets = [txt('*'), txt('*.*'), txt('*.*.*.deep')];
  it.each<[string, Found]>([
    ['x', 'synthesised'],
    ['x.y', 'synthesised'],
    ['*', 'its own'],
    ['x.*', 'synthesised'],
    ['x.y.*', 'synthesised'],
    ['*.*', 'its own'],
    ['x.*.*', 'NXDOMAIN'],
    ['deep', 'NODATA'],
    ['x.deep', 'NODATA'],
    ['x.y.z.deep', 'NODATA'],
    ['*.deep', 'NODATA'],
    ['x.*.deep', 'NODATA'],
    ['x.*.*.deep', 'synthesised'],
    ['x.y.*.*.deep', 'synthesised'],
  ])('%s is %s', (name, expected) => expect(found(rrsets, name, 'TXT')).toBe(expected));
});

describe('an exact name beats a wildcard', () => {
  it.each<[string, readonly RrsetData[], Found]>([
    ['with the type asked for', [a('*'), a('web')], 'its own'],
    ['without it', [a('*'), txt('web')], 'NODATA'],
    ['as an empty non-terminal', [a('*'), txt('_acme-challenge.web')], 'NODATA'],
    ['as a delegation', [a('*'), { name: 'web', ttl: 60, type: 'NS', records: ['ns.example.com.'] }], 'a referral'],
    ['and without it the wildcard answers', [a('*'), txt('webs')], 'synthesised'],
  ])('%s', (_what, rrsets, expected) => expect(found(rrsets, 'web', 'A')).toBe(expected));

  it('also when it comes and goes by amendment', () => {
    const wild = buildZone(zoneData([a('*')]));
    const type = 1;
    const key = '\x03web\x02ct\x07example\x03org\x00';
    const owners = (of: typeof wild): string[] => of.lookup(key, type).answers.map(({ owner }) => owner.toString());
    const { zone: come } = amendZone(wild, { soa, names: ['web'], rrsets: [txt('_acme-challenge.web')] });
    const { zone: gone } = amendZone(come ?? wild, { soa, names: ['_acme-challenge.web'], rrsets: [] });
    expect([wild, come, gone].map((of) => of && owners(of))).toEqual([[`*.${zone}.`], [], [`*.${zone}.`]]);
  });
});

describe('what a wildcard may not be', () => {
  it('a delegation: it is left out, and what is beside it stays', () => {
    const { zone: built, problems } = buildServableZone(
      zoneData([{ name: '*.w', ttl: 60, type: 'NS', records: ['ns.example.com.'] }, txt('*.w')]),
    );
    expect(problems.map(({ code }) => code)).toEqual(['wildcard-delegation']);
    expect(built?.lookup('\x01x\x01w\x02ct\x07example\x03org\x00', 16).answers).toHaveLength(1);
  });

  it('a label that merely begins with an asterisk', () => {
    const rrsets = [txt('*x.w'), txt('y*.w')];
    expect(lines(ask(rrsets, { name: `*x.w.${zone}`, type: 'TXT' }).answers)).toHaveLength(1);
    expect(found(rrsets, 'z.w', 'TXT')).toBe('NXDOMAIN');
  });
});
