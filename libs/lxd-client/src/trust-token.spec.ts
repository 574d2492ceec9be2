import { decodeTrustToken, isTrustTokenExpired } from './trust-token';

const fingerprint = 'AB'.repeat(32);
const fields = { client_name: 'manager', fingerprint, addresses: ['198.51.100.11:8443'], secret: 's3cret' };
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

describe('decodeTrustToken', () => {
  it('reads what LXD writes, across broken lines', () => {
    const token = encode({ ...fields, expires_at: '2030-01-02T03:04:05Z' });
    expect(decodeTrustToken(` ${token.slice(0, 40)}\n${token.slice(40)}\n`)).toEqual({
      clientName: 'manager',
      fingerprint: fingerprint.toLowerCase(),
      addresses: ['198.51.100.11:8443'],
      secret: 's3cret',
      expiresAt: new Date('2030-01-02T03:04:05Z'),
    });
  });

  it.each(['0001-01-01T00:00:00Z', undefined, '', 'soon'])('expires_at %s means never', (expires_at) => {
    const token = decodeTrustToken(encode({ ...fields, expires_at }));
    expect(token.expiresAt).toBeUndefined();
    expect(isTrustTokenExpired(token, new Date('2999-01-01'))).toBe(false);
  });

  it('knows when its time has passed', () => {
    const token = decodeTrustToken(encode({ ...fields, expires_at: '2030-01-01T00:00:00Z' }));
    expect(isTrustTokenExpired(token, new Date('2029-12-31T23:59:59Z'))).toBe(false);
    expect(isTrustTokenExpired(token, new Date('2030-01-01T00:00:00Z'))).toBe(true);
  });

  it.each([
    ['not base64', 'hello world!'],
    ['empty', ''],
    ['no JSON', Buffer.from('hello there').toString('base64')],
    ['an array', encode([1])],
    ['no fingerprint', encode({ ...fields, fingerprint: undefined })],
    ['a short fingerprint', encode({ ...fields, fingerprint: 'abcd' })],
    ['no secret', encode({ ...fields, secret: '' })],
    ['a numeric secret', encode({ ...fields, secret: 5 })],
  ])('refuses %s without quoting it', (_what, token) => {
    const refuse = (): unknown => decodeTrustToken(token);
    expect(refuse).toThrow(expect.objectContaining({ kind: 'bad-request', retryable: false }));
    expect(refuse).not.toThrow(/s3cret/);
  });
});
