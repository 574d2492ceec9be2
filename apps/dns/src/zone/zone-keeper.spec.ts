import type { ZoneContents, ZoneNews } from '@lxdm/entities';
import * as fc from 'fast-check';
import { ZoneKeeper } from './zone-keeper';

const apex = { zone: 'ct.example.', nameserver: 'ns.ct.example.', nameserverAddresses: ['192.0.2.53'] };
type Names = ZoneContents['names'];
const at = (name: string, address: string): Names[number] => ({ name, address, family: 4 });
const contents = (serial: number, seq: number, ...names: Names): ZoneContents => ({ serial, seq, names });
const news = (
  serial: number,
  seq: number,
  touched: string[],
  names: Names,
  more: Partial<ZoneNews> = {},
): ZoneNews => ({
  ...contents(serial, seq, ...names),
  bumps: 1,
  touched,
  complete: true,
  ...more,
});

function keeper() {
  const skipped: string[] = [];
  return { skipped, zones: new ZoneKeeper(apex, (names) => skipped.push(...names.map(({ name }) => name))) };
}

it.each<[string, ZoneNews]>([
  ['the feed does not reach back', news(8, 11, [], [], { complete: false })],
  ['the serial was bumped more often than the feed tells', news(9, 11, [], [])],
  ['the serial went back', news(6, 11, [], [])],
  ['the feed went back', news(8, 9, [], [])],
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
  const { zone } = zones.whole(contents(7, 10, at('a', '192.0.2.1')));
  expect(zones.news(news(7, 12, [], [], { bumps: 0 }))).toMatchObject({ how: 'same', seq: 12 });
  expect(zones.whole(contents(7, 13, at('a', '192.0.2.1')))).toMatchObject({ how: 'same', seq: 13 });
  expect(zones.current?.zone).toBe(zone);
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

const name = fc.constantFrom('a', 'b', 'c', 'ns', 'my_ct.x', '*');
const address = fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3');
const steps = fc.array(
  fc.record({ whole: fc.boolean(), touched: fc.array(fc.tuple(name, fc.uniqueArray(address)), { maxLength: 3 }) }),
  { maxLength: 8 },
);

it('ends, whichever way the changes come, with the zone of a process that has just started', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const { zones } = keeper();
      zones.whole(contents(1, 1));
      const state = new Map<string, string[]>();
      given.forEach(({ whole, touched }, index) => {
        for (const [owner, addresses] of touched) state.set(owner, addresses);
        const rows = [...state].flatMap(([owner, addresses]) => addresses.map((text) => at(owner, text)));
        const seen = new Set<string>(touched.map(([owner]) => owner));
        const part = rows.filter((row) => seen.has(row.name));
        const [serial, seq] = [index + 2, index + 2];
        if (whole) zones.whole(contents(serial, seq, ...rows));
        else expect(zones.news(news(serial, seq, [...seen], part))).toBeDefined();
        const { zones: fresh } = keeper();
        fresh.whole(contents(serial, seq, ...rows));
        expect(zones.current?.zone.size).toBe(fresh.current?.zone.size);
        for (const [owner] of state) {
          const key = `${String.fromCharCode(owner.length)}${owner}\x02ct\x07example\0`;
          const answer = (from: ZoneKeeper) =>
            from.current?.zone.lookup(key, 1).answers.map(({ body }) => body.toString('hex'));
          expect(answer(zones)).toEqual(answer(fresh));
        }
        expect(zones.skippedCount).toBe(fresh.skippedCount);
      });
    }),
    { numRuns: 200 },
  );
});

it('serves whatever the rules of the zone let through: the builder refuses nothing of it', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ unit: 'binary', maxLength: 70 }), fc.ipV4(), fc.ipV6())), (found) => {
      const reasons = new Set<string>();
      const zones = new ZoneKeeper(apex, (names) => names.forEach(({ reason }) => reasons.add(reason)));
      zones.whole(
        contents(
          1,
          1,
          ...found.flatMap(([owner, v4, v6]) => [at(owner, v4), { name: owner, address: v6, family: 6 as const }]),
        ),
      );
      for (const reason of reasons) expect(reason).toMatch(/not one label|too long|name server's own/);
    }),
  );
});
