import { generateKeyPairSync } from 'node:crypto';

/** A new public key in OpenSSH's form: ed25519 (RFC 8709 §4). */
export function newSshKey(comment: string): string {
  const { x } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const text = (value: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(value.length);
    return Buffer.concat([length, value]);
  };
  const blob = Buffer.concat([text(Buffer.from('ssh-ed25519')), text(Buffer.from(x ?? '', 'base64url'))]);
  return `ssh-ed25519 ${blob.toString('base64')} ${comment}`;
}
