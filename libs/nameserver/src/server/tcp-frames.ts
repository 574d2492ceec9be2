import { HEADER_LENGTH } from '../message-layout';

const PREFIX_LENGTH = 2;

/** Cuts a byte stream into the messages that their length prefixes announce (RFC 1035 §4.2.2). */
export class TcpFrames {
  private buffer: Buffer = Buffer.alloc(0);

  constructor(private readonly maxLength: number) {}

  /** Appends what has arrived. */
  push(chunk: Buffer): void {
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk]);
  }

  /** True when a prefix announces what can be no message: the stream is out of step and must be closed. */
  get broken(): boolean {
    const length = this.announced;
    return length !== undefined && (length < HEADER_LENGTH || length > this.maxLength);
  }

  /** True when a whole message is there to be taken. */
  get ready(): boolean {
    const length = this.announced;
    return length !== undefined && !this.broken && this.buffer.length >= PREFIX_LENGTH + length;
  }

  /** Removes and returns the next message; only when one is ready. */
  take(): Buffer {
    const end = PREFIX_LENGTH + (this.announced ?? 0);
    const message = this.buffer.subarray(PREFIX_LENGTH, end);
    this.buffer = this.buffer.subarray(end);
    return message;
  }

  /** Copies what is left, which lets go of the chunk (up to 64 KiB) that a short rest would keep alive. */
  compact(): void {
    if (this.buffer.length * 2 < this.buffer.buffer.byteLength) this.buffer = Buffer.from(this.buffer);
  }

  private get announced(): number | undefined {
    return this.buffer.length < PREFIX_LENGTH ? undefined : this.buffer.readUInt16BE();
  }
}
