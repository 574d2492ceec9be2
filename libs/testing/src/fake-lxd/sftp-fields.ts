/** Takes the fields of an SFTP message one after the other. */
export class SftpFields {
  private at = 0;

  constructor(private readonly message: Buffer) {}

  u8(): number {
    return this.message.readUInt8(this.at++);
  }

  u32(): number {
    return this.message.readUInt32BE((this.at += 4) - 4);
  }

  u64(): number {
    return Number(this.message.readBigUInt64BE((this.at += 8) - 8));
  }

  bytes(): Buffer {
    const length = this.u32();
    return this.message.subarray(this.at, (this.at += length));
  }

  string(): string {
    return this.bytes().toString('utf8');
  }
}

export function sftpU32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function sftpU64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

export function sftpString(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([sftpU32(bytes.length), bytes]);
}

/** A message: its length, its type, its fields. */
export function sftpMessage(type: number, ...fields: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.of(type), ...fields]);
  return Buffer.concat([sftpU32(body.length), body]);
}
