import { once } from 'node:events';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer as createHttps, type Server as HttpsServer } from 'node:https';
import { createServer as createNet, type AddressInfo, type Server as NetServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { selfSigned, type SelfSigned } from './self-signed';

type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** The listening side of the fake: a plain socket in front of TLS, so that connections can be refused, cut or left hanging. */
export class TlsFront {
  identity: SelfSigned;
  /** true: connections are accepted and then nothing happens. */
  silent = false;
  private readonly sockets = new Set<Socket>();
  private https: HttpsServer;
  private net: NetServer | undefined;
  private port = 0;

  constructor(
    private readonly commonName: string,
    private readonly onRequest: RequestListener,
    private readonly onUpgrade: UpgradeListener,
  ) {
    this.identity = selfSigned(commonName);
    this.https = this.makeHttps();
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** The same port again after a `refuse`, unless another is asked for. */
  async listen(port: number): Promise<void> {
    this.net = createNet((socket) => this.accept(socket));
    this.net.listen(port === 0 ? this.port : port, '127.0.0.1');
    await once(this.net, 'listening');
    const address = this.net.address() as AddressInfo;
    this.port = address.port;
  }

  async refuse(): Promise<void> {
    const closing = this.net;
    this.net = undefined;
    this.cut();
    if (closing !== undefined) await new Promise((resolve) => closing.close(resolve));
  }

  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  newCertificate(): void {
    this.identity = selfSigned(this.commonName);
    this.https = this.makeHttps();
    this.cut();
  }

  private makeHttps(): HttpsServer {
    const { cert, key } = this.identity;
    const server = createHttps({ cert, key, requestCert: true, rejectUnauthorized: false, keepAliveTimeout: 65_000 });
    server.on('request', this.onRequest);
    server.on('upgrade', this.onUpgrade);
    server.on('tlsClientError', (_error, socket) => socket.destroy());
    return server;
  }

  private accept(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    // Tests cut connections at every moment; that is no fault of the fake.
    socket.on('error', () => socket.destroy());
    if (!this.silent) this.https.emit('connection', socket);
  }
}
