import { MessageHandler } from './message-handler';
import { BindAddress } from './server-options';
import { TcpConnections } from './tcp-connections';
import { TcpListener } from './tcp-listener';
import { UdpListener } from './udp-listener';

/** A port that UDP got from the system may be taken on TCP; another try gets another. */
const ATTEMPTS_FOR_A_FREE_PORT = 10;

/** The UDP and TCP sockets of a server, a pair for each address. */
export class BoundSockets {
  private readonly listeners: (UdpListener | TcpListener)[] = [];
  readonly addresses: BindAddress[] = [];

  constructor(
    private readonly handle: MessageHandler,
    private readonly connections: TcpConnections,
    private readonly onError: (error: Error) => void,
  ) {}

  /** Binds the addresses in order; on rejection, close() frees those already bound. */
  async bind(addresses: readonly BindAddress[]): Promise<void> {
    for (const address of addresses) await this.bindPair(address, ATTEMPTS_FOR_A_FREE_PORT);
  }

  /** Closes all sockets; resolves when the TCP connections have ended too. */
  async close(): Promise<void> {
    await Promise.all(this.listeners.map((listener) => listener.close()));
  }

  private async bindPair(address: BindAddress, attempts: number): Promise<void> {
    const udp = await UdpListener.bind(address, this.handle, this.onError);
    const bound = { host: address.host, port: udp.port };
    try {
      this.listeners.push(await TcpListener.bind(bound, this.connections, this.onError));
    } catch (error) {
      await udp.close();
      if (address.port !== 0 || attempts <= 1 || !isAddressInUse(error)) throw error;
      return this.bindPair(address, attempts - 1);
    }
    this.listeners.push(udp);
    this.addresses.push(bound);
  }
}

function isAddressInUse(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE';
}
