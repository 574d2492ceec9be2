import { DnspythonClient, DnspythonKey } from './dnspython';
import { UpdateBench, UpdateKey } from './updating';

const CONTAINERS = 1_500;

let bench: UpdateBench;
let client: DnspythonClient;
let key: UpdateKey;

beforeAll(async () => {
  bench = await UpdateBench.create();
  key = await bench.key('all', ['*.ct.example.org.']);
  await mayTransfer(key);
  await bench.fleet.appear(
    { name: 'web', addresses: ['192.0.2.7'] },
    ...Array.from({ length: CONTAINERS }, (_, index) => ({
      name: `c${index}`,
      addresses: [`10.1.${index >> 8}.${index & 255}`],
    })),
  );
  client = new DnspythonClient(bench.port);
}, 60_000);
afterAll(async () => {
  await client.close();
  await bench.close();
});

async function mayTransfer({ id }: UpdateKey): Promise<void> {
  await bench.fleet.db.run(async (tx) => {
    await tx.query('UPDATE tsig_keys SET may_transfer = true WHERE id = $1', [id]);
    tx.changed('zone', '00000000-0000-0000-0000-000000000000');
  });
}

const done = { rcode: 'NOERROR', signed: true };

describe('updates', () => {
  it.each(['hmac-sha256', 'hmac-sha384', 'hmac-sha512'] as const)(
    'signed with %s, over both protocols',
    async (how) => {
      const signer = await bench.key(`dnspython-${how}`, ['*.ct.example.org.'], [], how);
      for (const tcp of [false, true]) {
        const tell = (...change: readonly (string | number)[]) =>
          client.update({ key: signer, changes: [change], tcp });
        expect(await tell('add', how, 300, 'A', '192.0.2.1', '192.0.2.2')).toMatchObject(done);
        expect(await bench.dig(`${how}.ct.example.org`, 'A')).toEqual(['192.0.2.1', '192.0.2.2']);
        expect(await tell('delete', how, 'A', '192.0.2.1')).toMatchObject(done);
        expect(await bench.dig(`${how}.ct.example.org`, 'A')).toEqual(['192.0.2.2']);
        expect(await tell('replace', how, 60, 'A', '192.0.2.3')).toMatchObject(done);
        expect(await bench.dig(`${how}.ct.example.org`, 'A')).toEqual(['192.0.2.3']);
        expect(await tell('delete', how)).toMatchObject(done);
        expect(await bench.dig(`${how}.ct.example.org`, 'A')).toEqual([]);
      }
    },
  );

  it.each<[string, Partial<DnspythonKey>, string]>([
    ['another secret', { secret: Buffer.alloc(32, 1).toString('base64') }, 'PeerBadSignature'],
    ['another name', { name: 'nobody' }, 'PeerBadKey'],
    ['SHA-512 where the key has SHA-256', { algorithm: 'hmac-sha512' }, 'PeerBadKey'],
    ['SHA-224', { algorithm: 'hmac-sha224' }, 'PeerBadKey'],
    ['SHA-1', { algorithm: 'hmac-sha1' }, 'PeerBadKey'],
    ['MD5', { algorithm: 'hmac-md5.sig-alg.reg.int' }, 'PeerBadKey'],
    ['the half of SHA-256', { algorithm: 'hmac-sha256-128' }, 'PeerBadKey'],
  ])('signed with %s do nothing', async (_what, other, error) => {
    for (const tcp of [false, true])
      expect(
        await client.update({ key: { ...key, ...other }, changes: [['add', 'half', 60, 'TXT', 'x']], tcp }),
      ).toMatchObject({ error });
    expect(await bench.rows('half')).toEqual([]);
  });

  it('without a signature are refused', async () => {
    expect(await client.update({ changes: [['add', 'half', 60, 'TXT', 'x']] })).toMatchObject({
      rcode: 'REFUSED',
      signed: false,
    });
  });

  it.each([
    [['present', 'nobody'], 'NXDOMAIN'],
    [['absent', 'web'], 'YXDOMAIN'],
    [['present', 'web', 'MX'], 'NXRRSET'],
    [['absent', 'web', 'A'], 'YXRRSET'],
    [['present', 'web', 'A', '192.0.2.8'], 'NXRRSET'],
    [['present', 'web', 'A', '192.0.2.7'], 'NOERROR'],
  ])('where it must be that %j: %s', async (prerequisite, rcode) => {
    const changes = [
      ['add', 'held', 60, 'TXT', 'x'],
      ['delete', 'held', 'TXT'],
    ];
    expect(await client.update({ key, prerequisites: [prerequisite], changes })).toMatchObject({ rcode, signed: true });
  });
});

/** As of external-dns 0.14: each endpoint in messages of its own, no prerequisites, TTL 0 unless told, what goes named with its data. */
describe('the messages of external-dns', () => {
  const registry = 'heritage=external-dns,external-dns/owner=me,external-dns/resource=ingress/default/app';
  const text = (value: string) => `"${value}"`;
  const send = (...changes: (readonly (string | number)[])[]) => client.update({ key, changes });
  const names = async () =>
    (await client.transfer('external-dns', key, { whole: true })).records.filter((line) =>
      /^(a-|cname-)?app\./.test(line),
    );

  it('make an address with its two registry records, move it, and take all away', async () => {
    expect(await send(['add', 'app', 0, 'A', '192.0.2.31', '192.0.2.32'])).toMatchObject(done);
    expect(await send(['add', 'app', 0, 'TXT', text(registry)])).toMatchObject(done);
    expect(await send(['add', 'a-app', 0, 'TXT', text(registry)])).toMatchObject(done);
    expect(await names()).toEqual([
      `a-app.ct.example.org. 0 TXT ${text(registry)}`,
      'app.ct.example.org. 0 A 192.0.2.31',
      'app.ct.example.org. 0 A 192.0.2.32',
      `app.ct.example.org. 0 TXT ${text(registry)}`,
    ]);
    expect(await send(['delete', 'app', 'A', '192.0.2.31'], ['delete', 'app', 'A', '192.0.2.32'])).toMatchObject(done);
    expect(await send(['add', 'app', 300, 'A', '192.0.2.33'])).toMatchObject(done);
    expect(await bench.dig('app.ct.example.org', 'A')).toEqual(['192.0.2.33']);
    expect(await send(['delete', 'app', 'A', '192.0.2.33'])).toMatchObject(done);
    for (const name of ['app', 'a-app'])
      expect(await send(['delete', name, 'TXT', text(registry)])).toMatchObject(done);
    expect(await names()).toEqual([]);
  });

  it('make an alias with its registry record', async () => {
    expect(await send(['add', 'app', 0, 'CNAME', 'lb.example.com.'])).toMatchObject(done);
    expect(await send(['add', 'cname-app', 0, 'TXT', text(registry)])).toMatchObject(done);
    expect(await bench.dig('app.ct.example.org', 'CNAME')).toEqual(['lb.example.com.']);
    expect(await send(['delete', 'app', 'CNAME', 'lb.example.com.'])).toMatchObject(done);
    expect(await send(['delete', 'cname-app', 'TXT', text(registry)])).toMatchObject(done);
    expect(await names()).toEqual([]);
  });

  it('of a name that a container has are refused', async () => {
    expect(await send(['add', 'web', 0, 'A', '192.0.2.66'])).toMatchObject({ rcode: 'REFUSED', signed: true });
    expect(await bench.dig('web.ct.example.org', 'A')).toEqual(['192.0.2.7']);
  });
});

/** As of cert-manager 1.12: one TXT with a TTL of 60 a message, no prerequisites, removed by its value. */
describe('the messages of cert-manager', () => {
  it.each(['hmac-sha256', 'hmac-sha512'] as const)(
    'hold two challenges of one name at a time, with %s',
    async (how) => {
      const name = '_acme-challenge.web';
      const solver = await bench.key(`cert-manager-${how}`, [`${name}.ct.example.org.`], ['TXT'], how);
      for (const tcp of [false, true]) {
        const send = (...change: readonly (string | number)[]) =>
          client.update({ key: solver, changes: [change], tcp });
        const values = ['LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0', 'evaGxfADs6pSRb2LAv9IZf17Dt3juxGJ-PCt92wr-oA'];
        for (const value of values) expect(await send('add', name, 60, 'TXT', `"${value}"`)).toMatchObject(done);
        expect(await bench.dig(`${name}.ct.example.org`, 'TXT')).toEqual(values.map((value) => `"${value}"`).sort());
        expect(await send('delete', name, 'TXT', `"${values[0]}"`)).toMatchObject(done);
        expect(await bench.dig(`${name}.ct.example.org`, 'TXT')).toEqual([`"${values[1]}"`]);
        expect(await send('delete', name, 'TXT', `"${values[1]}"`)).toMatchObject(done);
        expect(await bench.dig(`${name}.ct.example.org`, 'TXT')).toEqual([]);
        expect(await send('add', 'web', 60, 'TXT', 'x')).toMatchObject({ rcode: 'REFUSED', signed: true });
      }
    },
  );
});

describe('transfers', () => {
  const renewed = async (how: { udp?: 'ONLY' } = {}) => {
    const followed = await client.transfer('follower', key, how);
    const whole = await client.transfer('whole', key, { whole: true });
    expect(followed.records).toEqual(whole.records);
    expect(followed.serial).toBe(whole.serial);
    return followed;
  };

  it('bring the whole zone in several messages, each under the signature', async () => {
    const { since, records, serial } = await client.transfer('follower', key);
    expect(since).toBeNull();
    expect(serial).toBe(await bench.fleet.serial());
    expect(records.filter((line) => /^c\d+\.ct\.example\.org\. 60 A 10\.1\./.test(line))).toHaveLength(CONTAINERS);
  });

  it('bring what has changed, and it makes the same zone as the whole', async () => {
    const { serial } = await renewed();
    await client.update({ key, changes: [['add', 'late', 60, 'TXT', '"one"', '"two"']] });
    await client.update({ key, changes: [['delete', 'late', 'TXT', '"one"']] });
    await client.update({ key, changes: [['add', 'late', 60, 'MX', '10 web']] });
    await bench.fleet.appear({ name: 'later', addresses: ['192.0.2.77'] });
    await bench.served();
    const now = await bench.fleet.serial();
    const after = await renewed();
    expect([after.since, after.serial]).toEqual([serial, now]);
    expect(after.came).toBeLessThan(20);
    expect(after.records).toContain('later.ct.example.org. 60 A 192.0.2.77');
  });

  it('bring a small change over UDP alone, and nothing to who has it all', async () => {
    await renewed();
    await client.update({ key, changes: [['add', 'late', 60, 'TXT', '"over UDP"']] });
    expect((await renewed({ udp: 'ONLY' })).records).toContain('late.ct.example.org. 60 TXT "over UDP"');
    expect((await renewed({ udp: 'ONLY' })).came).toBe(1);
  });

  it('of a key without the right, or none, do not come', async () => {
    const other = await bench.key('updates-only', ['*.ct.example.org.']);
    expect(await client.transfer('other', other)).toMatchObject({ error: 'TransferError' });
    expect(await client.query('ct.example.org', 'AXFR', { tcp: true })).toMatchObject({ rcode: 'REFUSED' });
  });
});

describe('EDNS', () => {
  const ask = (how: Readonly<Record<string, unknown>>, name = 'web') =>
    client.query(`${name}.ct.example.org.`, 'A', how);

  it('is answered where it is spoken, and only there', async () => {
    expect(await ask({ use_edns: false })).toMatchObject({ rcode: 'NOERROR', edns: -1 });
    expect(await ask({ use_edns: 0 })).toMatchObject({ rcode: 'NOERROR', edns: 0, payload: 1232, options: {} });
    expect(await ask({ use_edns: 1 })).toMatchObject({ rcode: 'BADVERS', edns: 0, answer: [] });
  });

  it('options that nobody knows are left alone', async () => {
    expect(await ask({ use_edns: 0, options: { 65001: '00ff', 8: '00011800c00002' } })).toMatchObject({
      rcode: 'NOERROR',
      options: {},
      answer: ['web.ct.example.org. 60 IN A 192.0.2.7'],
    });
  });

  it('a cookie comes back with that of the server, and both are known again', async () => {
    const mine = '0011223344556677';
    const cookie = (await ask({ use_edns: 0, options: { 10: mine } })).options?.['10'] ?? '';
    expect(cookie).toMatch(new RegExp(`^${mine}[0-9a-f]{32}$`));
    const again = await ask({ use_edns: 0, options: { 10: cookie } });
    expect(again).toMatchObject({ rcode: 'NOERROR', options: { 10: expect.stringMatching(`^${mine}`) } });
    expect(await ask({ use_edns: 0, options: { 10: '0011' } })).toMatchObject({ rcode: 'FORMERR' });
  });

  it('says how much a datagram may hold', async () => {
    const lines = Array.from({ length: 40 }, (_, index) => `10.9.9.${index}`);
    expect(await client.update({ key, changes: [['add', 'much', 60, 'A', ...lines]] })).toMatchObject(done);
    const flags = async (how: Readonly<Record<string, unknown>>) => (await ask(how, 'much')).flags;
    expect(await flags({ use_edns: false })).toContain('TC');
    expect(await flags({ use_edns: 0, payload: 512 })).toContain('TC');
    expect(await flags({ use_edns: 0, payload: 1232 })).not.toContain('TC');
    expect((await ask({ use_edns: false, tcp: true }, 'much')).answer).toHaveLength(40);
  });
});

it('answers two hundred signed questions that came at once on one connection, and the update in their midst', async () => {
  const names = Array.from({ length: 200 }, (_, index) => `c${index}.ct.example.org.`);
  const replies = await client.pipeline(key, names);
  const [updated] = replies.splice(100, 1);
  expect(updated).toMatchObject(done);
  expect(replies).toEqual(
    names.map((name, index) => expect.objectContaining({ ...done, answer: [`${name} 60 IN A 10.1.0.${index}`] })),
  );
  expect(await bench.dig('piped.ct.example.org', 'TXT')).toEqual(['"in the midst"']);
});
