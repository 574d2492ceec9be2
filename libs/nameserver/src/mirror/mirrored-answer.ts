import { Answer } from '../answer';
import { DeferredAnswer } from '../deferred/deferred-answer';

/** An answer that waits for what a mirror says. */
export class MirroredAnswer implements DeferredAnswer {
  private asked = false;

  constructor(
    private readonly said: Promise<Answer | null>,
    private readonly encode: (said: Answer | null) => Buffer | undefined,
  ) {}

  async next(): Promise<Buffer | undefined> {
    if (this.asked) return undefined;
    this.asked = true;
    return this.encode(await this.said);
  }

  end(): void {
    this.asked = true;
  }
}
