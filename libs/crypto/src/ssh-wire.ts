import { createHash } from 'node:crypto';

/** A length-prefixed byte string (RFC 4251 §5, "string"). */
export function sshString(value: Buffer | string): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'utf8') : value;
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** A non-negative integer in its shortest two's complement form (RFC 4251 §5, "mpint"). */
export function sshMpint(unsigned: Buffer): Buffer {
  let start = 0;
  while (start < unsigned.length && unsigned[start] === 0) start += 1;
  const magnitude = unsigned.subarray(start);
  const negative = magnitude.length > 0 && ((magnitude[0] ?? 0) & 0x80) !== 0;
  return sshString(negative ? Buffer.concat([Buffer.from([0]), magnitude]) : magnitude);
}

/** The bytes are not what the wire format of SSH allows there. */
export class SshWireError extends Error {
  override readonly name = 'SshWireError';
}

/** Reads the fields of a key blob one after the other, within its bounds. */
export class SshReader {
  #at = 0;
  constructor(private readonly bytes: Buffer) {}

  uint32(): number {
    if (this.bytes.length - this.#at < 4) throw new SshWireError('The key is cut off');
    this.#at += 4;
    return this.bytes.readUInt32BE(this.#at - 4);
  }

  string(): Buffer {
    const length = this.uint32();
    const start = this.#at;
    if (length > this.bytes.length - start) throw new SshWireError('The key is cut off');
    this.#at = start + length;
    return this.bytes.subarray(start, this.#at);
  }

  /** A positive integer without its sign byte; zero, negative and padded ones are refused. */
  mpint(): Buffer {
    const raw = this.string();
    const first = raw[0];
    if (first === undefined || (first & 0x80) !== 0) throw new SshWireError('A number of the key is not positive');
    if (first !== 0) return raw;
    if (((raw[1] ?? 0) & 0x80) === 0) throw new SshWireError('A number of the key is padded');
    return raw.subarray(1);
  }

  end(): void {
    if (this.#at !== this.bytes.length) throw new SshWireError('There are bytes after the key');
  }
}

/** The fingerprint that `ssh-keygen -l` prints: SHA256 and unpadded base64 of the blob's digest. */
export function sshFingerprint(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}
