import { createPrivateKey, X509Certificate } from 'node:crypto';

/** What the manager needs to know about a certificate. */
export interface CertificateFacts {
  /** SHA-256 of the DER form, 64 lower-case hex digits: what `lxc config trust list` and pins compare. */
  fingerprint: string;
  /** One `KEY=value` a line, as node:crypto prints it. */
  subject: string;
  issuer: string;
  commonName: string | undefined;
  notBefore: Date;
  notAfter: Date;
  /** 'rsa', 'ec', 'ed25519', … */
  keyType: string | undefined;
}

/** The text or bytes are no certificate. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

const maxBytes = 256 * 1024;

function read(certificate: string | Buffer): X509Certificate {
  if (certificate.length > maxBytes) throw new CertificateError('This is too large for a certificate');
  try {
    return new X509Certificate(certificate);
  } catch {
    // OpenSSL's messages mean nothing to the reader.
    throw new CertificateError('This is no X.509 certificate in PEM or DER form');
  }
}

/** Reads any certificate, PEM or DER, of any key type; of a chain, the first. */
export function parseCertificate(certificate: string | Buffer): CertificateFacts {
  const parsed = read(certificate);
  return {
    fingerprint: parsed.fingerprint256.replaceAll(':', '').toLowerCase(),
    subject: parsed.subject ?? '',
    issuer: parsed.issuer ?? '',
    commonName: /^CN=(.*)$/m.exec(parsed.subject ?? '')?.[1],
    notBefore: new Date(parsed.validFrom),
    notAfter: new Date(parsed.validTo),
    keyType: parsed.publicKey.asymmetricKeyType,
  };
}

/** Whether the private key is the certificate's own; throws CertificateError if either is none. */
export function keyMatchesCertificate(keyPem: string, certPem: string): boolean {
  const certificate = read(certPem);
  try {
    return certificate.checkPrivateKey(createPrivateKey(keyPem));
  } catch {
    // The reason may quote the key.
    throw new CertificateError('This is no private key in PEM form without a passphrase');
  }
}
