import { LxdError } from './errors';
import type { LxdTimeouts } from './timeouts';

/** The deadlines of one running call: aborts it with the error that names what took too long. */
export class CallClock {
  private readonly controller = new AbortController();
  private readonly total: NodeJS.Timeout;
  private phase: NodeJS.Timeout;
  private readonly onCallerAbort = (): void =>
    this.stop(new LxdError('cancelled', `${this.call} was cancelled`, { call: this.call }));

  constructor(
    private readonly call: string,
    private readonly origin: string,
    private readonly timeouts: LxdTimeouts,
    private readonly caller: AbortSignal | undefined,
  ) {
    this.total = setTimeout(() => this.expire('did not finish', timeouts.totalMs), timeouts.totalMs);
    this.phase = setTimeout(() => this.expire('gave no answer', timeouts.headersMs), timeouts.headersMs);
    caller?.addEventListener('abort', this.onCallerAbort, { once: true });
    if (caller?.aborted === true) this.onCallerAbort();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Why the call was given up, if it was. */
  get verdict(): LxdError | undefined {
    return this.controller.signal.reason instanceof LxdError ? this.controller.signal.reason : undefined;
  }

  /** Headers or a piece of the body arrived: from now on the pause counts. */
  heard(): void {
    clearTimeout(this.phase);
    const { idleMs } = this.timeouts;
    this.phase = setTimeout(() => this.expire('stopped in the middle of its answer', idleMs), idleMs);
  }

  end(): void {
    clearTimeout(this.total);
    clearTimeout(this.phase);
    this.caller?.removeEventListener('abort', this.onCallerAbort);
  }

  private expire(what: string, ms: number): void {
    this.stop(new LxdError('timeout', `${this.origin} ${what} (${this.call}, ${ms} ms)`, { call: this.call }));
  }

  private stop(reason: LxdError): void {
    if (!this.controller.signal.aborted) this.controller.abort(reason);
  }
}
