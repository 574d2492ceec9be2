import { createPublicKey, type JsonWebKey, type KeyObject, randomBytes } from 'node:crypto';
import { sshMpint, sshString } from './ssh-wire';

/** The kinds of host key that a container gets. */
export type HostKeyType = 'ed25519' | 'ecdsa' | 'rsa';

/** The name of each kind in the SSH protocol (RFC 4253 §6.6, RFC 5656 §6.2, RFC 8709 §4). */
export const hostKeyAlgorithms = {
  ed25519: 'ssh-ed25519',
  ecdsa: 'ecdsa-sha2-nistp256',
  rsa: 'ssh-rsa',
} as const satisfies Record<HostKeyType, string>;

// ssh2's generator drops leading zero bytes of an ed25519 public key (one key in 256, which sshd then refuses): hence our own encoder.
function field(jwk: JsonWebKey, name: keyof JsonWebKey): Buffer {
  const value = jwk[name];
  if (typeof value !== 'string') throw new Error(`The key has no part ${String(name)}`);
  return Buffer.from(value, 'base64url');
}

/** Which kind a key is, or undefined if a container's sshd does not get such a key from us. */
export function hostKeyTypeOf(key: KeyObject): HostKeyType | undefined {
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519';
  if (key.asymmetricKeyType === 'rsa') return 'rsa';
  if (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1') return 'ecdsa';
  return undefined;
}

/** The public blob of a key as it stands in authorized_keys, known_hosts and SSHFP digests. */
export function publicBlob(type: HostKeyType, key: KeyObject): Buffer {
  const jwk = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  const name = sshString(hostKeyAlgorithms[type]);
  switch (type) {
    case 'ed25519':
      return Buffer.concat([name, sshString(field(jwk, 'x'))]);
    case 'ecdsa': {
      const point = Buffer.concat([Buffer.from([4]), field(jwk, 'x'), field(jwk, 'y')]);
      return Buffer.concat([name, sshString('nistp256'), sshString(point)]);
    }
    case 'rsa':
      return Buffer.concat([name, sshMpint(field(jwk, 'e')), sshMpint(field(jwk, 'n'))]);
  }
}

function privateFields(type: HostKeyType, key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' });
  switch (type) {
    case 'ed25519':
      return Buffer.concat([publicBlob(type, key), sshString(Buffer.concat([field(jwk, 'd'), field(jwk, 'x')]))]);
    case 'ecdsa':
      return Buffer.concat([publicBlob(type, key), sshMpint(field(jwk, 'd'))]);
    case 'rsa':
      return Buffer.concat([
        sshString(hostKeyAlgorithms.rsa),
        ...(['n', 'e', 'd', 'qi', 'p', 'q'] as const).map((part) => sshMpint(field(jwk, part))),
      ]);
  }
}

/** A private key without passphrase in OpenSSH's own format (PROTOCOL.key of OpenSSH), which sshd and cloud-init take. */
export function opensshPrivateKey(type: HostKeyType, key: KeyObject, comment: string): string {
  const check = randomBytes(4);
  const body = Buffer.concat([check, check, privateFields(type, key), sshString(comment)]);
  const blockSize = 8;
  const padding = Buffer.from(
    Array.from({ length: (blockSize - (body.length % blockSize)) % blockSize }, (_, i) => i + 1),
  );
  const keyCount = Buffer.from([0, 0, 0, 1]);
  const file = Buffer.concat([
    Buffer.from('openssh-key-v1\0', 'latin1'),
    sshString('none'),
    sshString('none'),
    sshString(''),
    keyCount,
    sshString(publicBlob(type, key)),
    sshString(Buffer.concat([body, padding])),
  ]);
  const lines = file.toString('base64').match(/.{1,70}/g) ?? [];
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${lines.join('\n')}\n-----END OPENSSH PRIVATE KEY-----\n`;
}
