import { QueryEvent, questionOf, rcodeName, typeName } from '@lxdm/nameserver';
import type { Logger } from 'pino';

/** Lines a second at most, whatever share was asked for: a flood of questions must not become a flood of lines. */
const LINES_A_SECOND = 1_000;
/** What waits for the disk at most; what comes beyond is counted and left out. */
const LINES_WAITING = 2_000;
const FLUSH_MS = 100;

/** Writes some of the questions to the log: a share of them, chosen by chance, bounded in number, apart from the answering. */
export class QueryLog {
  private readonly waiting: string[] = [];
  private allowance = LINES_A_SECOND;
  private leftOut = 0;
  private since = 0;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param share 0 to 1
   * @param write takes lines of JSON, and calls back when they are written
   */
  constructor(
    private share: number,
    private readonly write: (lines: string, written: () => void) => void,
    private readonly log: Logger,
    private readonly chance: () => number = Math.random,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether anything is written at all; who asks first pays nothing while it is off. */
  get on(): boolean {
    return this.share > 0;
  }

  /** Another share from the next question on. */
  setShare(share: number): void {
    this.share = share;
  }

  /** Notes one message, perhaps. */
  note(event: QueryEvent): void {
    if (this.share < 1 && this.chance() >= this.share) return;
    const now = this.now();
    if (now - this.since >= 1_000) {
      this.since = now;
      this.allowance = LINES_A_SECOND;
    }
    if (this.allowance <= 0 || this.waiting.length >= LINES_WAITING) {
      this.leftOut += 1;
      return;
    }
    this.allowance -= 1;
    this.waiting.push(lineOf(event, now));
    this.timer ??= setTimeout(() => this.flush(), FLUSH_MS).unref();
  }

  /** Hands over what waits; the next only when this was written. */
  flush(): void {
    clearTimeout(this.timer);
    if (this.leftOut > 0) this.log.warn({ leftOut: this.leftOut }, 'questions left out of the query log');
    this.leftOut = 0;
    if (this.waiting.length === 0) {
      this.timer = undefined;
      return;
    }
    this.write(`${this.waiting.splice(0).join('\n')}\n`, () => {
      this.timer = this.waiting.length > 0 ? setTimeout(() => this.flush(), FLUSH_MS).unref() : undefined;
    });
  }
}

/** JSON escapes what could end a line or a string; a name is in presentation form, so that no octet of it is anything but ASCII. */
function lineOf({ packet, protocol, sender, verdict, rcode, type, truncated }: QueryEvent, now: number): string {
  return JSON.stringify({
    time: now,
    name: 'dns',
    msg: 'query',
    client: sender,
    protocol,
    question: questionOf(packet) ?? null,
    type: type === undefined ? null : typeName(type),
    rcode: rcode === undefined ? null : rcodeName(rcode),
    truncated,
    verdict,
  });
}
