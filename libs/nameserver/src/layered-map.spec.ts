import * as fc from 'fast-check';
import { LayeredMap } from './layered-map';

const step = fc.record({ key: fc.integer({ min: 0, max: 700 }), value: fc.option(fc.integer({ min: 1, max: 9 })) });

/** All that can be seen of a map, in an order of its own. */
function contents(map: ReadonlyMap<string, number>): unknown {
  const seen: [string, number][] = [];
  map.forEach((value, key) => seen.push([key, value]));
  expect([...map]).toEqual(seen);
  expect([...map.keys()].map((key) => [key, map.get(key)])).toEqual(seen);
  expect([...map.values()]).toEqual(seen.map(([, value]) => value));
  return { size: map.size, seen: seen.sort(([a], [b]) => (a < b ? -1 : 1)) };
}

it('holds what a map holds, version after version, and leaves the versions before as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 200 }), { minLength: 1, maxLength: 5 }), (versions) => {
      const whole = new Map(Array.from({ length: 300 }, (_, index) => [String(2 * index), 0] as const));
      const wanted = new Map<string, number>(whole);
      let map: ReadonlyMap<string, number> = whole;
      for (const steps of versions) {
        const before = { map, told: contents(map) };
        const after = LayeredMap.after(map);
        for (const { key, value } of steps) {
          const name = String(key);
          if (value === null) expect(after.delete(name)).toBe(wanted.delete(name));
          else expect(after.set(name, value).get(name)).toBe(wanted.set(name, value).get(name));
          expect(after.has(name)).toBe(wanted.has(name));
        }
        expect(contents(after)).toEqual(contents(wanted));
        expect(contents(before.map)).toEqual(before.told);
        map = after;
      }
    }),
    { numRuns: 20 },
  );
});
