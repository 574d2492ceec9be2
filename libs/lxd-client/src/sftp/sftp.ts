import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiPath } from '../api-path';
import { CallClock } from '../call-clock';
import { openEnvelope } from '../envelope';
import { LxdError } from '../errors';
import type { HostAddress } from '../host-address';
import { connectTls, type TlsIdentity } from '../pinned-tls';
import { connectionError } from '../socket-errors';
import { SftpConnection } from './sftp-connection';
import { SftpSession } from './sftp-session';
import { MESSAGE, MessageWriter } from './sftp-wire';

/** What a session may take, everything included: LXD cannot stop a container while one is open. */
export interface SftpOptions {
  readonly totalMs: number;
  readonly signal?: AbortSignal;
}

const MAX_REFUSAL_BYTES = 64 * 1024;

/**
 * Files of containers over SFTP (GET /1.0/instances/NAME/sftp, upgraded; LXD "instances/sftp"). Unlike `files` it tells a pipe from a
 * file, opens without waiting, makes files that were not there before and puts them in place in one step.
 */
export class Sftp {
  constructor(
    private readonly address: HostAddress,
    private readonly identity: TlsIdentity,
    private readonly project: string,
    private readonly connectMs: number,
  ) {}

  /** Opens a session on a connection of its own, lends it to `work`, and closes it whatever happens. */
  async use<T>(name: string, options: SftpOptions, work: (session: SftpSession) => Promise<T>): Promise<T> {
    const { totalMs, signal } = options;
    const { origin } = this.address;
    const call = `GET ${apiPath(['instances', name, 'sftp'])}`;
    const limits = { connectMs: this.connectMs, headersMs: totalMs, idleMs: totalMs, totalMs };
    const clock = new CallClock(call, origin, limits, signal);
    let socket: Duplex | undefined;
    const cut = (): void => void socket?.destroy();
    clock.signal.addEventListener('abort', cut);
    try {
      const tls = await connectTls(this.address, this.identity, Math.min(this.connectMs, totalMs), clock.signal);
      socket = tls;
      const head = await upgraded(tls, origin, call, apiPath(['instances', name, 'sftp'], { project: this.project }));
      const connection = new SftpConnection(tls, head, origin, call, () => clock.verdict);
      const version = await connection.greet(new MessageWriter().u8(MESSAGE.init).u32(3));
      if (version.u8() !== MESSAGE.version) throw connection.garbage('does not speak SFTP');
      return await work(new SftpSession(connection));
    } catch (error) {
      if (clock.verdict) throw clock.verdict;
      if (error instanceof RangeError)
        throw new LxdError('garbage', `${origin} broke off a message (${call})`, { call });
      throw error;
    } finally {
      clock.end();
      clock.signal.removeEventListener('abort', cut);
      cut();
    }
  }
}

/** Asks for the upgrade; what came behind the answer is the beginning of the stream. */
function upgraded(socket: Duplex, origin: string, call: string, path: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      createConnection: () => socket,
      path,
      headers: { host: new URL(origin).host, 'user-agent': 'lxd-manager', connection: 'Upgrade', upgrade: 'sftp' },
    });
    request.on('upgrade', (_response, _socket, head) => resolve(head));
    request.on('response', (response) => void refusalOf(response, origin, call).then(reject, reject));
    request.on('error', (error) => reject(connectionError(origin, error, call)));
    request.end();
  });
}

/** The error that LXD's answer stands for. */
async function refusalOf(response: IncomingMessage, origin: string, call: string): Promise<LxdError> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_REFUSAL_BYTES) break;
    chunks.push(chunk);
  }
  openEnvelope(
    { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) },
    origin,
    call,
  );
  return new LxdError('garbage', `${origin} did not open a session (${call})`, { call });
}
