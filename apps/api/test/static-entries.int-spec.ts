import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let admin: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  const hostId = await api.seeds.host('host1');
  await api.seeds.container('web1', { hostId, projectId: await api.seeds.project('team') });
});
afterAll(() => api.stop());
afterEach(() => api.db.query('DELETE FROM static_entries'));

const serial = async () => Number((await api.db.query('SELECT serial FROM zones LIMIT 1'))[0].serial);
const lastJournal = async () =>
  (await api.db.query('SELECT owners FROM zone_journal ORDER BY id DESC LIMIT 1'))[0].owners;
const save = (text: string, title = 'entry') => admin.post('/api/static-entries', { title, text });
const recordsOf = (id: string) =>
  api.db.query('SELECT owner, type, ttl, line FROM zone_records WHERE static_entry_id = $1 ORDER BY line', [id]);
const problemsOf = (body: { problems: { line: number; column: number; severity: string; code: string }[] }) =>
  body.problems.map(({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`);

describe('saving', () => {
  it('stores the records with their text, bumps the serial once and names the owners', async () => {
    const before = await serial();
    const text = '; mail\nMail 1h IN A 192.0.2.25\n@ 1h IN MX 10 Mail\n  1h IN TXT "v=spf1 mx -all"';
    const { body } = await save(text, 'Mail').expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      zone: ZONE,
      title: 'Mail',
      text,
      version: 1,
      records: 3,
      updatedAt: expect.any(String),
      updatedBy: { id: expect.any(String), name: 'root' },
    });
    expect(await recordsOf(body.id)).toEqual([
      { owner: `mail.${ZONE}`, type: 1, ttl: 3600, line: 2 },
      { owner: ZONE, type: 15, ttl: 3600, line: 3 },
      { owner: ZONE, type: 16, ttl: 3600, line: 4 },
    ]);
    expect(await serial()).toBe(before + 1);
    expect((await lastJournal()).sort()).toEqual([ZONE, `mail.${ZONE}`].sort());
    const { text: _text, ...listed } = body;
    expect((await admin.get('/api/static-entries').expect(200)).body).toEqual([listed]);
    expect((await admin.get(`/api/static-entries/${body.id}`).expect(200)).body).toEqual(body);
  });

  it('touches what changes and nothing else; lines move without a bump', async () => {
    const { body } = await save('a 60 IN A 192.0.2.1\nb 60 IN A 192.0.2.2').expect(201);
    const [first] = await api.db.query('SELECT id FROM zone_records WHERE owner = $1', [`a.${ZONE}`]);
    const change = (text: string, version: number) =>
      admin.put(`/api/static-entries/${body.id}`, { title: 'other', text, version });
    const answer = await change('; new\na 60 IN A 192.0.2.1\nc 60 IN A 192.0.2.2', 1).expect(200);
    expect(answer.body).toMatchObject({ version: 2, title: 'other', records: 2 });
    expect((await lastJournal()).sort()).toEqual([`b.${ZONE}`, `c.${ZONE}`]);
    expect(await api.db.query('SELECT id, line FROM zone_records WHERE owner = $1', [`a.${ZONE}`])).toEqual([
      { id: first.id, line: 2 },
    ]);
    const before = await serial();
    await change('a 60 IN A 192.0.2.1\nc 60 IN A 192.0.2.2 ; words', 2).expect(200);
    expect(await serial()).toBe(before);
    await admin.delete(`/api/static-entries/${body.id}`).expect(204);
    expect((await lastJournal()).sort()).toEqual([`a.${ZONE}`, `c.${ZONE}`]);
    expect(await recordsOf(body.id)).toEqual([]);
    await admin.delete(`/api/static-entries/${body.id}`).expect(404);
  });

  it('of two who changed the same version, the second is told', async () => {
    const { body } = await save('a 60 IN A 192.0.2.1').expect(201);
    const change = (text: string) => admin.put(`/api/static-entries/${body.id}`, { title: 'entry', text, version: 1 });
    const answers = await Promise.all([change('a 60 IN A 192.0.2.2'), change('a 60 IN A 192.0.2.3')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('changed-meanwhile');
  });

  it('of two who save what cannot stand together, one is refused, however close they are', async () => {
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all([
        save(`same${round} 60 IN CNAME a.example.`, 'one'),
        save(`same${round} 60 IN CNAME b.example.`, 'two'),
        save(`same${round} 60 IN TXT "x"`, 'three'),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
    }
  });

  it('takes a text of 1 MB and refuses a longer one', async () => {
    const line = (index: number) =>
      `n${String(index).padStart(5, '0')} 60 IN A 10.0.${index >> 8}.${index & 255}`.padEnd(63, ' ;');
    const text = Array.from({ length: 16_384 }, (_, index) => line(index)).join('\n');
    expect((await save(text).expect(201)).body.records).toBe(16_384);
    expect(await lastJournal()).toBeNull();
    const { body } = await save(`${text}\n; too long`).expect(400);
    expect(body.errors[0].field).toBe('text');
  });

  it('knows its zone, and no other', async () => {
    const elsewhere = { title: 't', text: 'a 60 IN A 192.0.2.1', zone: 'example.net.' };
    expect((await admin.post('/api/static-entries', elsewhere).expect(400)).body.errors[0].field).toBe('zone');
    await admin.post('/api/static-entries', { ...elsewhere, zone: ZONE.toUpperCase() }).expect(201);
    expect((await admin.get('/api/static-entries?zone=example.net.').expect(200)).body).toEqual([]);
  });
});

describe('what is in the way', () => {
  const OTHER = 'taken 60 IN A 192.0.2.1\nalias 60 IN CNAME taken\nsub 60 IN NS ns.example.\n';
  const many = (name: string, count: number, from = 0) =>
    Array.from(
      { length: count },
      (_, index) => `${name} 60 IN A 10.1.${(index + from) >> 8}.${(index + from) & 255}`,
    ).join('\n');

  it.each<[string, string, string[]]>([
    ['a container’s address', '\n  web1 60 IN A 192.0.2.9'.trimStart(), ['1:1 error container-name']],
    ['a container’s AAAA', 'WEB1 60 IN AAAA 2001:db8::9', ['1:1 error container-name']],
    ['a CNAME at a container', 'web1 60 IN CNAME x.example.', ['1:1 error container-name']],
    ['SSHFP of a container', `web1 60 IN SSHFP 4 2 ${'ab'.repeat(32)}`, ['1:1 error container-name']],
    ['a delegation of a container', 'web1 60 IN NS ns.example.', ['1:1 error container-name']],
    ['the SOA', '@ 60 IN SOA ns.example. h.example. 1 2 3 4 5', ['1:1 error reserved']],
    ['the NS of the zone', '@ 60 IN NS ns.example.', ['1:1 error reserved']],
    ['the name server’s address', 'nameserver 60 IN A 192.0.2.9', ['1:1 error reserved']],
    ['a CNAME beside records', 'x 60 IN A 192.0.2.1\ntaken 60 IN CNAME x', ['2:1 error cname-beside-others']],
    ['records beside a CNAME', 'alias 60 IN TXT "x"', ['1:1 error cname-beside-others']],
    ['a second CNAME', 'alias 60 IN CNAME x.example.', ['1:1 error several-cnames']],
    ['another TTL', 'taken 90 IN A 192.0.2.2', ['1:1 warning ttl-differs']],
    ['the same record', 'taken 60 IN A 192.0.2.1', ['1:1 warning duplicate-record']],
    ['a name that is delegated', 'x.sub 60 IN A 192.0.2.1', ['1:1 warning below-delegation']],
    ['a DS where nothing is delegated', `x 60 IN DS 1 13 2 ${'ab'.repeat(32)}`, ['1:1 warning ds-without-ns']],
    ['a target without data', 'x 60 IN MX 1 nobody', ['1:1 warning target-without-data']],
    ['a target that is a container', 'x 60 IN MX 1 web1', []],
    ['a target in another entry', 'x 60 IN CNAME taken', []],
    ['a target that a wildcard answers', '*.w 60 IN A 192.0.2.1\nx 60 IN CNAME any.w', []],
    ['a target that is delegated', 'x 60 IN CNAME any.sub', []],
    ['a CNAME to itself', 'x 60 IN CNAME x', ['1:1 warning cname-loop']],
    ['a wildcard', '* 60 IN A 192.0.2.1', ['1:1 warning wildcard']],
    ['text beside a container', 'web1 60 IN TXT "x"\nweb1 60 IN MX 1 web1', []],
    ['reserved for containers only', 'www 60 IN A 192.0.2.80\nmail 60 IN A 192.0.2.25', []],
    ['a name below a container', '_acme-challenge.web1 60 IN TXT "x"', []],
  ])('%s', async (_what, text, expected) => {
    await save(OTHER, 'other').expect(201);
    const checked = await admin.post('/api/static-entries/check', { text }).expect(200);
    expect(problemsOf(checked.body)).toEqual(expected);
    const errors = expected.filter((problem) => problem.includes('error'));
    const saved = await save(text).expect(errors.length > 0 ? 422 : 201);
    if (errors.length > 0) {
      expect(problemsOf(saved.body)).toEqual(expected);
      expect(saved.body).toMatchObject({
        code: 'unservable-text',
        detail: expect.stringMatching(/^Line \d+, column \d+: /),
      });
    }
  });

  it('more than 100 records in a set, counted over all entries', async () => {
    await save(many('pool', 60), 'one').expect(201);
    await save(many('pool', 40, 60), 'two').expect(201);
    const { body } = await save(`x 60 IN A 192.0.2.1\n${many('pool', 1, 100)}`, 'three').expect(422);
    expect(problemsOf(body)).toEqual(['2:1 error too-many-records']);
    expect(body.problems[0].message).toContain('the static entry "one"');
  });

  it('a loop of CNAMEs across entries, told in bounded work', async () => {
    const chain = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) => `l${from + index} 60 IN CNAME l${from + index + 1}`).join('\n');
    await save(`${chain(0, 4)}\nlong0 60 IN CNAME long1`, 'one').expect(201);
    const { body } = await admin.post('/api/static-entries/check', { text: 'l4 60 IN CNAME l0' }).expect(200);
    expect(problemsOf(body)).toEqual(['1:1 warning cname-loop']);
    await save('l4 60 IN CNAME l0', 'two').expect(201);
    const all = Array.from({ length: 3_000 }, (_, index) => `m${index} 60 IN CNAME m${(index + 1) % 3_000}`).join('\n');
    const before = performance.now();
    const big = await admin.post('/api/static-entries/check', { text: all }).expect(200);
    expect(performance.now() - before).toBeLessThan(3_000);
    expect(big.body.problems.every(({ code }: { code: string }) => code === 'cname-chain')).toBe(true);
    expect(big.body.problems).toHaveLength(100);
  });

  it('a delegation tells what it hides, and may not hide the name server', async () => {
    await save('a.deep 60 IN A 192.0.2.1\nb.deep 60 IN A 192.0.2.2\nns.deep 60 IN A 192.0.2.3', 'one').expect(201);
    const { body } = await admin.post('/api/static-entries/check', { text: 'deep 60 IN NS ns.example.' }).expect(200);
    expect(problemsOf(body)).toEqual(['1:1 warning hides-records']);
    expect(body.problems[0].message).toContain(`a.deep.${ZONE} of the static entry "one" and 2 more`);
  });

  it('a dynamic entry counts before it has a value', async () => {
    await api.db.query(
      `INSERT INTO dynamic_entries (zone, title, template, owner, type, ttl) VALUES ($1, 'home', 'home 60 IN A %s', $2, 1, 60)`,
      [ZONE, `home.${ZONE}`],
    );
    const { body } = await save('home 60 IN CNAME x.example.').expect(422);
    expect(body.problems[0]).toMatchObject({
      code: 'cname-beside-others',
      message: expect.stringContaining('the dynamic entry "home"'),
    });
    await save('home 60 IN A 192.0.2.1').expect(201);
    await api.db.query('DELETE FROM dynamic_entries');
  });
});

describe('previews', () => {
  it('show the records beside what is wrong, and save nothing', async () => {
    const before = await api.rowCounts();
    const text = 'x 60 IN A 192.0.2.1\nbad 60 IN A nonsense\n@ 60 IN HTTPS 1 . alpn=h2';
    const { body } = await admin.post('/api/static-entries/check', { text }).expect(200);
    expect(problemsOf(body)).toEqual(['2:13 error bad-field']);
    expect(body.records).toEqual([
      { owner: `x.${ZONE}`, type: 'A', ttl: 60, data: '192.0.2.1', line: 1 },
      { owner: ZONE, type: 'HTTPS', ttl: 60, data: '1 . alpn="h2"', line: 3 },
    ]);
    expect(await api.rowCounts()).toEqual(before);
  });

  it('an entry is not in its own way', async () => {
    const { body } = await save('alias 60 IN CNAME x.example.').expect(201);
    const check = (id?: string) =>
      admin.post('/api/static-entries/check', { ...(id && { id }), text: 'alias 60 IN TXT "x"' }).expect(200);
    expect(problemsOf((await check(body.id)).body)).toEqual([]);
    expect(problemsOf((await check()).body)).toEqual(['1:1 error cname-beside-others']);
  });
});

it('writes down who did what', async () => {
  const { body } = await save('a 60 IN A 192.0.2.1', 'Logged').expect(201);
  await admin.put(`/api/static-entries/${body.id}`, { title: 'Renamed', text: '', version: 1 }).expect(200);
  await admin.delete(`/api/static-entries/${body.id}`).expect(204);
  const { body: log } = await admin.get(`/api/audit?targetId=${body.id}`).expect(200);
  expect(log.items.map(({ action, detail }: { action: string; detail: object }) => [action, detail])).toEqual([
    ['static-entry.remove', { zone: ZONE }],
    ['static-entry.change', { zone: ZONE, version: 2, records: 0, from: 'Logged' }],
    ['static-entry.create', { zone: ZONE, records: 1 }],
  ]);
});
