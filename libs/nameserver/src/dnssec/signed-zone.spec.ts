import { parts, RoleKey, signedZone } from '../../test/signing';
import { zoneData } from '../../test/sample-zone';
import { Additional, Answer } from '../answer';
import { Name } from '../name';
import { Rcode, rcodeName } from '../rcode';
import { RdataReader } from '../records/rdata-reader';
import { RrType, typeName } from '../rr-type';
import { Rrset } from '../rrset';
import { buildZone } from '../zone-builder';
import { RrsetData, ZoneData } from '../zone-data';
import { SignedZone } from './signed-zone';
import { signZone } from './zone-signer';

const address = (name: string, last = 1): RrsetData => ({ name, type: 'A', ttl: 60, records: [`192.0.2.${last}`] });
const data: ZoneData = zoneData([
  address('a'),
  address('x.ent'),
  { name: '*.wild', type: 'TXT', ttl: 60, records: ['any'] },
  address('real.wild'),
  { name: 'alias', type: 'CNAME', ttl: 60, records: ['a'] },
  { name: 'dead', type: 'CNAME', ttl: 60, records: ['nowhere'] },
  { name: 'out', type: 'CNAME', ttl: 60, records: ['elsewhere.example.'] },
  { name: 'sub', type: 'NS', ttl: 60, records: ['ns.sub'] },
  address('ns.sub'),
  { name: 'safe', type: 'NS', ttl: 60, records: ['ns.elsewhere.example.'] },
  {
    name: 'safe',
    type: 'DS',
    ttl: 60,
    records: [{ keyTag: 1, algorithm: 13, digestType: 2, digest: 'ab'.repeat(32) }],
  },
]);
const origin = Name.parse('ct.example.org.');
const key = (name: string): string => Name.parse(name, origin).key;
const short = (owner: Name): string => owner.toString().replace(/\.?ct\.example\.org\.$/, '') || '@';

function told(rrset: Rrset): string {
  const [rdata] = rrset.rdatas;
  const type = rrset.type === RrType.RRSIG ? `SIG(${typeName(rdata?.readUInt16BE(0) ?? 0)})` : typeName(rrset.type);
  return `${short(rrset.owner)} ${type}`;
}

/** The owners of the NSEC records of a proof; each must have its signature beside it. */
function proofOwner({ body, count }: Additional): string {
  const owner = new RdataReader(body).name();
  expect(body.readUInt16BE(owner.wire.length)).toBe(RrType.NSEC);
  expect(count).toBe(2);
  return short(owner);
}

const summary = ({ rcode, answers, authority, proofs }: Answer) =>
  [
    rcodeName(rcode),
    answers.map(told).join(', '),
    authority.map(told).join(', '),
    proofs.map(proofOwner).join(', '),
  ].join(' | ');

const denial = '@ SOA, @ SIG(SOA)';
let zone: SignedZone;
beforeAll(async () => {
  zone = await signedZone(data);
});

it.each<[string, string, string]>([
  ['a', 'A', 'NOERROR | a A, a SIG(A) |  | '],
  ['a', 'TXT', `NOERROR |  | ${denial} | a`],
  ['a', 'ANY', 'NOERROR | a A, a SIG(A) |  | '],
  ['a', 'RRSIG', 'NOERROR | a SIG(A) |  | '],
  ['a', 'NSEC', 'NOERROR | a NSEC, a SIG(NSEC) |  | '],
  ['@', 'DNSKEY', 'NOERROR | @ DNSKEY, @ SIG(DNSKEY) |  | '],
  ['@', 'CDS', 'NOERROR | @ CDS, @ SIG(CDS) |  | '],
  ['@', 'CDNSKEY', 'NOERROR | @ CDNSKEY, @ SIG(CDNSKEY) |  | '],
  ['@', 'SOA', 'NOERROR | @ SOA, @ SIG(SOA) |  | '],
  ['@', 'DS', `NOERROR |  | ${denial} | @`],
  ['b', 'A', `NXDOMAIN |  | ${denial} | alias, @`],
  ['0', 'A', `NXDOMAIN |  | ${denial} | @`],
  ['deep.b.a', 'A', `NXDOMAIN |  | ${denial} | a`],
  ['ent', 'A', `NOERROR |  | ${denial} | dead`],
  ['y.ent', 'A', `NXDOMAIN |  | ${denial} | x.ent, dead`],
  ['foo.wild', 'TXT', 'NOERROR | *.wild TXT, *.wild SIG(TXT) |  | *.wild'],
  ['zoo.wild', 'TXT', 'NOERROR | *.wild TXT, *.wild SIG(TXT) |  | real.wild'],
  ['zoo.wild', 'A', `NOERROR |  | ${denial} | real.wild, *.wild`],
  ['alias', 'A', 'NOERROR | alias CNAME, alias SIG(CNAME), a A, a SIG(A) |  | '],
  ['alias', 'MX', `NOERROR | alias CNAME, alias SIG(CNAME) | ${denial} | a`],
  ['alias', 'NSEC', 'NOERROR | alias NSEC, alias SIG(NSEC) |  | '],
  ['dead', 'A', `NXDOMAIN | dead CNAME, dead SIG(CNAME) | ${denial} | x.ent, @`],
  ['out', 'A', 'NOERROR | out CNAME, out SIG(CNAME) |  | '],
  ['www.sub', 'A', 'NOERROR |  | sub NS | sub'],
  ['sub', 'DS', `NOERROR |  | ${denial} | sub`],
  ['www.safe', 'A', 'NOERROR |  | safe NS, safe DS, safe SIG(DS) | '],
  ['safe', 'DS', 'NOERROR | safe DS, safe SIG(DS) |  | '],
])('answers %s %s with what proves it', (name, type, expected) => {
  const code = RrType[type as keyof typeof RrType];
  expect(summary(zone.lookup(key(name), code, true))).toBe(expected);
});

it('answers those who do not ask for signatures as before', () => {
  const bare = buildZone(data);
  for (const name of ['@', 'a', 'b', 'ent', 'y.ent', 'foo.wild', 'alias', 'dead', 'out', 'sub', 'www.sub', 'safe']) {
    for (const type of [RrType.A, RrType.TXT, RrType.MX, RrType.NS, RrType.DS]) {
      expect(summary(zone.lookup(key(name), type))).toBe(summary(bare.lookup(key(name), type)));
    }
  }
  expect(zone.lookup(key('a'), RrType.ANY).answers.map(told)).toEqual(['a A']);
});

it('signs neither what the parent side of a delegation does not own nor tells of it', () => {
  const sub = zone.nodes.get(key('sub'));
  expect(sub?.signatures(RrType.NS)).toBeUndefined();
  expect(zone.nodes.get(key('ns.sub'))?.rrsets.size).toBe(1);
  expect(zone.nodes.get(key('ent'))?.rrsets.size).toBe(0);
});

describe('the next version', () => {
  const given = parts([new RoleKey().as('active')]);
  const version = (serial: number, more: readonly RrsetData[]) =>
    buildZone({
      ...data,
      soa: { ...(data.soa as NonNullable<ZoneData['soa']>), serial },
      rrsets: [...data.rrsets, ...more],
    });

  it.each<[string, readonly RrsetData[], readonly RrsetData[], number]>([
    ['nothing but the serial', [], [], 1],
    ['another address', [address('new', 1)], [address('new', 2)], 2],
    ['a new name: its RRset, its NSEC and the one before it', [], [address('new')], 4],
    ['a name that is gone: the NSEC before it', [address('new')], [], 2],
    [
      'a new type at a name: its RRset and the NSEC',
      [address('new')],
      [address('new'), { name: 'new', type: 'TXT', ttl: 60, records: ['x'] }],
      3,
    ],
    ['an empty non-terminal more', [], [address('x.y.z')], 4],
  ])('costs what it changes: %s', async (_what, before, after, made) => {
    const first = await signZone(version(1, before), given);
    const second = await signZone(version(2, after), given, first.zone);
    expect(second.made).toBe(made);
    const afresh = await signZone(version(2, after), given);
    expect([...second.zone.nodes.keys()].sort()).toEqual([...afresh.zone.nodes.keys()].sort());
    for (const [name, node] of afresh.zone.nodes) {
      const kept = second.zone.nodes.get(name);
      expect([...(kept?.rrsets.keys() ?? [])].sort()).toEqual([...node.rrsets.keys()].sort());
      expect(kept?.rrsets.get(RrType.NSEC)?.body).toEqual(node.rrsets.get(RrType.NSEC)?.body);
    }
  });

  it('signs the keys anew, and nothing else, when a key stands by', async () => {
    const active = given.keys;
    const first = await signZone(version(1, []), given);
    const keys = [...active, new RoleKey().as('standby')];
    const second = await signZone(version(1, []), { ...given, keys }, first.zone);
    // DNSKEY, CDS and CDNSKEY, by each of the two.
    expect(second.made).toBe(6);
  });

  it('is signed whole when the active key or the window is another', async () => {
    const first = await signZone(version(1, []), given);
    const afresh = first.made;
    const other = { ...given, keys: [new RoleKey().as('active')] };
    expect((await signZone(version(1, []), other, first.zone)).made).toBe(afresh);
    const later = { ...parts(given.keys, 3_600) };
    expect((await signZone(version(1, []), later, first.zone)).made).toBe(afresh);
  });
});

it('is not made without an active key', async () => {
  await expect(signZone(buildZone(data), parts([new RoleKey().as('standby')]))).rejects.toThrow(RangeError);
});

it('has denials that live as long as the SOA lets them', () => {
  expect(zone.nodes.get(key('a'))?.rrsets.get(RrType.NSEC)?.ttl).toBe(60);
  expect(zone.lookup(key('b'), RrType.A, true).rcode).toBe(Rcode.NXDOMAIN);
});
