import { Socket } from 'node:net';
import { clientKey } from './client-key';
import { MessageHandler } from './message-handler';
import { ServerLimits } from './server-options';
import { TcpConnection } from './tcp-connection';

/** Share of all connections from which on clients are asked to close. */
const CROWDED = 0.8;

/** The connections of all listeners, which share one pair of limits (RFC 7766 §6.2.2, RFC 9210 §4.2). */
export class TcpConnections {
  /** In the order of their last message: the first has been idle longest. */
  private readonly open = new Set<TcpConnection>();
  private readonly perClient = new Map<string, number>();

  constructor(
    private readonly limits: ServerLimits,
    private readonly handle: MessageHandler,
  ) {}

  /** Takes a connection, or closes it when its client has too many; at the total limit the idlest one gives way. */
  accept(socket: Socket): void {
    const client = clientKey(socket.remoteAddress ?? '');
    const held = this.perClient.get(client) ?? 0;
    if (held >= this.limits.tcpConnectionsPerClient) {
      socket.on('error', () => socket.destroy());
      socket.destroy();
      return;
    }
    if (this.open.size >= this.limits.tcpConnections) this.dropIdlest();
    this.perClient.set(client, held + 1);
    const connection = new TcpConnection(socket, this.handle, () => this.touch(connection), this.limits);
    this.open.add(connection);
    socket.on('close', () => {
      this.open.delete(connection);
      this.release(client);
    });
  }

  /** How many are open. */
  get size(): number {
    return this.open.size;
  }

  /** How long a connection may rest, in milliseconds; nought when there are so many that clients had better close (RFC 7828 §3.4). */
  get patience(): number {
    return this.open.size > this.limits.tcpConnections * CROWDED ? 0 : this.limits.tcpIdleTimeout;
  }

  /** Lets every connection finish what it has begun. */
  finish(): void {
    for (const connection of this.open) connection.finish();
  }

  /** Closes every connection at once. */
  destroy(): void {
    for (const connection of this.open) connection.destroy();
  }

  private dropIdlest(): void {
    for (const connection of this.open) {
      this.open.delete(connection);
      return connection.destroy();
    }
  }

  private touch(connection: TcpConnection): void {
    if (this.open.delete(connection)) this.open.add(connection);
  }

  private release(client: string): void {
    const held = (this.perClient.get(client) ?? 0) - 1;
    if (held > 0) this.perClient.set(client, held);
    else this.perClient.delete(client);
  }
}
