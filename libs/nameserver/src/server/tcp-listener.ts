import { once } from 'node:events';
import { AddressInfo, createServer, isIPv6, Server } from 'node:net';
import { BindAddress } from './server-options';
import { TcpConnections } from './tcp-connections';

/** One listening TCP socket. */
export class TcpListener {
  private constructor(private readonly server: Server) {}

  /** Listens; rejects when the address cannot be had. */
  static async bind(
    address: BindAddress,
    connections: TcpConnections,
    onError: (error: Error) => void,
  ): Promise<TcpListener> {
    // Half-open: a client may close its side after the last question and still wants the answer.
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => connections.accept(socket));
    const bound = once(server, 'listening');
    server.listen({ port: address.port, host: address.host, ipv6Only: isIPv6(address.host) });
    await bound;
    server.on('error', onError);
    return new TcpListener(server);
  }

  /** The port bound. */
  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Takes no more connections; resolves when those that are open have closed. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }
}
