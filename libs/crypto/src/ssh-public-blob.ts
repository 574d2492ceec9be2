import { createPublicKey } from 'node:crypto';
import { SshKeyError } from './ssh-key-error';
import { SshReader, SshWireError } from './ssh-wire';

/** The types of key that a user may bring. */
export const sshKeyTypes = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-rsa',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
] as const;

/** One of the types of key that a user may bring. */
export type SshKeyType = (typeof sshKeyTypes)[number];

const minRsaBits = 2048;
// OpenSSH's own bound (SSHBUF_MAX_BIGNUM): sshd reads no longer one.
const maxRsaBits = 16384;
const curves = { nistp256: ['P-256', 32], nistp384: ['P-384', 48], nistp521: ['P-521', 66] } as const;
type Curve = keyof typeof curves;

/** Holds a key blob to its declared type, down to its last byte (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4, PROTOCOL.u2f). */
export function checkBlob(type: SshKeyType, blob: Buffer): void {
  const reader = new SshReader(blob);
  try {
    if (reader.string().toString('latin1') !== type) throw new SshKeyError('type-mismatch');
    checkFields(type, reader);
    reader.end();
  } catch (error) {
    throw error instanceof SshWireError ? new SshKeyError('bad-blob') : error;
  }
}

function checkFields(type: SshKeyType, reader: SshReader): void {
  switch (type) {
    case 'ssh-ed25519':
      return edwardsPoint(reader);
    case 'sk-ssh-ed25519@openssh.com':
      edwardsPoint(reader);
      return application(reader);
    case 'ecdsa-sha2-nistp256':
      return curvePoint(reader, 'nistp256');
    case 'ecdsa-sha2-nistp384':
      return curvePoint(reader, 'nistp384');
    case 'ecdsa-sha2-nistp521':
      return curvePoint(reader, 'nistp521');
    case 'sk-ecdsa-sha2-nistp256@openssh.com':
      curvePoint(reader, 'nistp256');
      return application(reader);
    case 'ssh-rsa':
      return rsa(reader);
  }
}

function edwardsPoint(reader: SshReader): void {
  if (reader.string().length !== 32) throw new SshKeyError('bad-blob');
}

function application(reader: SshReader): void {
  const bytes = reader.string();
  if (bytes.length === 0 || bytes.length > 1024) throw new SshKeyError('bad-blob');
}

function curvePoint(reader: SshReader, curve: Curve): void {
  const [crv, size] = curves[curve];
  if (reader.string().toString('latin1') !== curve) throw new SshKeyError('type-mismatch');
  const point = reader.string();
  if (point.length !== 1 + 2 * size || point[0] !== 4) throw new SshKeyError('bad-blob');
  const x = point.subarray(1, 1 + size).toString('base64url');
  const y = point.subarray(1 + size).toString('base64url');
  try {
    // OpenSSL refuses a point that is not on the curve.
    createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' });
  } catch {
    throw new SshKeyError('bad-blob');
  }
}

function rsa(reader: SshReader): void {
  const exponent = reader.mpint();
  const modulus = reader.mpint();
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (bits < minRsaBits) throw new SshKeyError('rsa-too-short');
  if (bits > maxRsaBits || !odd(modulus) || !odd(exponent) || isOne(exponent)) throw new SshKeyError('bad-blob');
}

const odd = (number: Buffer) => ((number.at(-1) ?? 0) & 1) === 1;
const isOne = (number: Buffer) => number.length === 1 && number[0] === 1;
