import { LxdError } from './errors';
import { connectionError } from './socket-errors';

const withCode = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('connectionError', () => {
  it.each([
    ['ECONNREFUSED', 'unreachable', 'nothing listens there'],
    ['ECONNRESET', 'unreachable', 'cut the connection'],
    ['UND_ERR_SOCKET', 'unreachable', 'without an answer'],
    ['EHOSTUNREACH', 'unreachable', 'no route'],
    ['ENOTFOUND', 'unreachable', 'does not exist in the DNS'],
    ['EPROTO', 'unreachable', 'does not speak TLS'],
    ['ESOMETHING', 'unreachable', 'failed (ESOMETHING)'],
    ['HPE_INVALID_CONSTANT', 'garbage', 'not HTTP'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-changed', 'cannot be verified'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-changed', 'cannot be verified'],
  ])('%s → %s', (code, kind, words) => {
    const error = connectionError('https://h', withCode(code));
    expect(error).toMatchObject({ kind, retryable: kind !== 'certificate-changed' });
    expect(error.message).toContain(words);
  });

  it('finds the code in a cause and in the first of several attempts', () => {
    const wrapped = new Error('fetch failed', { cause: withCode('ECONNREFUSED') });
    expect(connectionError('https://h', wrapped).message).toContain('nothing listens');
    const several = new AggregateError([withCode('EHOSTUNREACH'), withCode('ECONNREFUSED')]);
    expect(connectionError('https://h', several).message).toContain('no route');
  });

  it('does not wrap an error that is plain already', () => {
    const plain = new LxdError('timeout', 'too long');
    expect(connectionError('https://h', plain)).toBe(plain);
  });
});
