import * as fc from 'fast-check';
import { Zone } from './zone';
import { amendZone } from './zone-amendment';
import { buildServableZone, buildZone } from './zone-builder';
import { RrsetData, SoaData } from './zone-data';

const soa: SoaData = {
  mname: 'ns.example.',
  rname: 'hostmaster.example.',
  serial: 1,
  refresh: 3600,
  retry: 600,
  expire: 1209600,
  minimum: 60,
  ttl: 3600,
};
const base = { origin: 'ct.example.', soa, ns: ['ns.example.'] };
const a = (name: string, ...records: string[]): RrsetData => ({ name, type: 'A', ttl: 60, records });

const delegation: RrsetData[] = [
  { name: 'sub', type: 'NS', ttl: 60, records: ['ns.sub', 'ns.elsewhere.'] },
  a('ns.sub', '192.0.2.53'),
];

/** Everything that lookups can see of a zone. */
function contents(zone: Zone | undefined): Record<string, unknown> {
  const entries = [...(zone?.nodes ?? [])].map(([key, node]) => [
    key,
    [...node.rrsets.values()].map(({ type, body }) => `${type} ${body.toString('hex')}`).sort(),
  ]);
  return { serial: zone?.serial, nodes: Object.fromEntries(entries) };
}

const names = ['a', 'b', 'x.a', 'y.x.a', 'z.y.x.a', 'q.b', '*.b', 'A'];
const change = fc.record({
  name: fc.constantFrom(...names),
  records: fc.array(fc.constantFrom('192.0.2.1', '192.0.2.2', 'not an address'), { maxLength: 2 }),
  cname: fc.boolean(),
});

it('is what building the whole zone would give, whatever the changes', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { maxLength: 3 }), { maxLength: 6 }), (steps) => {
      const wanted = new Map<string, RrsetData[]>();
      let zone: Zone | undefined = buildZone({ ...base, rrsets: delegation });
      steps.forEach((step, index) => {
        const touched = new Set<string>();
        for (const { name, records, cname } of step) {
          const key = name.toLowerCase();
          touched.add(key);
          const rrsets: RrsetData[] = [];
          if (records.length > 0) rrsets.push(a(name, ...records));
          if (cname) rrsets.push({ name, type: 'CNAME', ttl: 60, records: ['elsewhere.example.'] });
          wanted.set(key, rrsets);
        }
        const next = { ...soa, serial: index + 2 };
        const rrsets = [...touched].flatMap((name) => wanted.get(name) ?? []);
        zone = zone && amendZone(zone, { soa: next, names: [...touched], rrsets }).zone;
        const all = [...delegation, ...[...wanted.values()].flat()];
        const whole = buildServableZone({ ...base, soa: next, rrsets: all }).zone;
        expect(contents(zone)).toEqual(contents(whole));
      });
    }),
    { numRuns: 300 },
  );
});

it('leaves the zone that it was made from as it was', () => {
  const before = buildZone({ ...base, rrsets: [a('web1', '192.0.2.1'), a('x.y', '192.0.2.2')] });
  const told = contents(before);
  amendZone(before, { soa: { ...soa, serial: 2 }, names: ['web1', 'x.y', 'new'], rrsets: [a('new', '192.0.2.3')] });
  expect(contents(before)).toEqual(told);
});

it('tells what it leaves out and serves the rest', () => {
  const before = buildZone({ ...base, rrsets: [] });
  const { zone, problems } = amendZone(before, {
    soa,
    names: ['good', 'bad', 'a..b'],
    rrsets: [a('good', '192.0.2.1'), a('bad', 'x')],
  });
  expect(problems.map(({ code }) => code)).toEqual(['bad-rdata', 'bad-name']);
  expect(zone?.size).toBe(3);
});

it.each<[string, RrsetData[], string[], RrsetData[]]>([
  ['a new delegation', [], ['sub'], [{ name: 'sub', type: 'NS', ttl: 60, records: ['ns.elsewhere.'] }]],
  ['the apex', [], ['@'], [a('@', '192.0.2.1')]],
  ['the loss of the apex', [], ['@'], []],
  ['the loss of a delegation', delegation, ['sub'], []],
  ['what stands at a delegation', delegation, ['sub'], [a('sub', '192.0.2.1')]],
  ['glue', delegation, ['ns.sub'], [a('ns.sub', '192.0.2.1')]],
  ['a name below a delegation that has no node', delegation, ['x.y.sub'], [a('x.y.sub', '192.0.2.1')]],
])('asks for a whole build on %s', (_what, rrsets, touched, records) => {
  expect(amendZone(buildZone({ ...base, rrsets }), { soa, names: touched, rrsets: records }).zone).toBeUndefined();
});

it('takes octets beside RRsets, into the same sets', () => {
  const before = buildZone({ ...base, rrsets: [a('x', '192.0.2.1')] });
  const raw = [{ owner: 'x.ct.example.', type: 1, ttl: 30, rdata: Uint8Array.of(192, 0, 2, 2) }];
  const { zone } = amendZone(before, { soa, names: ['x'], rrsets: [a('x', '192.0.2.1')], raw });
  const both = buildZone({ ...base, rrsets: [{ name: 'x', type: 'A', ttl: 30, records: ['192.0.2.1', '192.0.2.2'] }] });
  expect(contents(zone)).toEqual(contents(both));
});

it('does not take an SOA that cannot be served', () => {
  const { zone, problems } = amendZone(buildZone({ ...base, rrsets: [] }), {
    soa: { ...soa, serial: -1 },
    names: [],
    rrsets: [],
  });
  expect(zone).toBeUndefined();
  expect(problems).toMatchObject([{ code: 'bad-soa' }]);
});
