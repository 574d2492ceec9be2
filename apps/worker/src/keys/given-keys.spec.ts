import { generateHostKey } from '@lxdm/crypto';
import { userData } from '@lxdm/domain';
import { keysOfDocument } from './given-keys';

it('finds the keys of a document that we wrote, with their fingerprints', async () => {
  const keys = await Promise.all([generateHostKey('ed25519', 'one'), generateHostKey('ecdsa', 'two "quoted" \\ back')]);
  const document = userData(keys.map((key) => `${key.publicKey.trim()} and a comment`));
  expect(keysOfDocument(document).map((key) => key.fingerprint)).toEqual(keys.map((key) => key.fingerprint));
});

it.each([
  ['nothing', ''],
  ['a document without keys', userData([])],
  ['what only looks like a key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIno'],
  ['a certificate', `ssh-ed25519-cert-v01@openssh.com ${'A'.repeat(64)}`],
  ['binary', '\0\xff\u2028'],
])('finds none in %s', (_what, text) => {
  expect(keysOfDocument(text)).toEqual([]);
});

it('is not slowed down by a document of megabytes', () => {
  const began = performance.now();
  keysOfDocument(`ssh-${'a'.repeat(2_000_000)}`);
  keysOfDocument('ssh-rsa '.repeat(250_000));
  expect(performance.now() - began).toBeLessThan(1_000);
});
