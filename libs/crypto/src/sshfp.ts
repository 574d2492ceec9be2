import { createHash } from 'node:crypto';
import { parseSshPublicKey } from './ssh-public-key';

/** The data of one SSHFP record (RFC 4255 §3.1). */
export interface SshfpRdata {
  /** 1 rsa (RFC 4255), 3 ecdsa (RFC 6594), 4 ed25519 (RFC 7479). */
  algorithm: 1 | 3 | 4;
  /** SHA-256 (RFC 6594); SHA-1 (type 1) is not published. */
  fingerprintType: 2;
  /** Lower-case hex. */
  fingerprint: string;
}

/** The SSHFP data of a host's public key line. */
export function sshfpOf(publicLine: string): SshfpRdata {
  const { type, blob } = parseSshPublicKey(publicLine);
  return {
    algorithm: algorithmOf(type),
    fingerprintType: 2,
    fingerprint: createHash('sha256').update(blob).digest('hex'),
  };
}

/** The record data as a zone file shows it: `4 2 0a1b…`. */
export function sshfpText(rdata: SshfpRdata): string {
  return `${rdata.algorithm} ${rdata.fingerprintType} ${rdata.fingerprint}`;
}

function algorithmOf(type: string): SshfpRdata['algorithm'] {
  if (type === 'ssh-rsa') return 1;
  if (type.startsWith('ecdsa-sha2-')) return 3;
  if (type === 'ssh-ed25519') return 4;
  throw new RangeError(`There is no SSHFP algorithm for ${type}`);
}
