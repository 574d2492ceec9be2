import { createSocket, RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { allocate, allocateAgain } from '../allocate';
import { DeferredAnswer } from '../deferred/deferred-answer';
import { DEFAULT_UDP_OCTETS } from '../opt';
import { MessageHandler } from './message-handler';
import { BindAddress } from './server-options';

/** One UDP socket. */
export class UdpListener {
  private closed = false;

  private constructor(private readonly socket: Socket) {}

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
    const again = allocateAgain(DEFAULT_UDP_OCTETS);
    socket.on('message', (packet: Buffer, sender: RemoteInfo) => {
      // Most answers are with the system when send() returns; one that must wait is still read from where it was written.
      const memory = socket.getSendQueueCount() === 0 ? again : allocate;
      const response = handle(packet, 'udp', sender.address, memory);
      // Port 0 can be written into a packet but not answered; send() would throw.
      if (!response || sender.port === 0) return;
      if (response instanceof Uint8Array) socket.send(response, sender.port, sender.address);
      else void listener.sendLater(response, sender).catch(onError);
    });
    const listener = new UdpListener(socket);
    return listener;
  }

  /** The port bound. */
  get port(): number {
    return this.socket.address().port;
  }

  /** Closes the socket. */
  async close(): Promise<void> {
    this.closed = true;
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
