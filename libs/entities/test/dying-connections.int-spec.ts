import { createServer, Server, Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createDataSource } from '../src';
import { PgSource } from '../src/zones';

/** A message of the protocol: its type, its length, its body (PostgreSQL manual, "Message Formats"). */
function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

const AUTHENTICATED = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));
const ENDED = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'));

let server: Server;
const sockets: Socket[] = [];

beforeAll(async () => {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    // Ready and ended in one packet, as happens when the server is restarted while somebody connects.
    socket.once('data', () => socket.end(Buffer.concat([AUTHENTICATED, READY, ENDED])));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => server.close(closed));
});

it('outlives a connection that ends in the moment in which it becomes ready', async () => {
  const { port } = server.address() as AddressInfo;
  const dataSource = createDataSource({ url: `postgres://lxdm:x@127.0.0.1:${port}/lxdm`, poolSize: 1 });
  await expect(dataSource.initialize()).rejects.toThrow(/connection error/);
  const pool = PgSource.connect({ url: `postgres://lxdm:x@127.0.0.1:${port}/lxdm`, poolSize: 1 });
  // It was ready once: who uses it is told.
  const used = pool.then((source) => source.query('SELECT 1').finally(() => source.close()));
  await expect(used).rejects.toThrow(/connection|terminat|queryable/i);
});
