import { DnsServer } from '../src/server/dns-server';
import { RrsetData } from '../src/zone-data';
import { query } from './ask';
import { askUdp, framed, sampleZones, startServer, TcpClient, until } from './clients';

const ask = (id: number, name = 'www'): Buffer =>
  query({ name: `${name}.ct.example.org`, type: name === 'big' ? 'TXT' : 'A' }, { id });
const big: RrsetData = { name: 'big', ttl: 60, type: 'TXT', records: ['x'.repeat(50_000)] };

describe('TCP (RFC 7766, RFC 9210)', () => {
  let server: DnsServer;
  let port: number;
  let errors: Error[];
  const start = async (limits: object = {}): Promise<void> => {
    ({ server, port, errors } = await startServer({ limits, zones: sampleZones('192.0.2.1', [big]) }));
  };
  /** After every hazard: nothing reported, nothing left open, everybody else served. */
  afterEach(async () => {
    expect((await askUdp(port, ask(1))).rcode).toBe('NOERROR');
    expect(errors).toEqual([]);
    await server.close();
    await until(() => server.tcpConnections === 0, 'the connections to go');
  });

  it('answers pipelined questions in order, more than fit one turn', async () => {
    await start();
    const client = await TcpClient.open(port);
    const ids = Array.from({ length: 500 }, (_, id) => id);
    client.send(...ids.map((id) => ask(id)));
    expect((await client.replies(500)).map(({ id }) => id)).toEqual(ids);
  });

  it('answers a question that comes octet by octet', async () => {
    await start();
    const client = await TcpClient.open(port);
    client.socket.setNoDelay();
    for (const octet of framed(ask(7))) {
      client.socket.write(Buffer.of(octet));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await client.replies(1)).map(({ id }) => id)).toEqual([7]);
  });

  it('answers a client that has closed its side, then closes', async () => {
    await start();
    const client = await TcpClient.open(port);
    client.send(ask(1), ask(2));
    client.socket.end();
    expect((await client.replies(2)).map(({ id }) => id)).toEqual([1, 2]);
    await client.closed;
  });

  it('outlives resets: idle, in the middle of a message, with answers on their way', async () => {
    await start();
    for (const bytes of [
      Buffer.alloc(0),
      Buffer.of(0),
      framed(ask(1)).subarray(0, 20),
      Buffer.concat(Array.from({ length: 200 }, () => framed(ask(1, 'big')))),
    ]) {
      const client = await TcpClient.open(port);
      client.socket.write(bytes);
      await until(() => client.socket.bytesWritten === bytes.length, 'the octets to be written');
      client.socket.resetAndDestroy();
    }
    await until(() => server.tcpConnections === 0, 'the connections to go');
  });

  it.each([
    ['a prefix of nought', Buffer.of(0, 0)],
    ['a prefix below a header', Buffer.of(0, 11)],
    ['a prefix beyond the limit', Buffer.of(255, 255)],
    ['HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['TLS', Buffer.from('16030100a5010000a1', 'hex')],
  ])('closes at %s', async (_, bytes) => {
    await start();
    const client = await TcpClient.open(port);
    client.socket.write(bytes);
    await client.closed;
  });

  it('keeps silent to a response and goes on', async () => {
    await start();
    const client = await TcpClient.open(port);
    const response = ask(1);
    response.writeUInt16BE(0x8180, 2);
    client.send(response, ask(2));
    expect((await client.replies(1)).map(({ id }) => id)).toEqual([2]);
  });

  it('closes an idle connection, also after answers', async () => {
    await start({ tcpIdleTimeout: 200 });
    const silent = await TcpClient.open(port);
    const asking = await TcpClient.open(port);
    asking.send(ask(1));
    await asking.replies(1);
    await Promise.all([silent.closed, asking.closed]);
  });

  it('closes a connection that only drips', async () => {
    await start({ tcpIdleTimeout: 300 });
    const client = await TcpClient.open(port);
    const drip = setInterval(() => client.socket.write(Buffer.of(0, 200)), 20);
    // A prefix of 200, then octets that never make 200 in time.
    await client.closed;
    clearInterval(drip);
  });

  it('keeps a connection that asks now and then', async () => {
    await start({ tcpIdleTimeout: 400 });
    const client = await TcpClient.open(port);
    for (let id = 1; id <= 6; id++) {
      client.send(ask(id));
      await client.replies(id);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    expect(client.socket.destroyed).toBe(false);
  });

  it('stops reading from a client that takes no answers, and closes it in the end', async () => {
    await start({ tcpIdleTimeout: 500 });
    const client = await TcpClient.open(port);
    client.socket.pause();
    const before = process.memoryUsage().rss;
    // 20,000 answers of 50 kB would be a gigabyte.
    const questions = Buffer.concat(Array.from({ length: 20_000 }, () => framed(ask(1, 'big'))));
    client.socket.write(questions);
    await until(() => server.tcpConnections === 0, 'the connection to be closed');
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
  });

  it('serves a slow reader whole', async () => {
    await start();
    const client = await TcpClient.open(port);
    client.socket.pause();
    client.send(...Array.from({ length: 100 }, (_, id) => ask(id, 'big')));
    await until(() => client.socket.writableLength === 0, 'the questions to be sent');
    client.socket.resume();
    expect((await client.replies(100)).map(({ id }) => id)).toEqual(Array.from({ length: 100 }, (_, id) => id));
  });

  it('refuses a client more than its share, and gives it back', async () => {
    await start({ tcpConnectionsPerClient: 3 });
    const held = await Promise.all([1, 2, 3].map(() => TcpClient.open(port)));
    await until(() => server.tcpConnections === 3, 'three connections');
    const fourth = await TcpClient.open(port);
    await fourth.closed;
    held[0]?.socket.destroy();
    await until(() => server.tcpConnections === 2, 'two connections');
    const again = await TcpClient.open(port);
    again.send(ask(9));
    expect(await again.replies(1)).toHaveLength(1);
  });

  it('at the limit the connection that has been idle longest gives way', async () => {
    await start({ tcpConnections: 3 });
    const first = await TcpClient.open(port);
    const second = await TcpClient.open(port);
    const third = await TcpClient.open(port);
    for (const client of [first, second, third, first]) {
      client.send(ask(1));
      await until(() => client.socket.bytesRead > 0, 'an answer');
    }
    await first.replies(2);
    const fourth = await TcpClient.open(port);
    await second.closed;
    fourth.send(ask(4));
    expect(await fourth.replies(1)).toHaveLength(1);
    expect([first, third].map(({ socket }) => socket.destroyed)).toEqual([false, false]);
  });

  it('tells how long a connection may rest, and asks for its end when there are too many (RFC 7828)', async () => {
    await start({ tcpConnections: 5 });
    const asking = ask(1);
    const option = Buffer.from('00002904d000000000' + '0004000b0000', 'hex');
    const packet = Buffer.concat([asking.subarray(0, asking.length - 11), option]);
    const keepalive = async (client: TcpClient, count: number): Promise<unknown> => {
      client.send(packet);
      const opt = (await client.replies(count)).at(-1)?.additionals?.[0];
      return opt?.type === 'OPT' ? opt.options.map((found) => 'timeout' in found && found.timeout) : undefined;
    };
    const clients = await Promise.all([1, 2, 3, 4].map(() => TcpClient.open(port)));
    await until(() => server.tcpConnections === 4, 'four connections');
    const first = clients[0] as TcpClient;
    expect(await keepalive(first, 1)).toEqual([100]);
    await TcpClient.open(port);
    await until(() => server.tcpConnections === 5, 'five connections');
    expect(await keepalive(first, 2)).toEqual([0]);
    first.socket.destroy();
  });

  it('holds 1,000 idle connections and serves the next', async () => {
    await start({ tcpConnections: 2_000, tcpConnectionsPerClient: 2_000 });
    const idle = await Promise.all(Array.from({ length: 1_000 }, () => TcpClient.open(port)));
    await until(() => server.tcpConnections === 1_000, 'a thousand connections');
    const client = await TcpClient.open(port);
    client.send(ask(1));
    expect(await client.replies(1)).toHaveLength(1);
    idle.at(-1)?.send(ask(2));
    expect(await idle.at(-1)?.replies(1)).toHaveLength(1);
    for (const { socket } of idle) socket.destroy();
  });

  it('close() lets an answer out and does not wait for ever on a client that stays', async () => {
    await start();
    const closing = await startServer({ limits: { closeTimeout: 200 }, zones: sampleZones('192.0.2.1', [big]) });
    const stubborn = await TcpClient.open(closing.port, { stubborn: true });
    const asking = await TcpClient.open(closing.port);
    asking.send(...Array.from({ length: 50 }, (_, id) => ask(id, 'big')));
    await asking.replies(1);
    await closing.server.close();
    await asking.closed;
    stubborn.socket.destroy();
    expect(await asking.replies(50)).toHaveLength(50);
  });
});
