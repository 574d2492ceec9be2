/** SFTP version 3 on the wire (draft-ietf-secsh-filexfer-02), as far as it is used here. */
export const MESSAGE = {
  init: 1,
  version: 2,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  fstat: 8,
  setstat: 9,
  fsetstat: 10,
  remove: 13,
  mkdir: 14,
  status: 101,
  handle: 102,
  data: 103,
  attributes: 105,
  extended: 200,
} as const;

/** Section 7: the codes of a status message that are told apart here. */
export const STATUS = { ok: 0, eof: 1, noSuchFile: 2 } as const;

/** Section 6.3: how a file is opened. */
export const OPEN = { read: 0x01, write: 0x02, create: 0x08, exclusive: 0x20 } as const;

/** Section 5: which attributes follow. */
const ATTRIBUTE = { size: 0x01, ids: 0x02, mode: 0x04 } as const;

/** What lies at a path; `other` is a device, a socket or a pipe. */
export interface SftpEntry {
  readonly kind: 'file' | 'directory' | 'symlink' | 'other';
  readonly size: number;
  readonly uid: number;
  readonly gid: number;
  /** Permissions without the kind, like 0o600. */
  readonly mode: number;
}

/** Collects the fields of a message. */
export class MessageWriter {
  private readonly parts: Buffer[] = [];

  u8(value: number): this {
    this.parts.push(Buffer.of(value));
    return this;
  }

  u32(value: number): this {
    const part = Buffer.alloc(4);
    part.writeUInt32BE(value);
    this.parts.push(part);
    return this;
  }

  u64(value: number): this {
    const part = Buffer.alloc(8);
    part.writeBigUInt64BE(BigInt(value));
    this.parts.push(part);
    return this;
  }

  /** A string of section 4: its length, then its bytes. */
  string(value: string | Uint8Array): this {
    const bytes = Buffer.from(value);
    this.u32(bytes.length);
    this.parts.push(bytes);
    return this;
  }

  noAttributes(): this {
    return this.u32(0);
  }

  ids(uid: number, gid: number): this {
    return this.u32(ATTRIBUTE.ids).u32(uid).u32(gid);
  }

  mode(mode: number): this {
    return this.u32(ATTRIBUTE.mode).u32(mode);
  }

  /** The message with its length in front (section 3). */
  framed(): Buffer {
    const body = Buffer.concat(this.parts);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    return Buffer.concat([length, body]);
  }
}

/** Takes the fields of a message one after the other; throws a RangeError where it ends too early. */
export class MessageReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  u8(): number {
    return this.bytes.readUInt8(this.move(1));
  }

  u32(): number {
    return this.bytes.readUInt32BE(this.move(4));
  }

  u64(): number {
    return Number(this.bytes.readBigUInt64BE(this.move(8)));
  }

  string(): Buffer {
    const length = this.u32();
    const start = this.move(length);
    return this.bytes.subarray(start, start + length);
  }

  entry(): SftpEntry {
    const flags = this.u32();
    const size = flags & ATTRIBUTE.size ? this.u64() : 0;
    const [uid, gid] = flags & ATTRIBUTE.ids ? [this.u32(), this.u32()] : [0, 0];
    const mode = flags & ATTRIBUTE.mode ? this.u32() : 0;
    return { kind: kindOf(mode), size, uid, gid, mode: mode & 0o7777 };
  }

  private move(length: number): number {
    const start = this.at;
    if (start + length > this.bytes.length) throw new RangeError('The message ends too early.');
    this.at += length;
    return start;
  }
}

/** The kind in the mode, as Linux has it (inode(7)). */
function kindOf(mode: number): SftpEntry['kind'] {
  switch (mode & 0o170000) {
    case 0o100000:
      return 'file';
    case 0o040000:
      return 'directory';
    case 0o120000:
      return 'symlink';
    default:
      return 'other';
  }
}
