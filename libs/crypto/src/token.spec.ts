import { createHmac } from 'node:crypto';
import { csrfToken, hashToken, newToken, secretsEqual, verifyCsrfToken } from './token';

const secret = 'a session secret of 32 characters';

describe('a token', () => {
  it('has its prefix, 256 random bits, and the hash under which it is stored', () => {
    const { token, hash } = newToken('lxdm');
    expect(token).toMatch(/^lxdm_[A-Za-z0-9_-]{43}$/);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(hash).toBe(hashToken(token));
    expect(hash).not.toContain(token.slice(5));
  });

  it('is never made twice', () => {
    expect(new Set(Array.from({ length: 2000 }, () => newToken('s1').token)).size).toBe(2000);
  });

  it.each([
    ['too few bits', 'lxdm', 15],
    ['no prefix', '', 32],
    ['a prefix with a separator', 'a_b', 32],
    ['a prefix with capitals', 'Lxdm', 32],
  ])('is refused with %s', (_, prefix, bytes) => {
    expect(() => newToken(prefix, bytes)).toThrow(RangeError);
  });

  it('hashes as SHA-256 does', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

it.each([
  ['', '', true],
  ['a', 'a', true],
  ['ü', 'ü', true],
  ['a', 'b', false],
  ['a', 'aa', false],
  ['a', '', false],
  ['a', 'A', false],
  ['a', 'a\0', false],
])('compares %j and %j', (a, b, same) => {
  expect(secretsEqual(a, b)).toBe(same);
});

describe('a CSRF token', () => {
  const session = hashToken(newToken('s1').token);
  const token = csrfToken(secret, session);

  it('is the same for the same session, and tells nothing of it', () => {
    expect(csrfToken(secret, session)).toBe(token);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(createHmac('sha256', secret).update(session).digest('base64url')).not.toBe(token);
    expect(verifyCsrfToken(secret, session, token)).toBe(true);
  });

  it.each<[string, string, string, unknown]>([
    ['another session', secret, hashToken('other'), token],
    ['another secret', `${secret}!`, session, token],
    ['an empty token', secret, session, ''],
    ['a token cut off', secret, session, token.slice(0, -1)],
    ['a list', secret, session, [token]],
    ['nothing', secret, session, undefined],
    ['a megabyte', secret, session, token.repeat(25_000)],
  ])('fails with %s', (_, withSecret, ofSession, given) => {
    expect(verifyCsrfToken(withSecret, ofSession, given)).toBe(false);
  });

  it('refuses a secret that is none', () => {
    expect(() => csrfToken('', session)).toThrow(/secrets\/session/);
    expect(() => verifyCsrfToken('short', session, token)).toThrow(RangeError);
  });
});
