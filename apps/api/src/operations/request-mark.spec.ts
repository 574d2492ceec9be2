import { idempotencyKey, requestDigest } from './request-mark';

it.each([undefined])('no header is no key', (header) => expect(idempotencyKey(header)).toBeNull());
it.each(['a', 'x'.repeat(200), '5f0c-…'.replace('…', '!')])('%s is a key', (header) =>
  expect(idempotencyKey(header)).toBe(header),
);
it.each(['', ' ', 'a b', 'ä', 'x'.repeat(201), 'a\tb'])('%j is refused', (header) =>
  expect(() => idempotencyKey(header)).toThrow('Idempotency-Key'),
);
it('two headers are refused', () => expect(() => idempotencyKey(['a', 'b'])).toThrow('Idempotency-Key'));

describe('requestDigest', () => {
  const digest = requestDigest('POST', '/a', { x: 1, y: { b: [1, 2], a: null } });
  it('does not depend on the order of properties', () => {
    expect(requestDigest('POST', '/a', { y: { a: null, b: [1, 2] }, x: 1 })).toBe(digest);
  });
  it.each([
    ['method', 'PUT', '/a', { x: 1, y: { b: [1, 2], a: null } }],
    ['path', 'POST', '/b', { x: 1, y: { b: [1, 2], a: null } }],
    ['query', 'POST', '/a?force=true', { x: 1, y: { b: [1, 2], a: null } }],
    ['value', 'POST', '/a', { x: '1', y: { b: [1, 2], a: null } }],
    ['order of a list', 'POST', '/a', { x: 1, y: { b: [2, 1], a: null } }],
    ['missing body', 'POST', '/a', undefined],
    [
      'object as a list of pairs',
      'POST',
      '/a',
      [
        ['x', 1],
        [
          'y',
          [
            ['a', null],
            ['b', [1, 2]],
          ],
        ],
      ],
    ],
  ])('depends on the %s', (_what, method, url, body) => expect(requestDigest(method, url, body)).not.toBe(digest));
});
