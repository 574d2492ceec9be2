import { Socket } from 'node:net';
import { DeferredAnswer } from '../deferred/deferred-answer';
import { MessageHandler } from './message-handler';
import { ServerLimits } from './server-options';
import { TcpFrames } from './tcp-frames';

/** Messages answered before other clients get their turn. */
const MESSAGES_PER_TURN = 32;

/** One client on TCP: messages answered in the order they came (RFC 7766 §6.2.1.1). */
export class TcpConnection {
  private readonly frames: TcpFrames;
  /** True while the next step waits for the client to take answers, or for the event loop. */
  private waiting = false;
  private ended = false;
  /** Set while an answer that comes in several messages waits for the client to take one. */
  private taken: (() => void) | undefined;
  private delivering = false;
  private readonly sender: string;
  /** Only whole messages start it anew, so that single octets do not keep a connection open. */
  private readonly deadline: NodeJS.Timeout;

  constructor(
    private readonly socket: Socket,
    private readonly handle: MessageHandler,
    private readonly onMessage: () => void,
    limits: ServerLimits,
  ) {
    this.sender = socket.remoteAddress ?? '';
    this.frames = new TcpFrames(limits.tcpMessageOctets);
    this.deadline = setTimeout(() => this.destroy(), limits.tcpIdleTimeout);
    socket.on('data', (chunk: Buffer) => {
      if (this.ended) return;
      this.frames.push(chunk);
      if (!this.waiting) this.answerArrived();
    });
    socket.on('drain', () => (this.delivering ? this.taken?.() : this.resume()));
    socket.on('end', () => this.finish());
    socket.on('close', () => {
      clearTimeout(this.deadline);
      this.taken?.();
    });
    // A reset is the client's own affair; 'close' follows.
    socket.on('error', () => this.destroy());
  }

  /** Answers what has arrived whole, then closes this side. */
  finish(): void {
    this.ended = true;
    if (!this.waiting) this.socket.end();
  }

  /** Closes at once. */
  destroy(): void {
    this.socket.destroy();
  }

  private answerArrived(): void {
    const answers: Buffer[] = [];
    let taken = 0;
    let later: DeferredAnswer | undefined;
    for (; taken < MESSAGES_PER_TURN && this.frames.ready && !later; taken++) {
      const answer = this.handle(this.frames.take(), 'tcp', this.sender);
      if (answer instanceof Uint8Array) push(answers, answer);
      else later = answer;
    }
    this.frames.compact();
    if (taken > 0) {
      this.deadline.refresh();
      this.onMessage();
    }
    const flowing = answers.length === 0 || this.socket.write(Buffer.concat(answers));
    if (later) return void this.deliver(later);
    if (this.frames.broken) return this.destroy();
    if (!flowing) return this.wait();
    if (this.frames.ready) {
      this.wait();
      setImmediate(() => this.resume());
    } else if (this.ended) {
      this.socket.end();
    }
  }

  /** Sends message after message as the client takes them; questions behind it wait. */
  private async deliver(answer: DeferredAnswer): Promise<void> {
    this.wait();
    this.delivering = true;
    const complete = await this.sendAll(answer);
    this.delivering = false;
    answer.end(complete);
    if (complete) this.resume();
    else this.destroy();
  }

  /** False when the client is gone or the answer failed. */
  private async sendAll(answer: DeferredAnswer): Promise<boolean> {
    try {
      for (let message; (message = await answer.next()) !== undefined;) {
        if (this.socket.destroyed) return false;
        this.deadline.refresh();
        this.onMessage();
        const parts: Buffer[] = [];
        push(parts, message);
        if (this.socket.write(Buffer.concat(parts))) await new Promise<void>((resolve) => setImmediate(resolve));
        else await this.drained();
      }
      return !this.socket.destroyed;
    } catch {
      // What made the answer has told why; the client sees the connection end.
      return false;
    }
  }

  private async drained(): Promise<void> {
    await new Promise<void>((resolve) => (this.taken = resolve));
    this.taken = undefined;
  }

  /** Stops reading, so that a client that takes no answers cannot pile them up here. */
  private wait(): void {
    this.waiting = true;
    this.socket.pause();
  }

  private resume(): void {
    if (!this.waiting || this.socket.destroyed) return;
    this.waiting = false;
    this.socket.resume();
    this.answerArrived();
  }
}

/** One write for all: a prefix sent apart from its message may travel apart (RFC 7766 §8). */
function push(answers: Buffer[], answer: Buffer): void {
  answers.push(Buffer.of(answer.length >> 8, answer.length & 0xff), answer);
}
