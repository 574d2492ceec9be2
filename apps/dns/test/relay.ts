import { createSocket, Socket } from 'node:dgram';
import { once } from 'node:events';

/** Stands between a resolver and the server, and may change what the server says over UDP. */
export class Relay {
  private readonly upstream = new Set<Socket>();

  private constructor(
    private readonly socket: Socket,
    private readonly target: number,
    private readonly changed: (answer: Buffer) => Buffer,
  ) {
    socket.on('message', (question, { port }) => this.pass(question, port));
  }

  static async start(target: number, changed: (answer: Buffer) => Buffer): Promise<Relay> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new Relay(socket, target, changed);
  }

  get port(): number {
    return this.socket.address().port;
  }

  close(): void {
    this.socket.close();
    for (const socket of this.upstream) socket.close();
    this.upstream.clear();
  }

  private pass(question: Buffer, from: number): void {
    const socket = createSocket('udp4');
    this.upstream.add(socket);
    socket.once('message', (answer) => {
      if (!this.upstream.delete(socket)) return;
      socket.close();
      this.socket.send(this.changed(answer), from, '127.0.0.1');
    });
    socket.send(question, this.target, '127.0.0.1');
  }
}
