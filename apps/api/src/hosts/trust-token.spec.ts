import { fingerprintOfToken } from './trust-token';

const fingerprint = '0a'.repeat(32);
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

it.each([
  [
    'as LXD prints it',
    encode({
      client_name: 'm',
      fingerprint,
      addresses: ['192.0.2.1:8443'],
      secret: 's',
      expires_at: '0001-01-01T00:00:00Z',
    }),
  ],
  ['with capitals and colons', encode({ fingerprint: '0A:'.repeat(31) + '0A' })],
  ['with white space around', ` ${encode({ fingerprint })}\n`],
])('reads a token %s', (_case, token) => expect(fingerprintOfToken(token)).toBe(fingerprint));

it.each([
  ['empty', ''],
  ['no base64', '!'.repeat(60)],
  ['no JSON', Buffer.from('x'.repeat(60)).toString('base64')],
  ['a list', encode(['x'.repeat(60)])],
  ['null', Buffer.from(`null${' '.repeat(60)}`).toString('base64')],
  ['without a fingerprint', encode({ secret: 'x'.repeat(60) })],
  ['a fingerprint that is none', encode({ fingerprint: 'x'.repeat(64) })],
  ['a fingerprint of another type', encode({ fingerprint: { length: 64 }, secret: 'x'.repeat(60) })],
  ['endless', 'A'.repeat(20_000)],
])('refuses a token that is %s', (_case, token) => expect(fingerprintOfToken(token)).toBeUndefined());
