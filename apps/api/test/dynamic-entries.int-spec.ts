import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';

type Person = Browser & { userId: string };

let api: ApiUnderTest;
let admin: Person;
let owner: Person;
let stranger: Person;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  owner = await api.signedIn('owner');
  stranger = await api.signedIn('stranger');
});
afterAll(() => api.stop());

let made = 0;
const make = async (template = 'TXT "%s"', wanted: object = {}): Promise<{ id: string; owner: string }> => {
  const body = { title: 'hook', template: `dyn${++made} ${template}`, owners: [owner.userId], ...wanted };
  const answer = await admin.post('/api/dynamic-entries', body).expect(201);
  return { id: answer.body.id as string, owner: `dyn${made}.${ZONE}` };
};
const put = (path: string, authorization: string) => api.anonymous().put(path).set('Authorization', authorization);
const records = async (name: string): Promise<string[]> => {
  const rows = await api.db.query(
    `SELECT rdata FROM zone_records WHERE owner = $1 AND source = 'dynamic' ORDER BY created_at, id`,
    [name],
  );
  return rows.map(({ rdata }: { rdata: Buffer }) => rdata.toString('latin1').slice(1));
};
const serial = async (): Promise<number> => {
  const [row] = await api.db.query('SELECT serial::int AS serial FROM zones WHERE name = $1', [ZONE]);
  return row.serial as number;
};
const lastOwners = async (): Promise<string[] | null> => {
  const [row] = await api.db.query('SELECT owners FROM zone_journal ORDER BY id DESC LIMIT 1');
  return row.owners as string[] | null;
};

describe('an entry', () => {
  it('is made by an admin, seen by its owners, and nobody else knows of it', async () => {
    const answer = await admin
      .post('/api/dynamic-entries', {
        title: 'Home',
        template: 'Home 5m IN A %s',
        owners: [owner.userId],
        networks: ['192.0.2.0/24'],
      })
      .expect(201);
    expect(answer.body).toEqual({
      id: expect.any(String),
      zone: ZONE,
      title: 'Home',
      template: 'Home 5m IN A %s',
      owner: `home.${ZONE}`,
      type: 'A',
      ttl: 300,
      container: null,
      owners: [{ id: owner.userId, name: 'owner' }],
      networks: ['192.0.2.0/24'],
      values: [],
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const { id } = answer.body;
    expect((await owner.get('/api/dynamic-entries?filter=hOmE').expect(200)).body.items).toEqual([answer.body]);
    expect((await stranger.get('/api/dynamic-entries').expect(200)).body.items).toEqual([]);
    await owner.get(`/api/dynamic-entries/${id}`).expect(200);
    await stranger.get(`/api/dynamic-entries/${id}`).expect(404);
    await stranger.put(`/api/dynamicentry/${id}`, { value: '192.0.2.1' }).expect(404);
    await stranger.get(`/api/dynamic-entries/${id}/tokens`).expect(404);
    await owner.post('/api/dynamic-entries', { title: 'x', template: 'x TXT "%s"' }).expect(403);
    await owner.put(`/api/dynamic-entries/${id}`, { title: 'x', template: 'x TXT "%s"' }).expect(403);
    await owner.delete(`/api/dynamic-entries/${id}`).expect(403);
    await admin.delete(`/api/dynamic-entries/${id}`).expect(204);
  });

  it.each<[string, object, RegExp]>([
    ['without %s', { template: 'x TXT "y"' }, /one %s/],
    ['with %s in the name', { template: '%s TXT "y"' }, /data/],
    ['outside the zone', { template: 'x.example.com. TXT "%s"' }, /not within/],
    ['of two lines', { template: 'x TXT "%s"\ny A 192.0.2.1' }, /one line/],
    ['of an unknown owner', { owners: ['00000000-0000-4000-8000-000000000000'] }, /nobody/],
    ['of a network with host bits', { networks: ['192.0.2.1/24'] }, /network/],
  ])('%s is refused', async (_case, wanted, words) => {
    const body = { title: 'x', template: 'x TXT "%s"', ...wanted };
    const answer = await admin.post('/api/dynamic-entries', body).expect(400);
    expect(answer.body.detail).toMatch(words);
  });

  it('leaves names alone that are not its own', async () => {
    const host = await api.seeds.host('host1');
    await api.seeds.container('taken', { hostId: host, projectId: null });
    const body = (template: string) => ({ title: 'x', template });
    for (const template of ['taken A %s', 'taken AAAA %s', 'TAKEN CNAME %s', 'taken SSHFP 4 2 %s'])
      await admin.post('/api/dynamic-entries', body(template)).expect(409);
    for (const template of ['nameserver A %s', 'nameserver CNAME %s'])
      await admin.post('/api/dynamic-entries', body(template)).expect(409);
    for (const template of ['@ CNAME %s', 'sub NS %s', 'sub DS 1 13 2 %s'])
      await admin.post('/api/dynamic-entries', body(template)).expect(400);
    for (const template of ['taken TXT "%s"', 'taken MX 10 %s', '@ TXT "%s"', '*.taken A %s'])
      await admin.post('/api/dynamic-entries', body(template)).expect(201);
    await admin.post('/api/dynamic-entries', body('alias CNAME %s')).expect(201);
    await admin.post('/api/dynamic-entries', body('alias TXT "%s"')).expect(409);
    await admin.post('/api/dynamic-entries', body('taken2 A %s')).expect(201);
    await admin.post('/api/dynamic-entries', body('taken2 CNAME %s')).expect(409);
  });

  it('does not answer for a container that came later', async () => {
    const { id, owner: name } = await make('A %s');
    const host = await api.seeds.host('host2');
    await api.seeds.container(name.split('.')[0] ?? '', { hostId: host, projectId: null });
    const answer = await owner.put(`/api/dynamicentry/${id}/`, { value: '192.0.2.1' }).expect(409);
    expect(answer.body.detail).toMatch(/container/);
    expect(await records(name)).toEqual([]);
    // Nothing keeps it from being emptied.
    await owner.put(`/api/dynamicentry/${id}/`, { value: null }).expect(200);
  });

  it('takes its values along when its template changes, and is refused when they do not fit', async () => {
    const { id, owner: name } = await make('60 TXT "%s"');
    await owner.put(`/api/dynamicentry/${id}/`, { value: 'v1' }).expect(200);
    const renamed = { title: 'renamed', template: `${name.split('.')[0]}-new 120 TXT "x=%s"`, owners: [owner.userId] };
    const { body } = await admin.put(`/api/dynamic-entries/${id}`, renamed).expect(200);
    expect(body).toMatchObject({ title: 'renamed', ttl: 120, values: [{ value: 'v1', data: '"x=v1"' }] });
    expect(await records(name)).toEqual([]);
    expect(await lastOwners()).toEqual(expect.arrayContaining([name, body.owner]));
    await admin.put(`/api/dynamic-entries/${id}`, { ...renamed, template: 'elsewhere A %s' }).expect(422);
    await admin.delete(`/api/dynamic-entries/${id}`).expect(204);
    expect(await records(body.owner)).toEqual([]);
    expect(await lastOwners()).toEqual([body.owner]);
  });
});

describe('values', () => {
  it('are set at the path that hooks have always used, with the user’s own token', async () => {
    const { id, owner: name } = await make();
    const { body } = await owner.post('/api/profile/tokens', { name: 'hook', scope: 'write' }).expect(201);
    for (const scheme of ['Token', 'Bearer']) {
      const before = await serial();
      await put(`/api/dynamicentry/${id}/`, `${scheme} ${body.token}`)
        .send({ value: `by ${scheme}` })
        .expect(200);
      expect(await records(name)).toEqual([`by ${scheme}`]);
      expect(await serial()).toBe(before + 1);
      expect(await lastOwners()).toEqual([name]);
    }
    for (const value of ['', null]) {
      await put(`/api/dynamicentry/${id}/`, `Token ${body.token}`).send({ value: 'x' }).expect(200);
      await put(`/api/dynamicentry/${id}/`, `Token ${body.token}`).send({ value }).expect(200);
      expect(await records(name)).toEqual([]);
    }
    const [entry] = await api.db.query(
      `SELECT actor_name, means, detail FROM audit_events WHERE action = 'dynamic-entry.set-value' AND target_id = $1 ORDER BY seq LIMIT 1`,
      [id],
    );
    expect(entry).toEqual({ actor_name: 'owner', means: 'token', detail: { values: ['by Token'] } });
  });

  it('may be several, each with its own end, and stay while others come and go', async () => {
    const { id, owner: name } = await make();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const path = `/api/dynamicentry/${id}`;
    const { body } = await owner.put(path, { values: [{ value: 'a' }, { value: 'b', expiresAt: later }] }).expect(200);
    expect(body.values).toMatchObject([
      { value: 'a', data: '"a"', expiresAt: null, by: 'entry' },
      { value: 'b', data: '"b"', expiresAt: later, by: 'entry' },
    ]);
    await owner.post(`${path}/values`, { value: 'c' }).expect(201);
    await owner.post(`${path}/values`, { value: 'c', expiresAt: later }).expect(201);
    expect(await records(name)).toEqual(['a', 'b', 'c']);
    const answer = await owner.delete(`${path}/values/${body.values[0].id}`).expect(200);
    expect(answer.body.values.map((one: { value: string }) => one.value)).toEqual(['b', 'c']);
    await owner.delete(`${path}/values/${body.values[0].id}`).expect(404);
    const many = Array.from({ length: 20 }, (_, index) => ({ value: `v${index}` }));
    await owner.put(path, { values: many }).expect(200);
    await owner.post(`${path}/values`, { value: 'one more' }).expect(409);
    await owner.put(path, { values: [...many, { value: 'v20' }] }).expect(400);
    expect(await records(name)).toHaveLength(20);
    await owner.put(path, { value: 'x', values: [] }).expect(400);
    await owner.put(path, {}).expect(400);
    await owner.put(path, { values: [{ value: 'x', expiresAt: '2001-01-01T00:00:00Z' }] }).expect(400);
    expect(await records(name)).toHaveLength(20);
  });

  it('show what a dynamic update put beside them, and replace that too', async () => {
    const { id, owner: name } = await make();
    await api.db.query(
      `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source) VALUES ($1, $2, 16, 30, '\\x0475706474', 'update')`,
      [ZONE, name],
    );
    const { body } = await owner.get(`/api/dynamic-entries/${id}`).expect(200);
    expect(body.values).toMatchObject([{ value: null, data: '"updt"', by: 'update' }]);
    await owner.put(`/api/dynamicentry/${id}`, { value: 'x' }).expect(200);
    const rows = await api.db.query('SELECT source FROM zone_records WHERE owner = $1', [name]);
    expect(rows).toEqual([{ source: 'dynamic' }]);
  });

  it.each<[string, unknown, number]>([
    ['quotes', '"a" "b"', 200],
    ['a new line and a record', 'x"\nevil A 192.0.2.66\n', 200],
    ['parentheses', ')(', 200],
    ['a comment', '; rest', 200],
    ['a directive', '$INCLUDE /etc/passwd', 200],
    ['an emoji', '\u{1f600}', 200],
    ['4,096 octets', 'x'.repeat(4_096), 200],
    ['NUL', 'a\0b', 400],
    ['64 kB', 'x'.repeat(65_536), 400],
    ['more octets than characters', 'é'.repeat(4_000), 422],
    ['a list', ['x'], 400],
    ['a number', 7, 400],
    ['a truth', true, 400],
    ['an object', { value: 'x' }, 400],
  ])('of hostile programs: %s', async (_case, value, status) => {
    const { id, owner: name } = await make();
    const answer = await owner.put(`/api/dynamicentry/${id}/`, { value }).expect(status);
    const rows = await api.db.query('SELECT type, zone, source FROM zone_records WHERE owner = $1', [name]);
    expect(rows).toEqual(status === 200 ? [{ type: 16, zone: ZONE, source: 'dynamic' }] : []);
    if (status === 200) expect(answer.body.values[0].value).toBe(value);
    const [evil] = await api.db.query(`SELECT count(*)::int AS count FROM zone_records WHERE owner LIKE 'evil%'`);
    expect(evil.count).toBe(0);
  });

  it('that do not fit are told what does', async () => {
    const { id } = await make('A %s');
    const answer = await owner.put(`/api/dynamicentry/${id}/`, { value: 'not an address' }).expect(422);
    expect(answer.body).toMatchObject({ code: 'unservable-text', errors: [{ field: 'value' }] });
    expect(answer.body.detail).toMatch(/IPv4 address/);
  });
});
