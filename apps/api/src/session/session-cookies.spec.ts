import { readCookie, sessionCookieName } from './session-cookies';

it.each([
  ['a=1', '1'],
  ['x=0; a=1; b=2', '1'],
  ['a=1=2', '1=2'],
  ['a=1; a=1', '1'],
  ['a=', ''],
  ['a=1; a=2', undefined],
  ['aa=1', undefined],
  ['b=a=1', undefined],
  ['A=1', undefined],
  ['', undefined],
  [undefined, undefined],
  [`a=1; ${'x'.repeat(20_000)}`, undefined],
])('%j gives %j', (header, value) => expect(readCookie(header, 'a')).toBe(value));

it('binds the cookie to the host where TLS is on', () => {
  expect(sessionCookieName(true)).toBe('__Host-lxdm_session');
  expect(sessionCookieName(false)).toBe('lxdm_session');
});
