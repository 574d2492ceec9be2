import type { Duplex } from 'node:stream';
import { LxdError } from '../errors';
import { connectionError } from '../socket-errors';
import { MessageReader, MessageWriter } from './sftp-wire';

/** A larger message is none that was asked for. */
const MAX_MESSAGE_BYTES = 64 * 1024;

interface Waiting {
  resolve: (message: Buffer) => void;
  reject: (error: LxdError) => void;
}

/** Messages over a socket: one question at a time, each with its answer. */
export class SftpConnection {
  private buffer = Buffer.alloc(0);
  private waiting: Waiting | undefined;
  private failure: LxdError | undefined;
  private lastId = 0;

  /** @param verdict why the socket was cut by ourselves, if it was */
  constructor(
    private readonly socket: Duplex,
    head: Buffer,
    private readonly origin: string,
    private readonly call: string,
    private readonly verdict: () => LxdError | undefined,
  ) {
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (error) => this.fail(connectionError(origin, error, call)));
    socket.on('close', () => this.fail(this.broken('closed the connection')));
    this.take(head);
  }

  /** Sends a message without an id and waits for the next one. */
  async greet(message: MessageWriter): Promise<MessageReader> {
    return new MessageReader(await this.exchange(message.framed()));
  }

  /**
   * Sends a request and waits for its answer.
   * @returns the type of the answer, and what follows its id
   */
  async request(
    type: number,
    fill: (message: MessageWriter) => void,
  ): Promise<{ type: number; answer: MessageReader }> {
    const id = ++this.lastId;
    const message = new MessageWriter().u8(type).u32(id);
    fill(message);
    const answer = new MessageReader(await this.exchange(message.framed()));
    const answered = answer.u8();
    if (answer.u32() !== id) throw this.garbage('answered another question');
    return { type: answered, answer };
  }

  /** An error for an answer that makes no sense. */
  garbage(what: string): LxdError {
    return new LxdError('garbage', `${this.origin} ${what} (${this.call})`, { call: this.call });
  }

  private exchange(bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.failure) return reject(this.failure);
      this.waiting = { resolve, reject };
      this.socket.write(bytes);
      this.deliver();
    });
  }

  private take(chunk: Buffer): void {
    this.buffer = Buffer.concat([this.buffer, chunk]);
    this.deliver();
  }

  private deliver(): void {
    if (this.buffer.length < 4) return;
    const length = this.buffer.readUInt32BE();
    if (length > MAX_MESSAGE_BYTES) return this.cut(this.garbage(`sent a message of ${length} bytes`));
    if (this.buffer.length < 4 + length || !this.waiting) return;
    const message = this.buffer.subarray(4, 4 + length);
    this.buffer = this.buffer.subarray(4 + length);
    const { resolve } = this.waiting;
    this.waiting = undefined;
    resolve(message);
  }

  private cut(error: LxdError): void {
    this.fail(error);
    this.socket.destroy();
  }

  private fail(error: LxdError): void {
    this.failure ??= this.verdict() ?? error;
    this.waiting?.reject(this.failure);
    this.waiting = undefined;
  }

  private broken(words: string): LxdError {
    return new LxdError('unreachable', `${this.origin} ${words} (${this.call})`, { call: this.call });
  }
}
