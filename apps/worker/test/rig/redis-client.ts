import { connect, Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** As much of RESP (the Redis serialization protocol) as tests need, so that they depend on no client's habits. */
export class RedisClient {
  private turn: Promise<unknown> = Promise.resolve();
  private readonly socket: Socket;
  private readonly lines: AsyncIterator<string>;
  private readonly ready: Promise<unknown>;

  constructor(url: string) {
    const { hostname, port, password, pathname } = new URL(url);
    this.socket = connect(Number(port), hostname);
    this.lines = createInterface({ input: this.socket, crlfDelay: Infinity })[Symbol.asyncIterator]();
    this.ready = this.send(['AUTH', decodeURIComponent(password)]).then(() =>
      this.send(['SELECT', pathname.slice(1) || '0']),
    );
  }

  /** Sends a command; arrays come as arrays, everything else as text. Whoever asks meanwhile waits for their turn. */
  call(...words: string[]): Promise<unknown> {
    const answer = this.turn.then(() => this.ready).then(() => this.send(words));
    this.turn = answer.catch(() => undefined);
    return answer;
  }

  /** Every key with what it holds, as text: to look for what must not be there. */
  async everything(): Promise<string> {
    const keys = (await this.call('KEYS', '*')) as string[];
    const parts: string[] = [];
    for (const key of keys) {
      const type = String(await this.call('TYPE', key));
      const read: Record<string, string[]> = {
        string: ['GET', key],
        hash: ['HGETALL', key],
        list: ['LRANGE', key, '0', '-1'],
        set: ['SMEMBERS', key],
        zset: ['ZRANGE', key, '0', '-1'],
        stream: ['XRANGE', key, '-', '+'],
      };
      parts.push(key, JSON.stringify(await this.call(...(read[type] ?? ['TYPE', key]))));
    }
    return parts.join('\n');
  }

  close(): void {
    this.socket.destroy();
  }

  private async send(words: string[]): Promise<unknown> {
    this.socket.write(
      `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`,
    );
    return this.read();
  }

  private async read(): Promise<unknown> {
    const line = await this.line();
    const rest = line.slice(1);
    if (line.startsWith('-')) throw new Error(`Redis: ${rest}`);
    if (line.startsWith('*')) {
      const items: unknown[] = [];
      for (let left = Number(rest); left > 0; left--) items.push(await this.read());
      return items;
    }
    if (!line.startsWith('$')) return rest;
    const length = Number(rest);
    if (length < 0) return null;
    let text = await this.line();
    while (Buffer.byteLength(text) < length) text += `\n${await this.line()}`;
    return text;
  }

  private async line(): Promise<string> {
    const { value, done } = await this.lines.next();
    if (done) throw new Error('Redis hung up');
    return value;
  }
}
