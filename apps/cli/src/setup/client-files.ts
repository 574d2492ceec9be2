import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** What is wrong with a key and certificate that are both there, or undefined. */
export async function clientFilesFault(keyFile: string, certFile: string): Promise<string | undefined> {
  try {
    const certificate = new X509Certificate(await readFile(certFile));
    const key = createPrivateKey(await readFile(keyFile));
    if (!certificate.checkPrivateKey(key)) return 'lxd.key and lxd.crt do not belong together.';
    if (Date.parse(certificate.validTo) < Date.now()) return `lxd.crt expired on ${certificate.validTo}.`;
    return undefined;
  } catch {
    // The reason of OpenSSL may hold a part of what it read.
    return 'lxd.key or lxd.crt is not PEM that can be read.';
  }
}
