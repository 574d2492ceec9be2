import { DeferredAnswer } from '../deferred/deferred-answer';
import { TransferMessages } from './transfer-messages';
import { TransferOutcome } from './transfer-request';

/** A transfer on its way to a client on TCP. */
export class TransferAnswer implements DeferredAnswer {
  constructor(
    private readonly messages: TransferMessages,
    /** When the client must have taken all of it, by performance.now(). */
    private readonly deadline: number,
    private readonly onEnd: (outcome: TransferOutcome) => void,
  ) {}

  next(): Promise<Buffer | undefined> {
    if (performance.now() > this.deadline) return Promise.reject(new Error('a transfer took too long'));
    return Promise.resolve(this.messages.next());
  }

  end(complete: boolean): void {
    const { messages, recordCount: records, octets } = this.messages;
    this.messages.stop();
    this.onEnd({ complete, messages, records, octets });
  }
}
