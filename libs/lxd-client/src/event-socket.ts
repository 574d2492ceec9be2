import type { IncomingMessage } from 'node:http';
import { WebSocket, type RawData } from 'ws';
import { apiPath } from './api-path';
import { answerError } from './envelope';
import { LxdError } from './errors';
import type { HostAddress } from './host-address';
import { connectTls, type TlsIdentity } from './pinned-tls';
import { connectionError } from './socket-errors';
import type { LxdEvent } from './wire/event';

/** One life of the event socket: where to, how patient, and who hears what. */
export interface EventSocketOptions {
  readonly address: HostAddress;
  readonly identity: TlsIdentity;
  readonly project: string;
  readonly connectMs: number;
  readonly pingMs: number;
  readonly deadMs: number;
  readonly signal: AbortSignal;
  readonly onOpen: () => void;
  /** false ends this life: the listener cannot keep up. */
  readonly onEvent: (event: LxdEvent) => boolean;
}

const eventsCall = 'GET /1.0/events';
const maxEventBytes = 4 * 1024 * 1024;

/** Listens until the connection ends and answers why (https://documentation.ubuntu.com/lxd/stable-5.0/events/). */
export async function listenOnce(options: EventSocketOptions): Promise<LxdError> {
  const { address, identity, connectMs, signal } = options;
  try {
    const tls = await connectTls(address, identity, connectMs, signal);
    const path = apiPath(['events'], { type: 'operation,lifecycle', project: options.project });
    const socket = new WebSocket(`wss://${address.origin.slice('https://'.length)}${path}`, {
      // The pin was compared on this very connection.
      createConnection: () => tls,
      handshakeTimeout: connectMs,
      maxPayload: maxEventBytes,
      perMessageDeflate: false,
      headers: { 'user-agent': 'lxd-manager' },
    });
    return await lifeOf(socket, options);
  } catch (error) {
    return connectionError(address.origin, error, eventsCall);
  }
}

function lifeOf(socket: WebSocket, options: EventSocketOptions): Promise<LxdError> {
  const { origin } = options.address;
  return new Promise((resolve) => {
    let reason: LxdError | undefined;
    let heardAt = performance.now();
    const giveUp = (error: LxdError): void => {
      reason ??= error;
      socket.terminate();
    };
    const onAbort = (): void => giveUp(new LxdError('cancelled', `Listening to ${origin} was stopped`));
    const pulse = setInterval(() => {
      if (performance.now() - heardAt > options.deadMs) {
        giveUp(new LxdError('timeout', `${origin} was silent on its event stream for ${options.deadMs} ms`));
      } else if (socket.readyState === WebSocket.OPEN) socket.ping();
    }, options.pingMs);
    const heard = (): void => {
      heardAt = performance.now();
    };
    socket.on('open', () => {
      heard();
      options.onOpen();
    });
    socket.on('ping', heard).on('pong', heard);
    socket.on('message', (data: RawData) => {
      heard();
      const event = parseEvent(data);
      if (event !== undefined && !options.onEvent(event)) {
        giveUp(new LxdError('busy', `Events of ${origin} came faster than they were read`));
      }
    });
    socket.on('unexpected-response', (_request, response: IncomingMessage) => {
      giveUp(answerError(response.statusCode ?? 0, response.statusMessage ?? '', origin, eventsCall));
    });
    socket.on('error', (error) => {
      reason ??= connectionError(origin, error, eventsCall);
    });
    socket.on('close', (code) => {
      clearInterval(pulse);
      options.signal.removeEventListener('abort', onAbort);
      resolve(
        reason ?? new LxdError('unreachable', `${origin} closed its event stream (${code})`, { call: eventsCall }),
      );
    });
    options.signal.addEventListener('abort', onAbort, { once: true });
    if (options.signal.aborted) onAbort();
  });
}

/** A frame that is no event of the asked types is skipped: events are hints, never the truth. */
function parseEvent(data: RawData): LxdEvent | undefined {
  try {
    const parsed: unknown = JSON.parse(data.toString());
    return isEvent(parsed) ? parsed : undefined;
  } catch (cause) {
    if (cause instanceof SyntaxError) return undefined;
    throw cause;
  }
}

function isEvent(value: unknown): value is LxdEvent {
  if (typeof value !== 'object' || value === null || !('type' in value) || !('metadata' in value)) return false;
  return (
    (value.type === 'operation' || value.type === 'lifecycle') &&
    typeof value.metadata === 'object' &&
    value.metadata !== null
  );
}
