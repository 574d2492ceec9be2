import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import { hostKeyTypeOf } from './openssh-private-key';
import { PassphraseNeededError, readOpensshPrivateKey } from './openssh-private-reader';
import { hostKeyFrom, type SshHostKeys } from './ssh-host-keys';

/** Every reason to refuse a pasted set of host keys, with the sentence that its owner reads. */
export const hostKeyImportFaults = {
  'too-long': 'This is longer than 64 kB: paste the private files /etc/ssh/ssh_host_*_key of one machine.',
  'none-found': 'There is no private host key in this text: paste the output of: cat /etc/ssh/ssh_host_*_key',
  passphrase: 'A host key is protected by a passphrase: sshd could not use it either.',
  damaged: 'A host key is damaged or cut off: paste the whole file, from -----BEGIN to END-----.',
  'rsa-too-short': 'The RSA host key has fewer than 2048 bits: leave it out, and use a new one.',
  'twice-one-type': 'The text holds two host keys of one type: paste the keys of one machine only.',
} as const;

/** Pasted host keys were refused; the message holds nothing of what was pasted. */
export class HostKeyImportError extends Error {
  override readonly name = 'HostKeyImportError';
  constructor(readonly code: keyof typeof hostKeyImportFaults) {
    super(hostKeyImportFaults[code]);
  }
}

/** What an import found: the usable keys, and how many keys of other types (dsa, nistp521, …) it left out. */
export interface ImportedHostKeys {
  keys: Partial<SshHostKeys>;
  skipped: number;
}

const maxLength = 64 * 1024;
const block = /-----BEGIN ((?:[A-Z0-9]+ )?PRIVATE KEY)-----([^-]*(?:-[^-]+)*)-----END \1-----/g;

/** Reads all private host keys in a pasted text (OpenSSH, PKCS#1, SEC 1 or PKCS#8) and ignores what stands around them. */
export function readHostKeys(text: string, comment: string): ImportedHostKeys {
  if (text.length > maxLength) throw new HostKeyImportError('too-long');
  const keys: Partial<SshHostKeys> = {};
  let found = 0;
  let skipped = 0;
  for (const [pem, label = '', body = ''] of text.matchAll(block)) {
    found += 1;
    const key = readKey(pem, label, body);
    const type = key && hostKeyTypeOf(key);
    if (!key || !type) {
      skipped += 1;
      continue;
    }
    if (keys[type]) throw new HostKeyImportError('twice-one-type');
    checkKey(key);
    keys[type] = hostKeyFrom(type, key, comment);
  }
  if (text.split('-----BEGIN ').filter((part) => /^[A-Z0-9 ]*PRIVATE KEY-----/.test(part)).length > found)
    throw new HostKeyImportError('damaged');
  if (found === 0) throw new HostKeyImportError('none-found');
  return { keys, skipped };
}

function readKey(pem: string, label: string, body: string): KeyObject | undefined {
  if (label === 'DSA PRIVATE KEY') return undefined;
  if (label === 'ENCRYPTED PRIVATE KEY' || /Proc-Type:.*ENCRYPTED/.test(body))
    throw new HostKeyImportError('passphrase');
  try {
    return label === 'OPENSSH PRIVATE KEY' ? readOpensshPrivateKey(Buffer.from(body, 'base64')) : createPrivateKey(pem);
  } catch (error) {
    // The parsers' messages may quote the key.
    throw new HostKeyImportError(error instanceof PassphraseNeededError ? 'passphrase' : 'damaged');
  }
}

// A public half that is not the private half's own would be served by DNS and refused by every client.
function checkKey(key: KeyObject): void {
  if ((key.asymmetricKeyDetails?.modulusLength ?? 2048) < 2048) throw new HostKeyImportError('rsa-too-short');
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  const sample = randomBytes(32);
  let fits: boolean;
  try {
    const publicHalf = createPublicKey({ key: key.export({ format: 'jwk' }), format: 'jwk' });
    fits = verify(digest, sample, publicHalf, sign(digest, sample, key));
  } catch {
    // OpenSSL refuses to compute with an inconsistent key.
    fits = false;
  }
  if (!fits) throw new HostKeyImportError('damaged');
}
