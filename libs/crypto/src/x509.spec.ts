import { createHash, createPrivateKey, X509Certificate } from 'node:crypto';
import { type ClientCertificate, issueClientCertificate } from './client-certificate';
import { CertificateError, keyMatchesCertificate, parseCertificate } from './x509';

// Key generation is a matter of luck, and argon2 of memory: a busy machine may take its time.
jest.setTimeout(60_000);

const now = new Date('2026-03-04T05:06:07Z');
let own: ClientCertificate;
let other: ClientCertificate;
beforeAll(async () => {
  [own, other] = await Promise.all([issueClientCertificate({ now }), issueClientCertificate({ commonName: 'other' })]);
});

// As an LXD server makes its own: EC P-384, which node-forge cannot read.
const serverCertificate = `-----BEGIN CERTIFICATE-----
MIIB2TCCAV6gAwIBAgIUcvt4+RDmRmLl9V05XxDsMzImMsYwCgYIKoZIzj0EAwIw
IzEMMAoGA1UECgwDTFhEMRMwEQYDVQQDDApyb290QGhvc3QxMB4XDTI2MTEyMzE0
NDUxM1oXDTM2MTEyMDE0NDUxM1owIzEMMAoGA1UECgwDTFhEMRMwEQYDVQQDDApy
b290QGhvc3QxMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEKU0v2vaGmK7jR0bYY2Pg
Knyo6NffJ/WcfS9ORrqIPkA7MFETl6FJJQYA968+qlXEfBhAxKG7OqQi5zCEwDW5
cxpwz5DyP1kcyAtgrOqSofiDvz56OZRPhONi78E6WvYoo1MwUTAdBgNVHQ4EFgQU
g7R1WtMt/CvPcG5WiX2YE9JUwkIwHwYDVR0jBBgwFoAUg7R1WtMt/CvPcG5WiX2Y
E9JUwkIwDwYDVR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNpADBmAjEA2YxtjDxU
DvEjRy1f1gZEubupx/LCz9UdkYjMy7lCQa8iQ5jzcXPs0qUtwIFQpHUeAjEAimTN
TJSfxSDob7FLqdHTGnA0GFmvG0MqSAVtf7b0gqkxssvvwLNJyJ7RnXAtasKc
-----END CERTIFICATE-----
`;

describe('the client certificate', () => {
  it('is self-signed RSA for a client, and no authority', () => {
    const certificate = new X509Certificate(own.cert);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(certificate.ca).toBe(false);
    // Critical basicConstraints with nothing in them (RFC 5280 §4.2.1.9): cA is false by default.
    expect(certificate.raw.toString('hex')).toContain('0603551d130101ff04023000');
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
    expect(certificate.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072);
    expect(parseCertificate(own.cert)).toMatchObject({
      subject: 'CN=lxd-manager',
      issuer: 'CN=lxd-manager',
      commonName: 'lxd-manager',
      keyType: 'rsa',
      notBefore: new Date('2026-03-04T04:06:07Z'),
      notAfter: new Date('2036-03-04T05:06:07Z'),
    });
  });

  it('has a positive serial number of its own', () => {
    const [a, b] = [own, other].map(({ cert }) => new X509Certificate(cert).serialNumber);
    expect(a).toMatch(/^[4-7][0-9A-F]{31}$/);
    expect(a).not.toBe(b);
  });

  it('is plain PEM, and so is its key', () => {
    expect(own.cert).toMatch(/^-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n$/);
    expect(own.key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    expect(createPrivateKey(own.key).asymmetricKeyType).toBe('rsa');
  });

  it('belongs to its key and to no other', () => {
    expect(keyMatchesCertificate(own.key, own.cert)).toBe(true);
    expect(keyMatchesCertificate(other.key, own.cert)).toBe(false);
    expect(() => keyMatchesCertificate('no key', own.cert)).toThrow(CertificateError);
    expect(() => keyMatchesCertificate(own.key, 'no certificate')).toThrow(CertificateError);
  });
});

describe('any certificate', () => {
  it('of an EC key is read, with the SHA-256 of its DER form as fingerprint', () => {
    const der = Buffer.from(serverCertificate.split('\n').slice(1, -2).join(''), 'base64');
    const facts = parseCertificate(serverCertificate);
    expect(facts).toMatchObject({ keyType: 'ec', commonName: 'root@host1' });
    expect(facts.fingerprint).toBe(createHash('sha256').update(der).digest('hex'));
    expect(parseCertificate(der)).toEqual(facts);
  });

  it('of a chain, the first counts', () => {
    expect(parseCertificate(own.cert + other.cert)).toEqual(parseCertificate(own.cert));
  });

  it.each([
    ['nothing', ''],
    ['prose', 'no certificate'],
    ['an empty block', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n'],
    ['a block cut off', serverCertificate.slice(0, 300)],
    ['no bytes', Buffer.alloc(0)],
    ['random bytes', Buffer.alloc(900, 0x30)],
    ['ten megabytes', Buffer.alloc(10 << 20, 0x30)],
  ])('refuses %s', (_, text) => {
    expect(() => parseCertificate(text)).toThrow(CertificateError);
  });
});
