import { createSocket, RemoteInfo, Socket } from 'node:dgram';
import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { decode, DecodedPacket, encode, RecordType } from 'dns-packet';
import { Mirror, MirrorOptions, MirrorOutcome } from '../src/mirror/mirror';
import { Name } from '../src/name';
import { DnsServer } from '../src/server/dns-server';
import { buildZone } from '../src/zone-builder';
import { RrsetData } from '../src/zone-data';
import { ZoneSet } from '../src/zone-set';
import { zoneData } from './sample-zone';
import { signedZone } from './signing';

const A = (name: string, address: string, ttl = 60): RrsetData => ({ name, type: 'A', ttl, records: [address] });
const endings: (() => unknown)[] = [];
let outcomes: MirrorOutcome[];
let now: number;
beforeEach(() => {
  outcomes = [];
  now = 1_700_000_000_000;
});
afterEach(async () => {
  jest.useRealTimers();
  for (const end of endings.splice(0)) await end();
});

/** A name server of the zone, with a mirror where one is given; its port. */
async function serve(rrsets: readonly RrsetData[], mirrorPort?: number, options: Partial<MirrorOptions> = {}) {
  const mirror =
    mirrorPort === undefined
      ? undefined
      : new Mirror({
          address: '127.0.0.1',
          port: mirrorPort,
          origin: Name.parse('ct.example.org'),
          // Longer than any machine pauses: only where silence is what is shown is it waited for.
          timeout: 20_000,
          now: () => now,
          onOutcome: (outcome) => outcomes.push(outcome),
          ...options,
        });
  const server = new DnsServer({
    addresses: [{ host: '127.0.0.1', port: 0 }],
    zones: ZoneSet.of([buildZone(zoneData(rrsets))]),
    ...(mirror && { mirror }),
  });
  const [address] = await server.listen();
  endings.push(() => server.close());
  return { port: address?.port ?? 0, mirror, server };
}

/** Something at a port that says what it is told to say. */
async function speaker(say: (question: Buffer, sender: RemoteInfo, socket: Socket) => void): Promise<number> {
  const socket = createSocket('udp4');
  socket.on('message', (question: Buffer, sender: RemoteInfo) => say(question, sender, socket));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  endings.push(() => new Promise<void>((resolve) => void socket.close(() => resolve())));
  return (socket.address() as AddressInfo).port;
}

/** An answer as a server that keeps the question would give it. */
function reply(
  question: Buffer,
  ...answers: { name: string; type: 'A' | 'CNAME' | 'AAAA'; data: string; ttl?: number }[]
): Buffer {
  const { id = 0, questions = [] } = decode(question);
  return encode({
    type: 'response',
    id,
    questions,
    answers: answers.map((answer) => ({ ttl: 300, ...answer, class: 'IN' as const })),
  } as Parameters<typeof encode>[0]);
}
const asked = (question: Buffer): string => decode(question).questions?.[0]?.name ?? '';

async function ask(port: number, name: string, type: RecordType = 'A'): Promise<{ rcode: string; answers: string[] }> {
  const socket = createSocket('udp4');
  try {
    const heard = once(socket, 'message', { signal: AbortSignal.timeout(15_000) });
    socket.send(encode({ type: 'query', id: 4711, questions: [{ name, type }] }), port, '127.0.0.1');
    const [wire] = (await heard) as [Buffer];
    const { rcode, answers = [] } = decode(wire) as DecodedPacket & { rcode: string };
    return {
      rcode,
      answers: answers.map(
        (a) => `${a.name} ${'ttl' in a ? String(a.ttl) : ''} ${a.type} ${'data' in a ? String(a.data) : ''}`,
      ),
    };
  } finally {
    socket.close();
  }
}
/** How long a mirror is waited for where it is not going to say anything. */
const SILENCE = { timeout: 200 };
// Whoever has to wait for a whole machine waits; what takes too long is then told by what was expected.
jest.setTimeout(20_000);
const NOTHING = { rcode: 'NXDOMAIN', answers: [] };

it('answers for names that are not here, and never for one that is', async () => {
  const old = await serve([
    A('old', '192.0.2.9', 3_600),
    A('web', '192.0.2.66'),
    { name: 'alias', type: 'CNAME', ttl: 60, records: ['old'] },
  ]);
  const { port } = await serve([A('web', '192.0.2.1')], old.port);
  expect(await ask(port, 'web.ct.example.org')).toEqual({
    rcode: 'NOERROR',
    answers: ['web.ct.example.org 60 A 192.0.2.1'],
  });
  expect(await ask(port, 'web.ct.example.org', 'AAAA')).toEqual({ rcode: 'NOERROR', answers: [] });
  expect(outcomes).toEqual([]);
  // Not believed for longer than a minute.
  expect(await ask(port, 'Old.ct.example.org')).toEqual({
    rcode: 'NOERROR',
    answers: ['Old.ct.example.org 60 A 192.0.2.9'],
  });
  expect(await ask(port, 'alias.ct.example.org')).toEqual({
    rcode: 'NOERROR',
    answers: ['alias.ct.example.org 60 CNAME old.ct.example.org'],
  });
  expect(await ask(port, 'nobody.ct.example.org')).toEqual(NOTHING);
  expect(await ask(port, 'old.example.org')).toEqual({ rcode: 'REFUSED', answers: [] });
});

it('asks once for what many want at once, and remembers the answer for its time', async () => {
  let questions = 0;
  const at = await speaker((question, sender, socket) => {
    questions += 1;
    const answer = reply(question, { name: asked(question), type: 'A', data: '192.0.2.9', ttl: 30 });
    setTimeout(() => socket.send(answer, sender.port, sender.address), 20);
  });
  const { port } = await serve([], at);
  await Promise.all(Array.from({ length: 20 }, () => ask(port, 'old.ct.example.org')));
  expect(questions).toBe(1);
  now += 29_000;
  await ask(port, 'old.ct.example.org');
  expect(questions).toBe(1);
  now += 2_000;
  await ask(port, 'old.ct.example.org');
  expect(questions).toBe(2);
});

it.each<[string, (question: Buffer) => Buffer]>([
  [
    'another id',
    (q) => {
      const r = reply(q, { name: asked(q), type: 'A', data: '192.0.2.66' });
      r.writeUInt16BE((r.readUInt16BE(0) + 1) % 65_536);
      return r;
    },
  ],
  [
    'another case of the name',
    (q) => {
      const r = reply(q, { name: asked(q), type: 'A', data: '192.0.2.66' });
      for (let i = 13; i < 30; i++)
        if (((r[i] as number) | 0x20) >= 0x61 && ((r[i] as number) | 0x20) <= 0x7a) r[i] = (r[i] as number) ^ 0x20;
      return r;
    },
  ],
  [
    'another question',
    (q) => reply(encode({ ...decode(q), type: 'query', questions: [{ name: 'bad.ct.example.org', type: 'A' }] })),
  ],
  ['a question in place of an answer', (q) => q],
  ['half a header', (q) => q.subarray(0, 6)],
])('does not believe %s', async (_what, say) => {
  const at = await speaker((question, sender, socket) => socket.send(say(question), sender.port, sender.address));
  const { port } = await serve([], at, SILENCE);
  expect(await ask(port, 'a-name-of-many-letters.ct.example.org')).toEqual(NOTHING);
  expect(outcomes).toEqual(['late']);
});

it.each<[string, (question: Buffer) => Buffer]>([
  ['records of another name', (q) => reply(q, { name: 'bank.example', type: 'A', data: '192.0.2.66' })],
  ['records of another type', (q) => reply(q, { name: asked(q), type: 'AAAA', data: '2001:db8::66' })],
  [
    'a count that lies',
    (q) => {
      const r = reply(q);
      r.writeUInt16BE(50_000, 6);
      return r;
    },
  ],
  [
    'a pointer to itself',
    (q) => {
      const r = Buffer.concat([
        reply(q),
        Buffer.from([0xc0, reply(q).length, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 1, 2, 3, 4]),
      ]);
      r.writeUInt16BE(1, 6);
      return r;
    },
  ],
  [
    'an answer that is cut',
    (q) => {
      const r = reply(q, { name: asked(q), type: 'A', data: '192.0.2.66' });
      r[2] = (r[2] as number) | 0x02;
      return r;
    },
  ],
  [
    'SERVFAIL',
    (q) => {
      const r = reply(q);
      r[3] = 2;
      return r;
    },
  ],
])('takes %s for no such name', async (_what, say) => {
  const at = await speaker((question, sender, socket) => socket.send(say(question), sender.port, sender.address));
  const { port } = await serve([], at);
  expect(await ask(port, 'old.ct.example.org')).toEqual(NOTHING);
  expect(outcomes).toEqual(['absent']);
});

it('answers its own names at once while the mirror is silent, leaves it alone after a while, and asks it again', async () => {
  let mute = true;
  const at = await speaker((question, sender, socket) => {
    if (!mute)
      socket.send(
        reply(question, { name: asked(question), type: 'A', data: '192.0.2.9' }),
        sender.port,
        sender.address,
      );
  });
  // Time stands still until it is told to go on: what is shown does not depend on how fast the machine is.
  jest.useFakeTimers({ doNotFake: ['Date', 'hrtime', 'nextTick', 'performance', 'queueMicrotask', 'setImmediate'] });
  const { port, mirror } = await serve([A('web', '192.0.2.1')], at, SILENCE);
  const missing = Promise.all(Array.from({ length: 100 }, (_, i) => ask(port, `gone-${i}.ct.example.org`)));
  for (const end = Date.now() + 10_000; outcomes.length < 36 && Date.now() < end;)
    await new Promise((resolve) => setImmediate(resolve));
  expect(outcomes.every((outcome) => outcome === 'busy')).toBe(true);
  expect(mirror?.waiting).toBe(64);
  expect((await ask(port, 'web.ct.example.org')).answers).toEqual(['web.ct.example.org 60 A 192.0.2.1']);
  expect(outcomes).toHaveLength(36);
  jest.advanceTimersByTime(SILENCE.timeout);
  for (const heard of await missing) expect(heard).toEqual(NOTHING);
  expect(outcomes.filter((outcome) => outcome === 'late')).toHaveLength(64);
  mute = false;
  expect(await ask(port, 'old.ct.example.org')).toEqual(NOTHING);
  expect(outcomes.at(-1)).toBe('resting');
  now += 5_001;
  expect((await ask(port, 'old.ct.example.org')).answers).toEqual(['old.ct.example.org 60 A 192.0.2.9']);
});

it('is not asked where it is proved that there is no such name', async () => {
  const old = await serve([A('old', '192.0.2.9')]);
  const { port, server } = await serve([], old.port);
  server.setZones(ZoneSet.of([await signedZone(zoneData())]));
  expect(await ask(port, 'old.ct.example.org')).toEqual(NOTHING);
  expect(outcomes).toEqual([]);
});

it('takes a port where nobody listens for silence', async () => {
  const gone = createSocket('udp4').bind(0, '127.0.0.1');
  await once(gone, 'listening');
  const at = (gone.address() as AddressInfo).port;
  gone.close();
  const { port } = await serve([], at);
  expect(await ask(port, 'old.ct.example.org')).toEqual(NOTHING);
  expect(outcomes).toEqual(['late']);
});

it('forgets the oldest when it has remembered enough', async () => {
  let questions = 0;
  const at = await speaker((question, sender, socket) => {
    questions += 1;
    socket.send(reply(question), sender.port, sender.address);
  });
  const { port } = await serve([], at, { remembered: 3 });
  for (const name of ['a1', 'a2', 'a3', 'a4', 'a4', 'a1']) await ask(port, `${name}.ct.example.org`);
  expect(questions).toBe(5);
});
