import { randomInt } from 'node:crypto';
import { createSocket, RemoteInfo, Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { TsigKey } from '../tsig/tsig-key';
import { soaOf } from '../transfer/zone-delta';
import { Zone } from '../zone';
import { NotifyMessage, notifyMessage, notifyRcode } from './notify-message';

/** Where a NOTIFY goes. */
export interface NotifyTarget {
  readonly address: string;
  readonly port: number;
  /** Signs it, and must have signed the answer. */
  readonly key?: TsigKey | undefined;
}

/** What a NotifyClient is made of. */
export interface NotifyClientOptions {
  /** Addresses to send from, as secondaries know their primary by its address; the system chooses where none is given. */
  readonly sources?: readonly string[];
  /** Milliseconds since 1970, for signatures. */
  readonly now?: () => number;
  readonly onError?: (error: Error) => void;
}

interface Waiting {
  readonly message: NotifyMessage;
  readonly target: NotifyTarget;
  readonly answered: (rcode: number | undefined) => void;
}

/** Sends NOTIFY messages over UDP (RFC 1996), each once, and hears their answers. */
export class NotifyClient {
  private readonly sockets = new Map<4 | 6, Socket>();
  private readonly waiting = new Map<number, Waiting>();
  private closed = false;

  constructor(private readonly options: NotifyClientOptions = {}) {}

  /** Tells a secondary of the version of a zone; resolves with the rcode of its answer, or undefined when none came in time. */
  send(zone: Zone, target: NotifyTarget, timeout: number): Promise<number | undefined> {
    if (this.closed) return Promise.resolve(undefined);
    const id = this.freeId();
    const message = notifyMessage(id, soaOf(zone), target.key, this.seconds());
    return new Promise((resolve) => {
      const timer = setTimeout(() => answered(undefined), timeout);
      const answered = (rcode: number | undefined): void => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(rcode);
      };
      this.waiting.set(id, { message, target, answered });
      // A host that says that nobody listens there says so again at the next try: the time-out decides.
      this.socket(target.address).send(message.wire, target.port, target.address, () => undefined);
    });
  }

  /** Waits for no more answers. */
  close(): void {
    this.closed = true;
    for (const { answered } of [...this.waiting.values()]) answered(undefined);
    for (const socket of this.sockets.values()) socket.close();
    this.sockets.clear();
  }

  private socket(address: string): Socket {
    const family = isIPv6(address) ? 6 : 4;
    const known = this.sockets.get(family);
    if (known) return known;
    const socket = createSocket({ type: family === 6 ? 'udp6' : 'udp4', ipv6Only: family === 6 });
    this.sockets.set(family, socket);
    socket.on('message', (answer, sender) => this.receive(answer, sender));
    socket.on('error', (error) => {
      this.options.onError?.(error);
      // The next message gets a fresh one.
      if (this.sockets.get(family) === socket) this.sockets.delete(family);
      if (!this.closed) socket.close();
    });
    const source = this.options.sources?.find((one) => isIPv6(one) === (family === 6));
    socket.bind({ port: 0, ...(source !== undefined && { address: source }) });
    return socket;
  }

  private receive(answer: Buffer, { address, port }: RemoteInfo): void {
    const waiting = answer.length > 2 ? this.waiting.get(answer.readUInt16BE(0)) : undefined;
    if (waiting?.target.address !== address || waiting.target.port !== port) return;
    const rcode = notifyRcode(answer, waiting.message, this.seconds());
    // What anybody may have made up does not end the waiting for the answer.
    if (rcode !== undefined) waiting.answered(rcode);
  }

  private freeId(): number {
    for (;;) {
      const id = randomInt(0x1_0000);
      if (!this.waiting.has(id)) return id;
    }
  }

  private seconds(): number {
    return Math.floor((this.options.now ?? Date.now)() / 1_000);
  }
}
