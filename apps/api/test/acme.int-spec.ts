import { createHash } from 'node:crypto';
import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';

type Person = Browser & { userId: string };

let api: ApiUnderTest;
let operator: Person;
let viewer: Person;
let stranger: Person;
let container: string;
let token: string;
let strangersToken: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  operator = await api.signedIn('operator');
  viewer = await api.signedIn('viewer');
  stranger = await api.signedIn('stranger');
  const host = await api.seeds.host('host1');
  const projectId = await api.seeds.project('team', { [operator.userId]: 'operator', [viewer.userId]: 'viewer' });
  container = await api.seeds.container('Web1', { hostId: host, projectId });
  await api.seeds.container('other', { hostId: host, projectId: null });
  token = await tokenOf(operator);
  strangersToken = await tokenOf(stranger);
});
afterAll(() => api.stop());

async function tokenOf(person: Person): Promise<string> {
  const { body } = await person.post('/api/profile/tokens', { name: 'acme', scope: 'write' }).expect(201);
  return body.token as string;
}
const OWNER = `_acme-challenge.web1.${ZONE}`;
const basic = (password: string, user = 'user') => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const post = (path: string, authorization: string, body: object) =>
  api.anonymous().post(path).set('Authorization', authorization).send(body);
const values = async (owner: string): Promise<string[]> => {
  const rows = await api.db.query('SELECT value FROM zone_records WHERE owner = $1 ORDER BY created_at', [owner]);
  return rows.map((row: { value: string }) => row.value);
};
const digest = (text: string) => createHash('sha256').update(text).digest('base64url');

describe("a container's own entry", () => {
  it('is there for those who operate it, without asking an admin', async () => {
    const first = await operator.put(`/api/containers/${container}/acme-entry`, {}).expect(200);
    expect(first.body).toMatchObject({
      template: '_acme-challenge.web1 60 IN TXT "%s"',
      owner: OWNER,
      type: 'TXT',
      ttl: 60,
      container: { id: container, name: 'Web1' },
      owners: [],
    });
    expect((await operator.put(`/api/containers/${container}/acme-entry`, {}).expect(200)).body).toEqual(first.body);
    await operator.put(`/api/dynamicentry/${first.body.id}/`, { value: 'v' }).expect(200);
    await operator.post(`/api/dynamic-entries/${first.body.id}/tokens`, { name: 'hook' }).expect(201);
    expect((await viewer.get('/api/dynamic-entries').expect(200)).body.items).toHaveLength(1);
    await viewer.put(`/api/containers/${container}/acme-entry`, {}).expect(403);
    await viewer.put(`/api/dynamicentry/${first.body.id}/`, { value: 'v' }).expect(403);
    await viewer.get(`/api/dynamic-entries/${first.body.id}/tokens`).expect(403);
    await stranger.put(`/api/containers/${container}/acme-entry`, {}).expect(404);
    await stranger.put(`/api/dynamicentry/${first.body.id}/`, { value: 'v' }).expect(404);
  });

  it('is made once when many ask at a time', async () => {
    const host = await api.seeds.host('host3');
    const projectId = await api.seeds.project('race', { [operator.userId]: 'owner' });
    const id = await api.seeds.container('race', { hostId: host, projectId });
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => operator.put(`/api/containers/${id}/acme-entry`, {})),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    expect(new Set(answers.map(({ body }) => body.id as string)).size).toBe(1);
  });
});

describe("lego's httpreq", () => {
  it('sets and removes the challenge of a container that its user operates', async () => {
    await operator.put(`/api/containers/${container}/acme-entry`, {}).expect(200);
    const challenge = { fqdn: `_acme-challenge.WEB1.${ZONE}`, value: digest('a') };
    await post('/api/httpreq/present', basic(token), challenge).expect(200);
    await post('/api/httpreq/present', `Bearer ${token}`, { ...challenge, value: digest('b') }).expect(200);
    expect(await values(OWNER)).toEqual(expect.arrayContaining([digest('a'), digest('b')]));
    const [{ hours }] = await api.db.query(
      `SELECT round(extract(epoch FROM max(expires_at) - now()) / 3600)::int AS hours FROM zone_records WHERE owner = $1`,
      [OWNER],
    );
    expect(hours).toBe(24);
    await post('/api/httpreq/cleanup', basic(token), challenge).expect(200);
    expect(await values(OWNER)).not.toContain(digest('a'));
    expect(await values(OWNER)).toContain(digest('b'));
    // Whoever cleans up twice has done nothing wrong.
    await post('/api/httpreq/cleanup', basic(token), challenge).expect(200);
  });

  it('makes the value itself in its RAW mode, for a wildcard too', async () => {
    const raw = { domain: '*.web1.ct.example.org', token: 'abc', keyAuth: 'abc.thumbprint' };
    await post('/api/httpreq/present', basic(token), raw).expect(200);
    expect(await values(OWNER)).toContain(digest('abc.thumbprint'));
    await post('/api/httpreq/cleanup', basic(token), raw).expect(200);
    expect(await values(OWNER)).not.toContain(digest('abc.thumbprint'));
  });

  it('sets nothing else', async () => {
    for (const fqdn of [
      `web1.${ZONE}`,
      `_acme-challenge.other.${ZONE}`,
      `_acme-challenge.missing.${ZONE}`,
      `_acme-challenge.${ZONE}`,
      `x._acme-challenge.web1.${ZONE}`,
      `_acme-challenge.sub.web1.${ZONE}`,
      '_acme-challenge.web1.example.com.',
      'www',
    ])
      await post('/api/httpreq/present', basic(token), { fqdn, value: 'x' }).expect(404);
    await post('/api/httpreq/present', basic(strangersToken), { fqdn: OWNER, value: 'x' }).expect(404);
    for (const body of [{}, { fqdn: OWNER }, { fqdn: 'a..b', value: 'x' }, { fqdn: OWNER, value: 'x', domain: 'y' }])
      await post('/api/httpreq/present', basic(token), body).expect(400);
    expect(await values(OWNER)).not.toContain('x');
  });

  it('takes the token of an entry, for that entry', async () => {
    const { body } = await operator.put(`/api/containers/${container}/acme-entry`, {}).expect(200);
    const made = await operator.post(`/api/dynamic-entries/${body.id}/tokens`, { name: 'lego' }).expect(201);
    const challenge = { fqdn: OWNER, value: digest('entry') };
    await post('/api/httpreq/present', basic(made.body.token), challenge).expect(200);
    await post('/api/httpreq/cleanup', basic(made.body.token), challenge).expect(200);
    await post('/api/httpreq/present', basic(made.body.token), { ...challenge, fqdn: `x.${ZONE}` }).expect(404);
  });
});

describe('acme-dns', () => {
  const register = (body: object = {}, authorization = basic(token)) =>
    post('/api/acme-dns/register', authorization, body);
  const update = (by: { username: string; password: string }, body: object) =>
    api
      .anonymous()
      .post('/api/acme-dns/update')
      .set({ 'X-Api-User': by.username, 'X-Api-Key': by.password })
      .send(body);

  it('registers a container, and keeps the newest two of what is set', async () => {
    const { body } = await register({ container: 'web1', allowfrom: ['127.0.0.0/8'] }).expect(201);
    expect(body).toEqual({
      username: expect.stringMatching(/^[0-9a-f-]{36}$/),
      password: expect.stringMatching(/^lxdme_/),
      fulldomain: '_acme-challenge.web1.ct.example.org',
      subdomain: '_acme-challenge.web1',
      allowfrom: ['127.0.0.0/8'],
    });
    for (const text of ['1', '2', '3']) {
      const txt = digest(text);
      const answer = await update(body, { subdomain: body.subdomain, txt }).expect(200);
      expect(answer.body).toEqual({ txt });
    }
    expect(await values(OWNER)).toEqual([digest('2'), digest('3')]);
  });

  it('takes JSON by whatever name its clients call it', async () => {
    const { body } = await register({ container: 'web1' }, `Token ${token}`).expect(201);
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'application/json'])
      await api
        .anonymous()
        .post('/api/acme-dns/update')
        .set({ 'X-Api-User': body.username, 'X-Api-Key': body.password, 'Content-Type': type })
        .send(JSON.stringify({ subdomain: body.subdomain, txt: digest(type) }))
        .expect(200);
    expect(await values(OWNER)).toContain(digest('text/plain'));
    // Registering without a body at all is what most of them do.
    await api.anonymous().post('/api/acme-dns/register').set('Authorization', basic(token)).expect(201);
    await api
      .anonymous()
      .post('/api/acme-dns/register')
      .set({ Authorization: basic(token), 'Content-Type': 'application/json' })
      .expect(201);
    // What a page of another site can send has neither header, and a session's cookie does not help it.
    await api
      .anonymous()
      .post('/api/acme-dns/register')
      .set({ Cookie: operator.cookie, 'Content-Type': 'text/plain' })
      .send('{}')
      .expect(415);
  });

  it('registers names for other domains, a bounded number of them', async () => {
    const byStranger = basic(strangersToken);
    const { body } = await register({}, byStranger).expect(201);
    expect(body.fulldomain).toMatch(/^[0-9a-f-]{36}\._acme\.ct\.example\.org$/);
    await update(body, { subdomain: body.subdomain, txt: digest('x') }).expect(200);
    expect(await values(`${body.fulldomain}.`)).toEqual([digest('x')]);
    for (let count = 1; count < 20; count++) await register({}, byStranger).expect(201);
    await register({}, byStranger).expect(409);
    await register({ container: 'web1' }, byStranger).expect(404);
    await register({ container: 'other' }, basic(token)).expect(404);
  });

  it('leaves nothing behind of a registration that is refused', async () => {
    const count = async () => (await api.db.query('SELECT count(*)::int AS count FROM dynamic_entries'))[0].count;
    const before = await count();
    await register({ allowfrom: ['nonsense'] }).expect(400);
    expect(await count()).toBe(before);
  });

  it('refuses what is not its own', async () => {
    const { body } = await register({ container: 'web1' }).expect(201);
    const txt = digest('y');
    await update(body, { subdomain: 'other', txt }).expect(404);
    await update({ ...body, username: container }, { subdomain: body.subdomain, txt }).expect(401);
    await update({ ...body, password: 'x'.repeat(40) }, { subdomain: body.subdomain, txt }).expect(401);
    await update(body, { subdomain: body.subdomain, txt: 'short' }).expect(400);
    await register({ container: 'web1', allowfrom: ['nonsense'] }).expect(400);
    await post('/api/acme-dns/register', `Token ${body.password}`, {}).expect(401);
    await api.anonymous().post('/api/acme-dns/register').send({}).expect(401);
    await api.anonymous().get('/api/acme-dns/health').expect(200);
  });
});

it('writes down who set what, and no secret', async () => {
  const rows = await api.db.query(`SELECT to_jsonb(a)::text AS text FROM audit_events a`);
  const text = JSON.stringify(rows);
  expect(text).toContain('dynamic-entry.add-value');
  expect(text).not.toMatch(/lxdm[et]_[A-Za-z0-9_-]{20}/);
});
