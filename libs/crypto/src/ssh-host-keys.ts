import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { type HostKeyType, hostKeyAlgorithms, opensshPrivateKey, publicBlob } from './openssh-private-key';
import { sshFingerprint } from './ssh-wire';
import { sshfpOf, type SshfpRdata } from './sshfp';

/** One host key of a container: what its sshd needs, and what people and DNS compare it by. */
export interface SshHostKey {
  type: HostKeyType;
  /** OpenSSH private key file, without passphrase. */
  privateKey: string;
  /** `ssh-ed25519 AAAA… comment`, one line without its end. */
  publicKey: string;
  /** `SHA256:…`, as ssh-keygen -l prints it. */
  fingerprint: string;
  sshfp: SshfpRdata;
}

/** A container's host keys, one of each kind. */
export type SshHostKeys = Record<HostKeyType, SshHostKey>;

const rsaBits = 3072;
const generate = promisify(generateKeyPair);

/** Describes a private key as a host key, in the formats that sshd, cloud-init and DNS take. */
export function hostKeyFrom(type: HostKeyType, privateKey: KeyObject, comment: string): SshHostKey {
  const blob = publicBlob(type, privateKey);
  const text = cleanComment(comment);
  const publicKey = `${hostKeyAlgorithms[type]} ${blob.toString('base64')}${text ? ` ${text}` : ''}`;
  return {
    type,
    privateKey: opensshPrivateKey(type, privateKey, text),
    publicKey,
    fingerprint: sshFingerprint(blob),
    sshfp: sshfpOf(publicKey),
  };
}

function cleanComment(comment: string): string {
  if (!/^[\x20-\x7e]{0,255}$/.test(comment))
    throw new RangeError('A host key comment has up to 255 printable ASCII characters');
  return comment.trim();
}

/** Makes one host key; the work is done on a thread of the pool, never on the event loop. */
export async function generateHostKey(type: HostKeyType, comment: string): Promise<SshHostKey> {
  cleanComment(comment);
  return hostKeyFrom(type, await privateKeyOf(type), comment);
}

async function privateKeyOf(type: HostKeyType): Promise<KeyObject> {
  switch (type) {
    case 'ed25519':
      return (await generate('ed25519')).privateKey;
    case 'ecdsa':
      return (await generate('ec', { namedCurve: 'prime256v1' })).privateKey;
    case 'rsa':
      return (await generate('rsa', { modulusLength: rsaBits })).privateKey;
  }
}

/** Makes the full set of host keys of one container. */
export async function generateHostKeys(comment: string): Promise<SshHostKeys> {
  const [ed25519, ecdsa, rsa] = await Promise.all([
    generateHostKey('ed25519', comment),
    generateHostKey('ecdsa', comment),
    generateHostKey('rsa', comment),
  ]);
  return { ed25519, ecdsa, rsa };
}

/** The keys as cloud-init's `ssh_keys` names them: rsa_private, rsa_public, ecdsa_private, … */
export function cloudInitSshKeys(keys: Partial<SshHostKeys>): Record<string, string> {
  return Object.fromEntries(
    Object.values(keys).flatMap((key) => [
      [`${key.type}_private`, key.privateKey],
      [`${key.type}_public`, key.publicKey],
    ]),
  );
}
