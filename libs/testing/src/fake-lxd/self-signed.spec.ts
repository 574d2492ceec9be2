import { createPrivateKey, X509Certificate } from 'node:crypto';
import { selfSigned } from './self-signed';

describe('selfSigned', () => {
  it('makes a certificate that fits its key and its fingerprint', () => {
    const { cert, key, fingerprint } = selfSigned('root@fake1');
    const certificate = new X509Certificate(cert);
    expect(certificate.subject).toBe('CN=root@fake1');
    expect(certificate.checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.fingerprint256.replace(/:/g, '').toLowerCase()).toBe(fingerprint);
    expect(Date.parse(certificate.validTo)).toBeGreaterThan(Date.now());
  });

  it('is another one every time', () => {
    expect(selfSigned('a').fingerprint).not.toBe(selfSigned('a').fingerprint);
  });
});
