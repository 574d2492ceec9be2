import { Pool } from 'undici';
import { CallClock } from './call-clock';
import { LxdError } from './errors';
import type { HostAddress } from './host-address';
import { connectTls, type TlsIdentity } from './pinned-tls';
import { connectionError } from './socket-errors';
import type { CallOptions, LxdTimeouts } from './timeouts';

/** One HTTP request, before LXD's envelope. */
export interface HttpRequest extends CallOptions {
  readonly method: 'GET' | 'PUT' | 'PATCH' | 'POST' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** What came back, read to its end. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What a transport needs to know about its host. */
export interface TransportOptions {
  readonly address: HostAddress;
  readonly identity: TlsIdentity;
  readonly timeouts: LxdTimeouts;
  readonly maxBodyBytes: number;
  readonly connections: number;
}

/** Keep-alive connections to one host; every connection is pinned, every call has deadlines and a size cap. */
export class Transport {
  private readonly pool: Pool;

  constructor(private readonly options: TransportOptions) {
    const { address, identity, timeouts, connections } = options;
    this.pool = new Pool(address.origin, {
      connections,
      // CallClock keeps the time: undici's own timers are a second coarse.
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: (_wanted, callback) => {
        connectTls(address, identity, timeouts.connectMs).then(
          (socket) => callback(null, socket),
          (error: Error) => callback(error, null),
        );
      },
    });
  }

  async send(request: HttpRequest): Promise<HttpReply> {
    const { address, timeouts } = this.options;
    const call = `${request.method} ${request.path.split('?')[0]}`;
    const clock = new CallClock(call, address.origin, { ...timeouts, ...request.timeouts }, request.signal);
    let answered = false;
    try {
      const { statusCode, headers, body } = await this.pool.request({
        method: request.method,
        path: request.path,
        headers: { 'user-agent': 'lxd-manager', ...request.headers },
        body: request.body,
        signal: clock.signal,
      });
      answered = true;
      clock.heard();
      return { status: statusCode, headers, body: await this.read(body, clock, call) };
    } catch (cause) {
      throw (
        clock.verdict ??
        (answered ? truncated(address.origin, cause, call) : connectionError(address.origin, cause, call))
      );
    } finally {
      clock.end();
    }
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async read(body: AsyncIterable<Buffer>, clock: CallClock, call: string): Promise<Buffer> {
    const { maxBodyBytes, address } = this.options;
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body) {
      clock.heard();
      size += chunk.length;
      if (size > maxBodyBytes) {
        // Leaving the loop destroys the body and with it the connection.
        throw new LxdError('garbage', `${address.origin} answered more than ${maxBodyBytes} bytes (${call})`, {
          call,
          retryable: false,
        });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size);
  }
}

function truncated(origin: string, cause: unknown, call: string): LxdError {
  if (cause instanceof LxdError) return cause;
  return new LxdError('garbage', `${origin} broke off in the middle of its answer (${call})`, { cause, call });
}
