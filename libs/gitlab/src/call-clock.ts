import { GitlabError } from './gitlab-error';
import type { GitlabTimeouts } from './timeouts';

/** The deadlines of one running request: aborts it with the error that names what took too long. */
export class CallClock {
  private readonly controller = new AbortController();
  private readonly total: NodeJS.Timeout;
  private phase: NodeJS.Timeout;
  private readonly onCallerAbort = (): void => this.stop(new GitlabError('cancelled', `${this.call} was cancelled`));

  constructor(
    private readonly call: string,
    private readonly timeouts: GitlabTimeouts,
    private readonly caller: AbortSignal | undefined,
  ) {
    const { totalMs, idleMs } = timeouts;
    this.total = setTimeout(() => this.expire('did not finish', totalMs), totalMs);
    this.phase = setTimeout(() => this.expire('gave no answer', idleMs), idleMs);
    caller?.addEventListener('abort', this.onCallerAbort, { once: true });
    if (caller?.aborted === true) this.onCallerAbort();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Why the request was given up, if it was. */
  get verdict(): GitlabError | undefined {
    return this.controller.signal.reason instanceof GitlabError ? this.controller.signal.reason : undefined;
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
    this.stop(new GitlabError('timeout', `GitLab ${what} within ${ms / 1000} s (${this.call})`));
  }

  private stop(reason: GitlabError): void {
    if (!this.controller.signal.aborted) this.controller.abort(reason);
  }
}
