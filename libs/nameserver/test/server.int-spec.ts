import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { DnsServer } from '../src/server/dns-server';
import { QueryEvent } from '../src/server/server-options';
import { lines, query } from './ask';
import { askUdp, sampleZones, startServer, TcpClient, until } from './clients';

const www = query({ name: 'www.ct.example.org' });

describe('a server on real sockets', () => {
  let server: DnsServer;
  let port: number;
  let errors: Error[];
  const events: QueryEvent[] = [];

  beforeAll(async () => {
    ({ server, port, errors } = await startServer({
      onQuery: (event) => events.push(event),
      addresses: [
        { host: '127.0.0.1', port: 0 },
        { host: '::1', port: 0 },
        { host: '127.0.0.2', port: 0 },
      ],
    }));
  });
  beforeEach(() => events.splice(0));
  afterAll(() => server.close());
  afterEach(() => expect(errors).toEqual([]));

  it('answers on every address, over UDP and TCP, on the ports it tells', async () => {
    expect(server.addresses.map(({ host }) => host)).toEqual(['127.0.0.1', '::1', '127.0.0.2']);
    for (const { host, port: bound } of server.addresses) {
      expect(lines((await askUdp(bound, www, host)).answers)).toEqual(['www.ct.example.org 60 A 192.0.2.1']);
      const client = await TcpClient.open(bound, { host });
      client.send(www);
      expect(lines((await client.replies(1))[0]?.answers)).toEqual(['www.ct.example.org 60 A 192.0.2.1']);
      client.socket.destroy();
    }
  });

  it('tells what it answered', async () => {
    await askUdp(port, query({ name: 'nope.ct.example.org', type: 'AAAA' }));
    await askUdp(port, Buffer.concat([www, Buffer.of(0)]));
    expect(events).toMatchObject([
      {
        protocol: 'udp',
        verdict: 'send',
        rcode: 3,
        type: 28,
        truncated: false,
        sender: '127.0.0.1',
      },
      {
        protocol: 'udp',
        verdict: 'send',
        rcode: 1,
        type: undefined,
        truncated: false,
        sender: '127.0.0.1',
      },
    ]);
  });

  it('is silent to responses and stubs, and answers the next packet', async () => {
    const socket = createSocket('udp4');
    const answers: Buffer[] = [];
    socket.on('message', (message: Buffer) => answers.push(message));
    const response = Buffer.from(www);
    response.writeUInt16BE(0x8180, 2);
    for (const packet of [response, Buffer.alloc(0), Buffer.from([1]), www.subarray(0, 11)])
      socket.send(packet, port, '127.0.0.1');
    socket.send(www, port, '127.0.0.1');
    await once(socket, 'message');
    socket.close();
    expect(answers).toHaveLength(1);
    expect(events.map(({ rcode }) => rcode)).toEqual([undefined, undefined, undefined, undefined, 0]);
  });

  it('takes the largest datagram there is', async () => {
    expect((await askUdp(port, Buffer.concat([www, Buffer.alloc(65_507 - www.length)]))).rcode).toBe('FORMERR');
  });

  it('swaps zones between two packets', async () => {
    server.setZones(sampleZones('192.0.2.99'));
    expect(lines((await askUdp(port, www)).answers)).toEqual(['www.ct.example.org 60 A 192.0.2.99']);
    server.setZones(sampleZones());
    expect(lines((await askUdp(port, www)).answers)).toEqual(['www.ct.example.org 60 A 192.0.2.1']);
  });
});

describe('a server with a rate limit', () => {
  it('sends a client beyond it to TCP, serves the others, and tells', async () => {
    const events: QueryEvent[] = [];
    const { server, port } = await startServer({
      rateLimits: { answersPerSecond: 3, slip: 1 },
      // A clock that stands: no account earns anything meanwhile.
      now: () => 1_700_000_000_000,
      onQuery: (event) => events.push(event),
    });
    const answers = [];
    for (let i = 0; i < 5; i++) answers.push(await askUdp(port, www));
    expect(answers.map(({ flag_tc }) => flag_tc)).toEqual([false, false, false, true, true]);
    expect(events.map(({ verdict }) => verdict)).toEqual(['send', 'send', 'send', 'slip', 'slip']);
    expect((await askUdp(port, query({ name: 'ns.ct.example.org' }))).flag_tc).toBe(false);
    const client = await TcpClient.open(port);
    client.send(...Array.from({ length: 10 }, () => www));
    expect((await client.replies(10)).every(({ answers: found }) => found?.length === 1)).toBe(true);
    client.socket.destroy();
    await server.close();
  });

  it('keeps silent where nothing slips', async () => {
    const events: QueryEvent[] = [];
    const { server, port } = await startServer({
      rateLimits: { answersPerSecond: 1, slip: 0 },
      now: () => 1_700_000_000_000,
      onQuery: (event) => events.push(event),
    });
    await askUdp(port, www);
    const socket = createSocket('udp4');
    socket.send(www, port, '127.0.0.1');
    await until(() => events.length === 2, 'the second question');
    expect(events[1]).toMatchObject({ verdict: 'drop', rcode: undefined, truncated: false });
    socket.close();
    await server.close();
  });
});

describe('faults around a server', () => {
  it('outlives callbacks that throw, and reports them', async () => {
    const errors: Error[] = [];
    let failing = true;
    const { server, port } = await startServer({
      onQuery: () => {
        if (failing) throw new Error('counter broken');
      },
      onError: (error) => {
        errors.push(error);
        throw new Error('log broken');
      },
    });
    const socket = createSocket('udp4');
    socket.send(www, port, '127.0.0.1');
    await until(() => errors.length > 0, 'the report');
    failing = false;
    expect((await askUdp(port, www)).rcode).toBe('NOERROR');
    expect(errors.map(({ message }) => message)).toEqual(['counter broken']);
    socket.close();
    await server.close();
  });

  it('binds all addresses or none', async () => {
    // Not 127.0.0.1, where the clients of other tests may take a port that has just become free.
    const first = await startServer({ addresses: [{ host: '127.0.0.3', port: 0 }] });
    const second = new DnsServer({
      addresses: [
        { host: '127.0.0.2', port: 0 },
        { host: '127.0.0.3', port: first.port },
      ],
    });
    await expect(second.listen()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    expect(second.addresses).toEqual([]);
    await first.server.close();
    await second.listen();
    await expect(second.listen()).rejects.toThrow('listens already');
    await second.close();
  });

  it('closes twice, and before it ever listened', async () => {
    const { server, port } = await startServer();
    await Promise.all([server.close(), server.close()]);
    await server.close();
    await expect(TcpClient.open(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await new DnsServer({ addresses: [] }).close();
  });
});
