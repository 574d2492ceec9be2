import { bodyFault } from './json-body';

const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });

it.each([{}, { a: 1 }, { a: { b: [1, { c: 'x' }] } }, nested(16)])('%j is a body', (body) =>
  expect(bodyFault(body)).toBeUndefined(),
);
it.each<[string, unknown]>([
  ['a list', []],
  ['a text', 'x'],
  ['a number', 1],
  ['null', null],
  ['a prototype', JSON.parse('{"__proto__":{"isAdmin":true}}')],
  ['a nested prototype', JSON.parse('{"a":[{"__proto__":1}]}')],
  ['a constructor', { constructor: { prototype: {} } }],
  ['NUL in a text', { a: ['x\0'] }],
  ['NUL in a name', { 'a\0': 1 }],
  ['seventeen levels', nested(17)],
])('%s is refused', (_case, body) => expect(bodyFault(body)).toEqual(expect.any(String)));
