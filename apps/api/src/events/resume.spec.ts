import { beginningOf, lastEventIdOf } from './resume';

it.each([
  // last event, first and last entry, position, reset
  [null, 0, 0, 0, false],
  [null, 5, 90, 90, false],
  [90, 5, 90, 90, false],
  [50, 5, 90, 50, false],
  [4, 5, 90, 4, false],
  [3, 5, 90, 90, true],
  [91, 5, 90, 90, true],
  [0, 0, 0, 0, false],
  [7, 0, 0, 0, true],
  [0, 1, 6_000, 6_000, true],
  [1_000, 1, 6_000, 1_000, false],
] as const)('after %s in %d…%d: position %d, reset %s', (lastEventId, first, last, position, reset) => {
  expect(beginningOf(lastEventId, { first, last })).toEqual({ position, reset });
});

it.each([
  [undefined, undefined, null],
  ['', undefined, null],
  ['17', undefined, 17],
  [undefined, '17', 17],
  ['18', '17', 18],
])('header %j and query %j: %j', (header, query, id) => expect(lastEventIdOf(header, query)).toBe(id));
it.each(['x', '-1', '1.5', '1e3', '9'.repeat(16), ['1', '2']])('%j is refused', (given) =>
  expect(() => lastEventIdOf(undefined, given)).toThrow('no number'),
);
