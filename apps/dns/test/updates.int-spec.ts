import { metric } from './server-under-test';
import { UpdateBench, UpdateKey } from './updating';

let bench: UpdateBench;
let key: UpdateKey;
let txtOnly: UpdateKey;

beforeAll(async () => {
  bench = await UpdateBench.create();
  key = await bench.key('all', ['*.ct.example.org.', 'ct.example.org.']);
  txtOnly = await bench.key('acme', ['*.ct.example.org.'], ['TXT'], 'hmac-sha512');
  await bench.fleet.appear({ name: 'web', addresses: ['192.0.2.7'] });
}, 30_000);
afterAll(() => bench.close());

const rows = (owner: string) => bench.rows(owner);

it('adds, serves at once and deletes, over UDP and TCP', async () => {
  const before = await bench.fleet.serial();
  expect(await bench.nsupdate(key, 'update add new.ct.example.org. 300 A 192.0.2.99')).toEqual({ code: 0, text: '' });
  // No wait: the answer came after the change was served.
  expect(await bench.dig('new.ct.example.org', 'A')).toEqual(['192.0.2.99']);
  expect(await rows('new')).toEqual([{ source: 'update', ttl: 300, keyId: key.id }]);
  expect(await bench.fleet.serial()).toBe(before + 1);
  expect(await bench.nsupdate(key, 'update delete new.ct.example.org. A 192.0.2.99', ['-v'])).toMatchObject({
    code: 0,
  });
  expect(await bench.dig('new.ct.example.org', 'A')).toEqual([]);
  expect(await rows('new')).toEqual([]);
});

it('changes nothing, and no serial, where there is nothing to change', async () => {
  const before = await bench.fleet.serial();
  expect(await bench.nsupdate(key, 'update delete nobody.ct.example.org. A')).toMatchObject({ code: 0 });
  expect(await bench.fleet.serial()).toBe(before);
});

it('serves a change within the answer, a hundred times in a row', async () => {
  for (let index = 0; index < 100; index += 1) {
    await bench.nsupdate(key, [
      `update delete turn.ct.example.org. TXT`,
      `update add turn.ct.example.org. 60 TXT "${index}"`,
    ]);
    expect(await bench.dig('turn.ct.example.org', 'TXT')).toEqual([`"${index}"`]);
  }
}, 60_000);

it('takes a batch of a hundred in one message', async () => {
  const before = await bench.fleet.serial();
  const lines = Array.from(
    { length: 100 },
    (_, index) => `update add b${index}.ct.example.org. 60 TXT "value ${index}"`,
  );
  expect(await bench.nsupdate(key, lines)).toEqual({ code: 0, text: '' });
  expect(await bench.dig('b99.ct.example.org', 'TXT')).toEqual(['"value 99"']);
  expect(await bench.fleet.serial()).toBe(before + 1);
});

it.each([
  ['prereq nxdomain web.ct.example.org.', 'YXDOMAIN'],
  ['prereq yxdomain nobody.ct.example.org.', 'NXDOMAIN'],
  ['prereq nxrrset web.ct.example.org. A', 'YXRRSET'],
  ['prereq yxrrset web.ct.example.org. MX', 'NXRRSET'],
  ['prereq yxrrset web.ct.example.org. A 192.0.2.8', 'NXRRSET'],
])('%s: %s, and nothing is done', async (prerequisite, expected) => {
  const said = await bench.nsupdate(key, [prerequisite, 'update add half.ct.example.org. 60 TXT "x"']);
  expect(said).toMatchObject({ code: 2, text: expect.stringContaining(expected) });
  expect(await rows('half')).toEqual([]);
});

it('knows by what is served that prerequisites hold', async () => {
  const prerequisites = [
    'prereq yxdomain web.ct.example.org.',
    'prereq yxrrset web.ct.example.org. A 192.0.2.7',
    'prereq nxrrset web.ct.example.org. TXT',
    'prereq nxdomain full.ct.example.org.',
  ];
  expect(await bench.nsupdate(key, [...prerequisites, 'update add full.ct.example.org. 60 TXT "x"'])).toMatchObject({
    code: 0,
  });
  expect(await bench.dig('full.ct.example.org', 'TXT')).toEqual(['"x"']);
});

it.each([
  ['the address of a container', 'update add web.ct.example.org. 60 A 192.0.2.66'],
  ['an alias at a container', 'update add web.ct.example.org. 60 CNAME a.example.'],
  ['all of a container', 'update delete web.ct.example.org.'],
  ['NS of the zone', 'update add ct.example.org. 60 NS a.example.'],
])('%s is refused', async (_what, line) => {
  const said = await bench.nsupdate(key, ['update add half.ct.example.org. 60 TXT "x"', line]);
  expect(said).toMatchObject({ code: 2, text: expect.stringContaining('REFUSED') });
  expect(await rows('half')).toEqual([]);
  expect(await bench.dig('web.ct.example.org', 'A')).toEqual(['192.0.2.7']);
});

it('leaves static records alone, and deletes values of dynamic entries', async () => {
  await bench.record('static', 'mix.ct.example.org.', 16, Buffer.from('\x06static'));
  await bench.record('dynamic', 'mix.ct.example.org.', 16, Buffer.from('\x07dynamic'));
  const remove = (what: string) => bench.nsupdate(key, `update delete mix.ct.example.org. ${what}`);
  expect(await remove('TXT')).toMatchObject({ code: 2, text: expect.stringContaining('REFUSED') });
  expect(await remove('TXT "static"')).toMatchObject({ code: 2, text: expect.stringContaining('REFUSED') });
  expect(await remove('TXT "dynamic"')).toMatchObject({ code: 0 });
  expect(await bench.dig('mix.ct.example.org', 'TXT')).toEqual(['"static"']);
});

it('another zone: NOTAUTH; a name outside: NOTZONE', async () => {
  const to = (zone: string, line: string) =>
    bench.said(
      'nsupdate',
      ['-y', `${key.algorithm}:${key.name}:${key.secret}`],
      [`server 127.0.0.1 ${bench.port}`, `zone ${zone}`, line, 'send', ''].join('\n'),
    );
  expect((await to('example.org.', 'update add a.example.org. 60 A 192.0.2.1')).text).toContain('NOTAUTH');
  expect((await to('ct.example.org.', 'update add a.example.org. 60 A 192.0.2.1')).text).toContain('NOTZONE');
});

describe('keys', () => {
  const add = 'update add k.ct.example.org. 60 A 192.0.2.1';
  it('of SHA-512 work; another type than theirs is refused', async () => {
    expect(await bench.nsupdate(txtOnly, 'update add k.ct.example.org. 60 TXT "x"')).toEqual({ code: 0, text: '' });
    expect((await bench.nsupdate(txtOnly, add)).text).toContain('REFUSED');
  });

  it('that nobody knows, whose secret is wrong, and none at all', async () => {
    const other = { ...key, secret: Buffer.alloc(32).toString('base64') };
    expect((await bench.nsupdate(other, add)).text).toMatch(/NOTAUTH\(BADSIG\)|BADSIG/);
    expect((await bench.nsupdate({ ...key, name: 'nobody' }, add)).text).toMatch(/BADKEY/);
    const unsigned = `server 127.0.0.1 ${bench.port}\nzone ct.example.org.\n${add}\nsend\n`;
    expect((await bench.said('nsupdate', [], unsigned)).text).toContain('REFUSED');
  });

  it('are noted as used, and refusals are written down once', async () => {
    const [used] = await bench.fleet.db.query<{ at: Date | null }>(
      'SELECT last_used_at AS at FROM tsig_keys WHERE id = $1',
      [key.id],
    );
    expect(used?.at).toBeInstanceOf(Date);
    const events = await bench.fleet.db.query<{
      result: string;
      action: string;
      address: string;
      detail: Record<string, unknown>;
    }>(
      `SELECT result, action, address, detail FROM audit_events WHERE actor_name = 'acme.' AND means = 'dns' ORDER BY seq`,
    );
    expect(events).toEqual([
      {
        result: 'done',
        action: 'zone.update',
        address: '127.0.0.1',
        detail: { added: ['k.ct.example.org. 60 TXT "x"'], addedCount: 1, removed: [], removedCount: 0 },
      },
      {
        result: 'refused',
        action: 'zone.update',
        address: '127.0.0.1',
        detail: { reason: 'the key may not update A', times: 1 },
      },
    ]);
  });

  it('are counted by what they got', async () => {
    expect(await metric(bench.server, 'lxdm_dns_updates_total{rcode="REFUSED"}')).toBeGreaterThan(4);
    expect(await metric(bench.server, 'lxdm_dns_updates_total{rcode="NOERROR"}')).toBeGreaterThan(100);
  });
});

it("Knot's knsupdate does the same", async () => {
  const said = await bench.knsupdate(key, [
    'prereq nxdomain knot',
    'add knot 60 MX 10 Mail',
    'add knot 60 TXT "by knot"',
  ]);
  expect(said.code).toBe(0);
  expect(await bench.dig('knot.ct.example.org', 'MX')).toEqual(['10 Mail.ct.example.org.']);
  expect((await bench.knsupdate(key, ['del knot'])).code).toBe(0);
  expect(await bench.dig('knot.ct.example.org', 'TXT')).toEqual([]);
});

it('external-dns: an address and its registry, guarded by what was there before', async () => {
  const registry = '"heritage=external-dns,external-dns/owner=me"';
  const create = [
    'update add app.ct.example.org. 60 A 192.0.2.31',
    `update add a-app.ct.example.org. 60 TXT ${registry}`,
  ];
  expect(await bench.nsupdate(key, ['prereq nxdomain app.ct.example.org.', ...create])).toMatchObject({ code: 0 });
  expect((await bench.nsupdate(key, ['prereq nxdomain app.ct.example.org.', ...create])).text).toContain('YXDOMAIN');
  const move = [
    'prereq yxrrset app.ct.example.org. A 192.0.2.31',
    `prereq yxrrset a-app.ct.example.org. TXT ${registry}`,
    'update delete app.ct.example.org. A 192.0.2.31',
    'update add app.ct.example.org. 60 A 192.0.2.32',
  ];
  expect(await bench.nsupdate(key, move)).toMatchObject({ code: 0 });
  expect(await bench.dig('app.ct.example.org', 'A')).toEqual(['192.0.2.32']);
  expect((await bench.nsupdate(key, move)).text).toContain('NXRRSET');
});

it('of ten clients that want the same name, one gets it', async () => {
  const claim = (index: number) =>
    bench.nsupdate(key, ['prereq nxdomain race.ct.example.org.', `update add race.ct.example.org. 60 TXT "${index}"`]);
  const said = await Promise.all(Array.from({ length: 10 }, (_, index) => claim(index)));
  expect(said.filter(({ code }) => code === 0)).toHaveLength(1);
  expect(said.filter(({ text }) => text.includes('YXDOMAIN'))).toHaveLength(9);
  expect(await bench.dig('race.ct.example.org', 'TXT')).toHaveLength(1);
});
