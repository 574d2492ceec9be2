import { query } from '../test/ask';
import { zoneData } from '../test/sample-zone';
import { Responder } from './responder';
import { RrType } from './rr-type';
import { buildServableZone, buildZone } from './zone-builder';
import { amendZone } from './zone-amendment';
import { HostRrset, LateName, RrsetData } from './zone-data';
import { ZoneSet } from './zone-set';
import { Zone } from './zone';
import { ZoneNode } from './zone-node';

const sets = (name: string): HostRrset[] => [
  { name, type: 'A', ttl: 60, records: ['192.0.2.9', '192.0.2.1'] },
  { name, type: 'AAAA', ttl: 60, records: ['2001:db8::1'] },
  { name, type: 'SSHFP', ttl: 60, records: [{ algorithm: 4, fingerprintType: 2, fingerprint: 'ab'.repeat(32) }] },
];

/** Counts how often its records are made. */
function late(name: string, rrsets = sets(name), likeness = ''): LateName & { made: number } {
  const self = { name, size: rrsets.length, likeness, made: 0, rrsets: () => (self.made++, rrsets) };
  return self;
}

const raw = [
  {
    owner: 'sub.ct.example.org.',
    type: RrType.NS,
    ttl: 60,
    rdata: Buffer.from('\x02h1\x03sub\x02ct\x07example\x03org\0', 'latin1'),
  },
];
const BASE = buildZone(zoneData([])).size;
const names = ['h1', 'H2', 'h1.sub', 'gone.sub', 'x.y'];

it('answers as if the records had been there from the start, delegations and empty non-terminals included', () => {
  const lazy = buildServableZone({ ...zoneData([]), names: names.map((name) => late(name)), raw }).zone;
  const eager = buildServableZone({ ...zoneData(names.flatMap(sets)), raw }).zone;
  const [one, other] = [lazy, eager].map((zone) => {
    const responder = new Responder();
    const zones = ZoneSet.of(zone ? [zone] : []);
    return ['h1', 'h2', 'h1.sub', 'gone.sub', 'x.y', 'y', 'nope'].flatMap((name) =>
      ['A', 'AAAA', 'SSHFP', 'TXT', 'ANY'].map((type) => {
        const packet = query({ name: `${name}.ct.example.org`, type: type as 'A' });
        packet.writeUInt16BE(0);
        return responder.respond(packet, zones, 'udp', '192.0.2.7')?.wire?.toString('hex');
      }),
    );
  });
  expect(one).toEqual(other);
  // What a delegation hides is told where it is known: its records are made for that.
  expect(lazy?.nodes.get('\x04gone\x03sub\x02ct\x07example\x03org\0')?.size).toBe(0);
});

it('makes records when they are first asked for, once, and says before how many there are', () => {
  const [h1, h2] = [late('h1'), late('h2')];
  const zone = buildZone({ ...zoneData([]), names: [h1, h2] });
  expect([zone.size, h1.made, h2.made]).toEqual([BASE + 6, 0, 0]);
  for (let time = 0; time < 3; time++) zone.lookup('\x02h1\x02ct\x07example\x03org\0', RrType.A);
  expect([zone.size, h1.made, h2.made]).toEqual([BASE + 6, 1, 0]);
});

it('stands beside other records of its name, whichever come first', () => {
  const own: RrsetData = { name: 'h1', type: 'A', ttl: 30, records: ['192.0.2.5'] };
  const text = { owner: 'h1.ct.example.org.', type: RrType.TXT, ttl: 60, rdata: Buffer.from('\x01x') };
  const { zone, problems } = buildServableZone({ ...zoneData([own]), names: [late('h1'), late('h1')], raw: [text] });
  const { rrsets } = zone?.nodes.get('\x02h1\x02ct\x07example\x03org\0') ?? {};
  expect(problems).toEqual([]);
  expect(rrsets?.get(RrType.A)?.rdatas.map((rdata) => rdata[3])).toEqual([1, 5, 9]);
  expect([rrsets?.get(RrType.A)?.ttl, rrsets?.get(RrType.TXT)?.count, rrsets?.size]).toEqual([30, 1, 4]);
});

it('wins over a CNAME beside it', () => {
  const cname = { owner: 'h1.ct.example.org.', type: RrType.CNAME, ttl: 60, rdata: Buffer.from([0]) };
  const { zone, problems } = buildServableZone({ ...zoneData([]), names: [late('h1')], raw: [cname] });
  expect(problems.map(({ code }) => code)).toEqual(['cname-beside-others']);
  expect(zone?.nodes.get('\x02h1\x02ct\x07example\x03org\0')?.rrsets.has(RrType.CNAME)).toBe(false);
});

it.each([
  ['a bad name', 'a..b', 'bad-name'],
  ['a name outside the zone', 'h1.example.com.', 'outside-zone'],
])('leaves out %s, and says so', (_what, name, code) => {
  const { zone, problems } = buildServableZone({ ...zoneData([]), names: [late(name), late('h2')] });
  expect([zone?.size, ...problems.map((problem) => problem.code)]).toEqual([BASE + 3, code]);
});

it('leaves out what cannot be served after all, with a warning of the process', () => {
  const bad: HostRrset = { name: 'h1', type: 'A', ttl: 60, records: ['nonsense', '192.0.2.1'] };
  const zone = buildZone({ ...zoneData([]), names: [late('h1', [bad])] });
  const warn = jest.spyOn(process, 'emitWarning').mockImplementation();
  expect(zone.nodes.get('\x02h1\x02ct\x07example\x03org\0')?.rrsets.get(RrType.A)?.count).toBe(1);
  expect(warn.mock.calls).toEqual([['h1.ct.example.org. A is not served: "nonsense" is no IPv4 address']]);
  warn.mockRestore();
});

/** The names that are not the same, but for the top. */
function changed(one: Zone, other: Zone): string[] {
  const differs = ([key, node]: [string, ZoneNode]) => !other.nodes.get(key)?.equals(node);
  return [...one.nodes]
    .filter(differs)
    .map(([, { owner }]) => owner.toString().split('.')[0] ?? '')
    .filter((label) => label !== 'ct');
}

describe('the next version', () => {
  const before = buildZone({ ...zoneData([]), names: [late('h1', sets('h1'), 'a'), late('h2', sets('h2'), 'b')] });

  it('is the same where all names are alike, without making anything', () => {
    const again = [late('h1', sets('h1'), 'a'), late('h2', sets('h2'), 'b')];
    const first = buildZone({ ...zoneData([]), names: again });
    const second = [late('h1', sets('h1'), 'a'), late('h2', sets('h2'), 'b')];
    expect(buildServableZone({ ...zoneData([]), names: second }, first).zone).toBe(first);
    expect([...again, ...second].map(({ made }) => made)).toEqual([0, 0, 0, 0]);
  });

  it('is the same where names say the same in other words', () => {
    const names = [late('h1', sets('h1'), 'c'), late('h2', sets('h2'), 'd')];
    expect(buildServableZone({ ...zoneData([]), names }, before).zone).toBe(before);
  });

  it('differs in what a name says otherwise', () => {
    const other: HostRrset[] = [{ name: 'h1', type: 'A', ttl: 60, records: ['192.0.2.77'] }];
    const data = zoneData([]);
    const soa = data.soa && { ...data.soa, serial: data.soa.serial + 1 };
    const zone = buildZone({ ...data, soa, names: [late('h1', other, 'x'), late('h2', sets('h2'), 'b')] });
    const taken = buildServableZone(
      { ...data, soa, names: [late('h1', other, 'x'), late('h2', sets('h2'), 'b')] },
      before,
    ).zone;
    expect(taken).not.toBe(before);
    expect(changed(before, zone)).toEqual(['h1']);
    expect(changed(before, taken as Zone)).toEqual(['h1']);
  });

  it('counts what an amendment puts in place of a name whose records nobody wanted', () => {
    const data = zoneData([]);
    if (!data.soa) throw new Error('no SOA');
    const rrsets: RrsetData[] = [{ name: 'h2', type: 'A', ttl: 60, records: ['192.0.2.77'] }];
    const { zone } = amendZone(before, { soa: data.soa, names: ['h1', 'h2'], rrsets });
    expect(zone?.size).toBe(BASE + 1);
  });
});
