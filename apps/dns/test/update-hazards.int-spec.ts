import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { MAX_UPDATE_NAMES } from '@lxdm/domain';
import { Name, Rcode, signTsig, TsigKey } from '@lxdm/nameserver';
import { until } from './client';
import { UpdateBench, UpdateKey } from './updating';

let bench: UpdateBench;
let key: UpdateKey;

beforeAll(async () => {
  bench = await UpdateBench.create();
  key = await bench.key('all', ['*.ct.example.org.']);
  await bench.fleet.appear({ name: 'web', addresses: ['192.0.2.7'] });
}, 30_000);
afterAll(() => bench.close());

const rows = (owner: string) => bench.rows(owner);

/** An UPDATE that adds one TXT, signed at a time; another one for every id. */
function signedUpdate(id: number, seconds: number): Buffer {
  const header = Buffer.from('000028000001000000010000', 'hex');
  header.writeUInt16BE(id);
  const wire = (name: string): Buffer => Name.parse(name).wire;
  const zone = Buffer.concat([wire('ct.example.org.'), Buffer.of(0, 6, 0, 1)]);
  const txt = Buffer.concat([wire(`raw-${id}.ct.example.org.`), Buffer.from('001000010000003c00020178', 'hex')]);
  const signer = new TsigKey({
    name: `${key.name}.`,
    algorithm: key.algorithm,
    secret: Buffer.from(key.secret, 'base64'),
  });
  return signTsig(Buffer.concat([header, zone, txt]), signer, { now: seconds }).wire;
}

/** Sends datagrams at once, and has as many answers. */
async function exchange(...packets: Buffer[]): Promise<Buffer[]> {
  const socket = createSocket('udp4');
  try {
    const answers: Buffer[] = [];
    for (const packet of packets) socket.send(packet, bench.port, '127.0.0.1');
    while (answers.length < packets.length) {
      const [answer] = (await once(socket, 'message', { signal: AbortSignal.timeout(5_000) })) as [Buffer];
      answers.push(answer);
    }
    return answers;
  } finally {
    socket.close();
  }
}
const rcodeOf = (answer: Buffer | undefined): number => (answer?.[3] ?? NaN) & 0x0f;
const seconds = (): number => Math.floor(Date.now() / 1_000);

it('a clock that is wrong by more than five minutes is told so', async () => {
  const [late] = await exchange(signedUpdate(1, seconds() - 301));
  const [early] = await exchange(signedUpdate(2, seconds() + 310));
  const [good] = await exchange(signedUpdate(3, seconds() - 280));
  expect([late, early, good].map(rcodeOf)).toEqual([Rcode.NOTAUTH, Rcode.NOTAUTH, Rcode.NOERROR]);
  expect([await rows('raw-1'), await rows('raw-2'), await rows('raw-3')].map((found) => found.length)).toEqual([
    0, 0, 1,
  ]);
});

it('a datagram that comes several times is carried out once, also when it was recorded and its record deleted since', async () => {
  const before = await bench.fleet.serial();
  const packet = signedUpdate(7, seconds());
  expect((await exchange(packet, packet, packet)).map(rcodeOf)).toEqual([0, 0, 0]);
  expect(await rows('raw-7')).toHaveLength(1);
  expect(await bench.fleet.serial()).toBe(before + 1);
  expect(await bench.nsupdate(key, 'update delete raw-7.ct.example.org.')).toMatchObject({ code: 0 });
  expect((await exchange(packet)).map(rcodeOf)).toEqual([0]);
  expect(await rows('raw-7')).toEqual([]);
});

it('bears a program that holds a record and waits for its turn to announce', async () => {
  await bench.record('dynamic', 'held.ct.example.org.', 16, Buffer.from('\x01h'));
  let began: () => void = () => undefined;
  const holding = new Promise<void>((resolve) => (began = resolve));
  let freed: () => void = () => undefined;
  const update = new Promise<void>((resolve) => (freed = resolve));
  const other = bench.fleet.db.run(async (tx) => {
    await tx.query(`DELETE FROM zone_records WHERE owner = 'held.ct.example.org.'`);
    began();
    await update;
    tx.zoneChanged({ owners: ['held.ct.example.org.'] });
  });
  await holding;
  const said = bench.nsupdate(key, [
    'update delete held.ct.example.org. TXT',
    'update add held.ct.example.org. 60 TXT "u"',
  ]);
  setTimeout(freed, 300);
  expect(await said).toMatchObject({ code: 0 });
  await other;
  expect(await bench.dig('held.ct.example.org', 'TXT')).toEqual(['"u"']);
});

it('pointers beside those of containers: neither takes the other away', async () => {
  await bench.fleet.db.run(async (tx) => {
    await tx.query(
      `INSERT INTO zones (name, kind, cidr, serial) VALUES ('2.0.192.in-addr.arpa.', 'reverse', '192.0.2.0/24', 1)`,
    );
    tx.zoneChanged();
  });
  const pointers = await bench.key('ptr', ['*.2.0.192.in-addr.arpa.'], ['PTR']);
  const update = (line: string) =>
    bench.said(
      'nsupdate',
      ['-y', `${pointers.algorithm}:${pointers.name}:${pointers.secret}`],
      [`server 127.0.0.1 ${bench.port}`, 'zone 2.0.192.in-addr.arpa.', line, 'send', ''].join('\n'),
    );
  // An update is answered after a second at the latest, also where what it changed is not served yet.
  const serves = (address: string, ...names: string[]) =>
    until(async () => (await bench.dig(`${address}.2.0.192.in-addr.arpa`, 'PTR')).join() === names.join(), 5_000);
  await serves('7', 'web.ct.example.org.');
  expect(await update('update add 7.2.0.192.in-addr.arpa. 60 PTR also.example.')).toEqual({ code: 0, text: '' });
  await serves('7', 'also.example.', 'web.ct.example.org.');
  expect(await update('update add 200.2.0.192.in-addr.arpa. 60 PTR own.example.')).toMatchObject({ code: 0 });
  await serves('200', 'own.example.');
  expect((await update('update delete 7.2.0.192.in-addr.arpa. PTR')).text).toContain('REFUSED');
  expect(await update('update delete 7.2.0.192.in-addr.arpa. PTR also.example.')).toMatchObject({ code: 0 });
  await serves('7', 'web.ct.example.org.');
});

it('a key that has records at as many names as one key may have is refused more, and may take away', async () => {
  const greedy = await bench.key('greedy', ['*.ct.example.org.']);
  await bench.fleet.db.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source, tsig_key_id)
     SELECT 'ct.example.org.', 'greedy-' || n || '.ct.example.org.', 16, 60, '\\x0161', 'update', $1 FROM generate_series(1, $2::int) AS n`,
    [greedy.id, MAX_UPDATE_NAMES],
  );
  const more = await bench.nsupdate(greedy, 'update add one-more.ct.example.org. 60 TXT "x"');
  expect(more.text).toContain('REFUSED');
  expect(await rows('one-more')).toEqual([]);
  expect(await bench.nsupdate(greedy, 'update delete greedy-1.ct.example.org. TXT')).toEqual({ code: 0, text: '' });
  expect(await bench.nsupdate(greedy, 'update add one-more.ct.example.org. 60 TXT "x"')).toEqual({ code: 0, text: '' });
});
