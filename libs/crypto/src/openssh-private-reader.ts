import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { hostKeyTypeOf, publicBlob } from './openssh-private-key';
import { SshReader, SshWireError } from './ssh-wire';

/** The private key needs a passphrase, which a host key never has. */
export class PassphraseNeededError extends Error {
  override readonly name = 'PassphraseNeededError';
}

const magic = 'openssh-key-v1\0';
const url = (bytes: Buffer) => bytes.toString('base64url');

/** Reads the body of an OpenSSH private key file (PROTOCOL.key of OpenSSH); undefined for a type that no host key of ours has. */
export function readOpensshPrivateKey(file: Buffer): KeyObject | undefined {
  if (file.subarray(0, magic.length).toString('latin1') !== magic)
    throw new SshWireError('This is no OpenSSH private key');
  const outer = new SshReader(file.subarray(magic.length));
  const cipher = outer.string().toString('latin1');
  outer.string();
  outer.string();
  if (cipher !== 'none') throw new PassphraseNeededError('The private key is protected by a passphrase');
  if (outer.uint32() !== 1) throw new SshWireError('The file holds several keys');
  const declared = outer.string();
  const inner = new SshReader(outer.string());
  if (inner.uint32() !== inner.uint32()) throw new SshWireError('The key is damaged');
  const jwk = privateJwk(inner.string().toString('latin1'), inner);
  if (!jwk) return undefined;
  const key = createPrivateKey({ key: jwk, format: 'jwk' });
  const type = hostKeyTypeOf(key);
  // A flipped bit in the private half would make a valid key of another identity.
  if (!type || !publicBlob(type, key).equals(declared))
    throw new SshWireError('The halves of the key do not belong together');
  return key;
}

function privateJwk(type: string, reader: SshReader): JsonWebKey | undefined {
  switch (type) {
    case 'ssh-ed25519': {
      const x = reader.string();
      const both = reader.string();
      return { kty: 'OKP', crv: 'Ed25519', x: url(x), d: url(both.subarray(0, 32)) };
    }
    case 'ecdsa-sha2-nistp256': {
      reader.string();
      const point = reader.string();
      const d = Buffer.alloc(32);
      const scalar = reader.mpint();
      if (point.length !== 65 || scalar.length > 32) throw new SshWireError('The key is damaged');
      d.set(scalar, 32 - scalar.length);
      return { kty: 'EC', crv: 'P-256', x: url(point.subarray(1, 33)), y: url(point.subarray(33)), d: url(d) };
    }
    case 'ssh-rsa': {
      const [n, e, d, qi, p, q] = [0, 1, 2, 3, 4, 5].map(() => reader.mpint()) as [
        Buffer,
        Buffer,
        Buffer,
        Buffer,
        Buffer,
        Buffer,
      ];
      const [dp, dq] = [modulo(d, p), modulo(d, q)];
      return { kty: 'RSA', n: url(n), e: url(e), d: url(d), p: url(p), q: url(q), dp, dq, qi: url(qi) };
    }
    default:
      return undefined;
  }
}

// OpenSSH stores neither d mod (p-1) nor d mod (q-1), and a JWK must have both (RFC 7518 §6.3.2).
function modulo(d: Buffer, prime: Buffer): string {
  const number = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);
  const divisor = number(prime) - 1n;
  if (divisor < 2n) throw new SshWireError('The key is damaged');
  const hex = (number(d) % divisor).toString(16);
  return url(Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex'));
}
