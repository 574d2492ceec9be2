import { Rcode } from '../rcode';
import { HEADER_LENGTH } from '../message-layout';
import { tsigAnswer, TsigCheck } from '../tsig/tsig';
import { DeferredAnswer } from './deferred-answer';
import { SignedRequest, UpdateHandler } from './signed-request';

/** What an answer to an update needs beside its request. */
export interface UpdateAnswerParts {
  readonly handler: UpdateHandler;
  readonly signature: TsigCheck;
  /** Milliseconds until the client is told that it did not work, though it may still. */
  readonly timeout: number;
  /** Seconds since 1970. */
  readonly seconds: () => number;
  readonly onError: (error: unknown) => void;
  readonly onEnd: () => void;
}

/** The answer to an update: what the handler says, signed. */
export class UpdateAnswer implements DeferredAnswer {
  private asked = false;
  private readonly handled: Promise<Buffer>;

  constructor(
    private readonly request: SignedRequest,
    private readonly parts: UpdateAnswerParts,
  ) {
    this.handled = this.run();
    // What counts against the limits is the work, which may outlive the client.
    this.handled.then(parts.onEnd, parts.onEnd);
  }

  async next(): Promise<Buffer | undefined> {
    if (this.asked) return undefined;
    this.asked = true;
    const message = await this.inTime();
    return tsigAnswer(message, this.parts.signature, this.parts.seconds());
  }

  end(): void {
    this.asked = true;
  }

  private async run(): Promise<Buffer> {
    try {
      return await this.parts.handler(this.request);
    } catch (error) {
      this.parts.onError(error);
      return this.failure();
    }
  }

  private async inTime(): Promise<Buffer> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Buffer>((resolve) => {
      timer = setTimeout(() => resolve(this.failure()), this.parts.timeout);
    });
    try {
      return await Promise.race([this.handled, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The header alone, which is enough for an answer to an update (RFC 2136 §3.8). */
  private failure(): Buffer {
    const header = Buffer.alloc(HEADER_LENGTH);
    this.request.message.copy(header, 0, 0, 3);
    header[2] = 0x80 | ((header[2] as number) & 0x78);
    header[3] = Rcode.SERVFAIL;
    return header;
  }
}
