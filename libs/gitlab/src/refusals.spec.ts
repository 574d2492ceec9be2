import { refusalOf, tokenRefusalOf } from './refusals';

const json = { 'content-type': 'application/json; charset=utf-8' };
const reply = (status: number, body: unknown, headers: Record<string, string> = json) => ({
  status,
  headers: new Headers(headers),
  body: JSON.stringify(body),
});

describe('refusalOf', () => {
  it.each([
    ['403 Forbidden - Your account has been blocked.', 'blocked'],
    [
      '403 Forbidden - Your account has been deactivated by your administrator. Please log back in from …',
      'deactivated',
    ],
    ['403 Forbidden - Your account has been banned.', 'banned'],
    [
      '403 Forbidden - Your account is pending approval from your administrator and hence blocked.',
      'blocked_pending_approval',
    ],
    ['403 Forbidden - You (@x) must accept the Terms of Service in order to perform this action.', undefined],
    ['403 Forbidden - Not authorized!', undefined],
    ['403 Forbidden', undefined],
  ])('hears in "%s" the state %s', (message, accountState) => {
    expect(refusalOf(reply(403, { message }), 'GET /x')).toMatchObject({ kind: 'forbidden', accountState });
  });

  it.each([
    ['404 User Not Found', 'not-found'],
    ['404 Group Not Found', 'not-found'],
    ['404 Not Found', 'garbage'],
    ['404 Project Not Found', 'garbage'],
  ])('hears in "%s" %s', (message, kind) => {
    expect(refusalOf(reply(404, { message }), 'GET /x')).toMatchObject({ kind });
    expect(refusalOf(reply(404, { message }, { 'content-type': 'text/html' }), 'GET /x').kind).toBe('garbage');
  });

  it('reads a Retry-After that is a date', () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const { retryAfterMs } = refusalOf(reply(429, 'Retry later', { 'retry-after': date }), 'GET /x');
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  });
});

describe('tokenRefusalOf', () => {
  it.each([
    [400, { error: 'invalid_grant' }, 'token-refused'],
    [401, { error: 'invalid_grant' }, 'token-refused'],
    [401, { error: 'invalid_client' }, 'client-refused'],
    [400, { error: 'unauthorized_client' }, 'client-refused'],
    [400, { error: 'invalid_request' }, 'garbage'],
    [401, { message: '401 Unauthorized' }, 'garbage'],
    [403, { message: '403 Forbidden' }, 'forbidden'],
    [503, { error: 'invalid_grant' }, 'server'],
  ])('%s %j is %s', (status, body, kind) => {
    expect(tokenRefusalOf(reply(status, body), 'POST /oauth/token').kind).toBe(kind);
  });
});
