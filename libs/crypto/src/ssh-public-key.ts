import { checkBlob, type SshKeyType, sshKeyTypes } from './ssh-public-blob';
import { SshKeyError } from './ssh-key-error';
import { sshFingerprint } from './ssh-wire';

/** One authorised key, read strictly; `line` is what may be written to a container. */
export interface SshPublicKey {
  type: SshKeyType;
  /** The key blob (RFC 4253 §6.6). */
  blob: Buffer;
  /** Free text of the owner: data, to be quoted by whoever writes it. */
  comment: string;
  /** `SHA256:…`, as ssh-keygen -l prints it. */
  fingerprint: string;
  /** Type, base64 and comment in one line without its end. */
  line: string;
}

const maxLength = 16 * 1024;
const maxComment = 255;
// Control characters, line and paragraph separators, lone surrogates, and the bidirectional overrides that make a text read as another.
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Reads one pasted line of authorized_keys without options, or throws an SshKeyError that says what to do. */
export function parseSshPublicKey(text: string): SshPublicKey {
  // First, so that nothing below looks at megabytes.
  if (text.length > maxLength) throw new SshKeyError('too-long');
  const line = text.trim();
  if (line === '') throw new SshKeyError('empty');
  refuseOtherFormats(line);
  if (/[\r\n]/.test(line)) throw new SshKeyError('several-lines');
  if (unprintable.test(line)) throw new SshKeyError('control-character');

  const [, type = '', base64 = '', rest = ''] = /^([^ ]+)(?: +([^ ]+))?(?: +(.*))?$/.exec(line) ?? [];
  const known = knownType(type, line);
  const blob = decodeBase64(base64);
  checkBlob(known, blob);
  if (rest.length > maxComment) throw new SshKeyError('comment-too-long');
  return {
    type: known,
    blob,
    comment: rest,
    fingerprint: sshFingerprint(blob),
    line: `${known} ${base64}${rest ? ` ${rest}` : ''}`,
  };
}

function refuseOtherFormats(text: string): void {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|^PuTTY-User-Key-File-/.test(text)) throw new SshKeyError('private-key');
  if (/^-{4,5} ?BEGIN /.test(text)) throw new SshKeyError('other-format');
}

function knownType(type: string, line: string): SshKeyType {
  const known = sshKeyTypes.find((name) => name === type);
  if (known) return known;
  if (/^(ssh-dss|ssh-dsa)$/.test(type)) throw new SshKeyError('dsa');
  if (/-cert-v0[01]@openssh\.com$/.test(type)) throw new SshKeyError('certificate');
  // Something stands before the type: options such as command="…", or the host name of a known_hosts line.
  if (sshKeyTypes.some((name) => line.includes(`${name} `))) throw new SshKeyError('options');
  if (/^(ssh|ecdsa|sk)-/.test(type)) throw new SshKeyError('type-not-allowed');
  throw new SshKeyError('not-a-key');
}

function decodeBase64(text: string): Buffer {
  const blob = Buffer.from(text, 'base64');
  if (text === '' || blob.toString('base64') !== text) throw new SshKeyError('bad-base64');
  return blob;
}
