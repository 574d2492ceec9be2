import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, Socket } from 'node:net';
import { DnsServer } from '../src/server/dns-server';
import { DnsServerOptions } from '../src/server/server-options';
import { buildZone } from '../src/zone-builder';
import { RrsetData } from '../src/zone-data';
import { ZoneSet } from '../src/zone-set';
import { decodeReply, Reply } from './ask';
import { zoneData } from './sample-zone';

/** The sample zone with an address at www. */
export function sampleZones(address = '192.0.2.1', more: readonly RrsetData[] = []): ZoneSet {
  return ZoneSet.of([buildZone(zoneData([{ name: 'www', ttl: 60, type: 'A', records: [address] }, ...more]))]);
}

/** A listening server on a free port of 127.0.0.1, and the errors that it reported. */
export async function startServer(
  options: Partial<DnsServerOptions> = {},
): Promise<{ server: DnsServer; port: number; errors: Error[] }> {
  const errors: Error[] = [];
  const server = new DnsServer({
    addresses: [{ host: '127.0.0.1', port: 0 }],
    zones: sampleZones(),
    onError: (error) => errors.push(error),
    ...options,
  });
  const [address] = await server.listen();
  return { server, port: address?.port ?? 0, errors };
}

/** Sends one datagram and waits for its answer. */
export async function askUdp(port: number, packet: Buffer, host = '127.0.0.1'): Promise<Reply> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  try {
    const answer = once(socket, 'message', { signal: AbortSignal.timeout(5_000) });
    socket.send(packet, port, host);
    const [wire] = (await answer) as [Buffer];
    return decodeReply(wire);
  } finally {
    socket.close();
  }
}

/** Puts the length prefix before a message. */
export function framed(packet: Buffer): Buffer {
  return Buffer.concat([Buffer.of(packet.length >> 8, packet.length & 0xff), packet]);
}

/** A TCP client that collects what it gets. */
export class TcpClient {
  private received = Buffer.alloc(0);
  /** Resolves when the connection is gone, whoever closed it and however. */
  readonly closed: Promise<void>;

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.received = Buffer.concat([this.received, chunk])));
    this.closed = new Promise((resolve) => {
      socket.on('close', () => resolve());
    });
    // What the server did to the connection is what the tests look at, by `closed`.
    socket.on('error', () => socket.destroy());
  }

  /** Connects; a stubborn client does not close its side when the server does. */
  static async open(port: number, { host = '127.0.0.1', stubborn = false } = {}): Promise<TcpClient> {
    const socket = connect({ port, host, allowHalfOpen: stubborn });
    const client = new TcpClient(socket);
    await once(socket, 'connect');
    return client;
  }

  send(...packets: Buffer[]): void {
    this.socket.write(Buffer.concat(packets.map(framed)));
  }

  /** Waits for a number of answers. */
  async replies(count: number): Promise<Reply[]> {
    await until(() => this.messages().length >= count, `${count} answers`);
    return this.messages().map(decodeReply);
  }

  private messages(): Buffer[] {
    const messages: Buffer[] = [];
    for (let at = 0; at + 2 <= this.received.length;) {
      const end = at + 2 + this.received.readUInt16BE(at);
      if (end > this.received.length) break;
      messages.push(this.received.subarray(at + 2, end));
      at = end;
    }
    return messages;
  }
}

/** Polls until a condition holds. */
export async function until(holds: () => boolean, what: string, milliseconds = 5_000): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited ${milliseconds} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
