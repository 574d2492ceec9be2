import { ClientRequest, get, IncomingMessage } from 'node:http';

/** One event as it came. */
export interface Received {
  event: string;
  id: string | undefined;
  data: unknown;
}

/** Reads an event stream as a browser would. */
export class EventReader {
  readonly received: Received[] = [];
  ended = false;
  private buffer = '';
  private waiting: (() => void)[] = [];

  private constructor(
    private readonly request: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.take(text));
    response.on('close', () => {
      this.ended = true;
      this.wake();
    });
    response.on('error', () => this.wake());
  }

  static open(
    port: number,
    cookie: string,
    lastEventId?: number,
    more: Record<string, string> = {},
  ): Promise<EventReader> {
    const headers = {
      ...(cookie === '' ? {} : { Cookie: cookie }),
      ...more,
      'Accept-Encoding': 'gzip',
      ...(lastEventId === undefined ? {} : { 'Last-Event-ID': String(lastEventId) }),
    };
    return new Promise((resolve, reject) => {
      const request = get({ host: '127.0.0.1', port, path: '/api/events', headers, agent: false }, (response) =>
        resolve(new EventReader(request, response)),
      );
      request.on('error', reject);
    });
  }

  /** Waits until that is so; fails after five seconds with what was received. */
  async until(condition: () => boolean, milliseconds = 5_000): Promise<void> {
    const deadline = Date.now() + milliseconds;
    while (!condition()) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`Not in time; received ${JSON.stringify(this.received)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  /** Waits for an event of that name whose data has these properties. */
  async next(event: string, data: Record<string, unknown> = {}): Promise<Received> {
    const find = (): Received | undefined =>
      this.received.find(
        (one) =>
          one.event === event &&
          Object.entries(data).every(([key, value]) => (one.data as Record<string, unknown>)[key] === value),
      );
    await this.until(() => find() !== undefined);
    return find() as Received;
  }

  get names(): string[] {
    return this.received.map(({ event }) => event);
  }

  close(): void {
    this.request.destroy();
  }

  private take(text: string): void {
    this.buffer += text;
    for (let end = this.buffer.indexOf('\n\n'); end >= 0; end = this.buffer.indexOf('\n\n')) {
      const lines = this.buffer.slice(0, end).split('\n');
      this.buffer = this.buffer.slice(end + 2);
      const field = (name: string): string | undefined =>
        lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      this.received.push({
        event: field('event') ?? '',
        id: field('id'),
        data: JSON.parse(field('data') ?? 'null') as unknown,
      });
    }
    this.wake();
  }

  private wake(): void {
    for (const wake of this.waiting.splice(0)) wake();
  }
}
