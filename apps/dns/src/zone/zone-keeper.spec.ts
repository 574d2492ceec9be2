import type { ZonesContents, ZonesNews } from '@lxdm/entities';
import { Name } from '@lxdm/nameserver';
import * as fc from 'fast-check';
import { ZoneKeeper } from './zone-keeper';

const FORWARD = 'ct.example.';
const REVERSE = '2.0.192.in-addr.arpa.';
const apex = { zone: FORWARD, nameserver: 'ns.ct.example.', nameserverAddresses: ['192.0.2.53'] };
type Names = ZonesContents['containers'];
const at = (name: string, ...addresses: string[]): Names[number] => ({
  name,
  addresses: addresses.join(' '),
  hostKeys: '',
});
const contents = (serial: number, seq: number, ...containers: Names): ZonesContents => ({
  zones: [
    { name: FORWARD, kind: 'forward', cidr: null, serial, dnssec: false },
    { name: REVERSE, kind: 'reverse', cidr: '192.0.2.0/24', serial, dnssec: false },
  ],
  seq,
  journal: seq,
  bumpedAt: seq,
  wildcard: false,
  containers,
  records: [],
  zoneKeys: [],
  tsigKeys: [],
  secondaries: [],
});
const news = (
  serial: number,
  seq: number,
  touched: string[],
  names: Names,
  more: Partial<ZonesNews> = {},
): ZonesNews => ({
  ...contents(serial, seq, ...names),
  bumps: 1,
  touched: touched.map((name) => `${name}.${FORWARD}`),
  complete: true,
  ...more,
});

function keeper() {
  const skipped: string[] = [];
  return { skipped, zones: new ZoneKeeper(apex, (names) => skipped.push(...names.map(({ name }) => name))) };
}

it.each<[string, ZonesNews]>([
  ['the journal does not reach back', news(8, 11, [], [], { complete: false })],
  ['the serial was bumped more often than the journal tells', news(9, 11, [], [])],
  ['the serial went back', news(6, 11, [], [])],
  ['the feed went back', news(8, 9, [], [])],
  ['the wildcard, which changes what others answer, was touched', news(8, 11, ['*'], [])],
  ['there is another zone', news(8, 11, [], [], { zones: contents(8, 11).zones.slice(0, 1) })],
  [
    "another zone's serial is not the same",
    news(8, 11, [], [], { zones: [...contents(8, 11).zones.slice(0, 1), ...contents(9, 11).zones.slice(1)] }),
  ],
])('asks for a whole load when %s', (_what, given) => {
  const { zones } = keeper();
  const before = zones.whole(contents(7, 10, at('a', '192.0.2.1')));
  expect(zones.news(given)).toBeUndefined();
  expect(zones.current).toBe(before);
});

it('has nothing to amend before the first load', () => {
  expect(keeper().zones.news(news(2, 1, [], []))).toBeUndefined();
});

it('follows the serial over its end', () => {
  const { zones } = keeper();
  zones.whole(contents(4294967295, 10));
  expect(zones.news(news(0, 11, ['a'], [at('a', '192.0.2.1')]))).toMatchObject({ serial: 0, how: 'amended' });
});

it('keeps the zone itself when nothing in it has changed', () => {
  const { zones } = keeper();
  const { built } = zones.whole(contents(7, 10, at('a', '192.0.2.1')));
  expect(zones.news(news(7, 12, [], [], { bumps: 0 }))).toMatchObject({ how: 'same', seq: 12 });
  expect(zones.whole(contents(7, 13, at('a', '192.0.2.1')))).toMatchObject({ how: 'same', seq: 13 });
  expect([...(zones.current?.built ?? [])]).toEqual([...built]);
  expect(zones.current?.built.get(FORWARD)).toBe(built.get(FORWARD));
});

it('tells of a name that cannot be served once, counts it while it is there, and tells again when it comes back', () => {
  const { zones, skipped } = keeper();
  const odd = at('my_ct.x', '192.0.2.2');
  zones.whole(contents(1, 1, odd));
  zones.whole(contents(1, 2, odd));
  zones.news(news(2, 3, ['my_ct.x'], [odd]));
  expect(skipped).toEqual(['my_ct.x']);
  expect(zones.skippedCount).toBe(1);
  zones.news(news(3, 4, ['my_ct.x'], []));
  expect(zones.skippedCount).toBe(0);
  zones.news(news(4, 5, ['my_ct.x'], [odd]));
  expect(skipped).toEqual(['my_ct.x', 'my_ct.x']);
});

const name = fc.constantFrom<string[]>('a', 'b', 'c', 'ns', 'my_ct.x', 'back\\slash', 'A b');
const address = fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3');
const steps = fc.array(
  fc.record({ whole: fc.boolean(), touched: fc.array(fc.tuple(name, fc.uniqueArray(address)), { maxLength: 3 }) }),
  { maxLength: 8 },
);

/** Everything that lookups can see. */
function told(from: ZoneKeeper): Record<string, string[]> {
  const entries = [...(from.current?.built ?? [])].flatMap(([origin, { nodes }]) =>
    [...nodes.values()].map(({ owner, rrsets }): [string, string[]] => [
      `${origin} ${owner.toString()}`,
      [...rrsets.values()]
        .map(
          ({ type, ttl, rdatas }) =>
            `${type} ${ttl} ${rdatas
              .map((rdata) => rdata.toString('hex'))
              .sort()
              .join(' ')}`,
        )
        .sort(),
    ]),
  );
  return Object.fromEntries(entries);
}

it('ends, whichever way the changes come, with the zones of a process that has just started', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { zones } = keeper();
      zones.whole(contents(1, 1));
      const state = new Map<string, string[]>();
      given.forEach(({ whole, touched }, index) => {
        for (const [owner, addresses] of touched) state.set(owner, addresses);
        const all = [...state].map(([owner, addresses]) => at(owner, ...addresses));
        const names = new Set(touched.map(([owner]) => owner));
        const [serial, seq] = [index + 2, index + 2];
        if (whole) zones.whole(contents(serial, seq, ...all));
        else {
          const owners = [...names].map((owner) => `${owner}.${FORWARD}`);
          const own = all.filter((container) => names.has(container.name));
          const further = zones.further(owners, own);
          const shared = all.filter(
            ({ name: owner, addresses }) =>
              !names.has(owner) && addresses.split(' ').some((address) => further.addresses.includes(address)),
          );
          const part = news(serial, seq, [], [...own, ...shared], { touched: [...owners, ...further.owners] });
          expect(zones.news(part)).toBeDefined();
        }
        const { zones: fresh } = keeper();
        fresh.whole(contents(serial, seq, ...all));
        expect(told(zones)).toEqual(told(fresh));
        expect(zones.skippedCount).toBe(fresh.skippedCount);
      });
    }),
    { numRuns: 200 },
  );
});

it('moves the pointer of an address with its container, and takes it away with the container', () => {
  const { zones } = keeper();
  const pointer = () =>
    zones.current?.built
      .get(REVERSE)
      ?.nodes.get(Name.parse(`7.${REVERSE}`).key)
      ?.rrsets.get(12)
      ?.rdatas[0]?.toString('latin1');
  zones.whole(contents(1, 1, at('a', '192.0.2.7')));
  expect(pointer()).toContain('\x01a\x02ct');
  const moved = [at('a', '192.0.2.8'), at('b', '192.0.2.7')];
  const further = zones.further([`a.${FORWARD}`, `b.${FORWARD}`], moved);
  expect(further.owners.toSorted()).toEqual([`7.${REVERSE}`, `7.${REVERSE}`, `8.${REVERSE}`]);
  zones.news(news(2, 2, [], moved, { touched: [`a.${FORWARD}`, `b.${FORWARD}`, ...further.owners] }));
  expect(pointer()).toContain('\x01b\x02ct');
  const gone = zones.further([`b.${FORWARD}`], []);
  zones.news(news(3, 3, [], [], { touched: [`b.${FORWARD}`, ...gone.owners] }));
  expect(pointer()).toBeUndefined();
});

it('serves whatever the rules of the zone let through: the builder refuses nothing of it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 70 }), fc.ipV4(), fc.ipV6())), (found) => {
      const reasons = new Set<string>();
      const zones = new ZoneKeeper(apex, (names) => names.forEach(({ reason }) => reasons.add(reason)));
      zones.whole(contents(1, 1, ...found.map(([owner, v4, v6]) => at(owner, v4, v6))));
      for (const reason of reasons) expect(reason).toMatch(/not one label|too long|name server's own/);
    }),
  );
});
