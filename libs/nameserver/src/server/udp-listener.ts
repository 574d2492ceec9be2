import { createSocket, RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { DeferredAnswer } from '../deferred/deferred-answer';
import { MessageHandler } from './message-handler';
import { BindAddress } from './server-options';
import { UdpOutbox } from './udp-outbox';

/** One UDP socket. */
export class UdpListener {
  private closed = false;

  private constructor(
    private readonly socket: Socket,
    private readonly outbox: UdpOutbox,
  ) {}

  /** Binds a socket; rejects when the address cannot be had. */
  static async bind(
    address: BindAddress,
    handle: MessageHandler,
    onError: (error: Error) => void,
  ): Promise<UdpListener> {
    const family = isIPv6(address.host) ? 6 : 4;
    const socket = createSocket({
      type: family === 6 ? 'udp6' : 'udp4',
      ipv6Only: family === 6,
      // Senders are addresses already; the default look-up would cost every answer a turn of the event loop.
      lookup: (host, _options, callback) => callback(null, host, family),
    });
    try {
      const bound = once(socket, 'listening');
      socket.bind(address.port, address.host);
      await bound;
    } catch (error) {
      socket.close();
      throw error;
    }
    socket.on('error', onError);
    const outbox = new UdpOutbox(socket);
    const listener = new UdpListener(socket, outbox);
    socket.on('message', (packet: Buffer, sender: RemoteInfo) => {
      const response = handle(packet, 'udp', sender.address, outbox.memory);
      // Port 0 can be written into a packet but not answered; send() would throw.
      if (!response || sender.port === 0) return;
      if (response instanceof Uint8Array) outbox.add(response, sender);
      else void listener.sendLater(response, sender).catch(onError);
    });
    return listener;
  }

  /** The port bound. */
  get port(): number {
    return this.socket.address().port;
  }

  /** Closes the socket; what was answered goes out before. */
  async close(): Promise<void> {
    this.closed = true;
    this.outbox.send();
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }

  /** One datagram is all that an answer gets. */
  private async sendLater(answer: DeferredAnswer, { port, address }: RemoteInfo): Promise<void> {
    const message = await answer.next();
    const sent = message !== undefined && !this.closed;
    if (sent) this.socket.send(message, port, address);
    answer.end(sent);
  }
}
