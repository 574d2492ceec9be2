import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { md, pki } from 'node-forge';

/** A private key and its certificate, both PEM: the contents of certs/lxd.key and certs/lxd.crt. */
export interface ClientCertificate {
  key: string;
  cert: string;
}

/** What a caller may change about the manager's certificate. */
export interface ClientCertificateOptions {
  commonName?: string;
  years?: number;
  bits?: 3072 | 4096;
  now?: Date;
}

const generate = promisify(generateKeyPair);
const hour = 3_600_000;

/** Issues the self-signed client certificate by which every host knows the manager; the key is made off the event loop. */
export async function issueClientCertificate(options: ClientCertificateOptions = {}): Promise<ClientCertificate> {
  const { commonName = 'lxd-manager', years = 10, bits = 3072, now = new Date() } = options;
  const { privateKey, publicKey } = await generate('rsa', { modulusLength: bits });
  // node-forge reads RSA in PKCS#1; its own generator would take seconds on the event loop.
  const keyPem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(publicKey.export({ type: 'spki', format: 'pem' }).toString());
  certificate.serialNumber = serialNumber();
  // An hour back, because the hosts' clocks differ from ours.
  certificate.validity.notBefore = new Date(now.getTime() - hour);
  certificate.validity.notAfter = new Date(now);
  certificate.validity.notAfter.setUTCFullYear(now.getUTCFullYear() + years);
  const name = [{ name: 'commonName', value: commonName }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', clientAuth: true },
  ]);
  certificate.sign(pki.privateKeyFromPem(keyPem), md.sha256.create());

  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: pki.certificateToPem(certificate).replaceAll('\r\n', '\n'),
  };
}

// Positive and not zero (RFC 5280 §4.1.2.2): the first byte is between 0x40 and 0x7f.
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}
