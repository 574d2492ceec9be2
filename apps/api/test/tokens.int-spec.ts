import { randomUUID } from 'node:crypto';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';
import { EventReader } from './event-reader';

type Person = Browser & { userId: string };

let api: ApiUnderTest;
let admin: Person;
let user: Person;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  user = await api.signedIn('user');
});
afterAll(() => api.stop());

const make = async (by: Browser, wanted: object = {}): Promise<{ id: string; token: string }> => {
  const { body } = await by.post('/api/profile/tokens', { name: 'script', scope: 'write', ...wanted }).expect(201);
  return { id: body.details.id as string, token: body.token as string };
};
const by = (token: string, scheme = 'Bearer') => ({ Authorization: `${scheme} ${token}` });
const get = (path: string, headers: Record<string, string>) => api.anonymous().get(path).set(headers);
const project = (headers: Record<string, string>, name: string) =>
  api.anonymous().post('/api/projects').set(headers).send({ name });

it('is shown once, and stored as a hash', async () => {
  const answer = await user.post('/api/profile/tokens', { name: 'CI', scope: 'read' }).expect(201);
  const { token, details } = answer.body;
  expect(token).toMatch(/^lxdmt_[\w-]{43}$/);
  expect(details).toEqual({
    id: expect.any(String),
    name: 'CI',
    scope: 'read',
    networks: [],
    expiresAt: null,
    lastUsedAt: null,
    lastUsedAddress: null,
    createdAt: expect.any(String),
    createdBy: { id: user.userId, name: 'user' },
    state: 'active',
  });
  const list = await user.get('/api/profile/tokens').expect(200);
  expect(list.body).toContainEqual(details);
  expect(list.text).not.toContain(token);
  const stored = await api.db.query(
    'SELECT to_jsonb(t)::text FROM api_tokens t UNION ALL SELECT to_jsonb(a)::text FROM audit_events a',
  );
  expect(JSON.stringify(stored)).not.toContain(token.slice(6));
});

it.each(['Token', 'Bearer', 'bearer', 'TOKEN'])('opens with %s', async (scheme) => {
  const { token } = await make(user);
  await get('/api/containers', by(token, scheme)).expect(200);
});

it('needs no CSRF token, and no cookie stands in for it', async () => {
  const { token } = await make(user);
  await project(by(token), 'by-token').expect(201);
  const cookies = { Cookie: user.cookie, 'X-XSRF-TOKEN': user.session.csrf };
  for (const wrong of [
    by(`lxdmt_${'A'.repeat(43)}`),
    by(''),
    by(token, 'Basic'),
    { Authorization: token },
    { Authorization: 'Bearer' },
  ]) {
    await get('/api/containers', { ...wrong, ...cookies }).expect(401);
    await project({ ...wrong, ...cookies }, 'by-cookie').expect(401);
  }
  // A header that opens nothing must not switch off what protects a session.
  await project({ Authorization: '', Cookie: user.cookie }, 'by-cookie').expect((answer) =>
    expect([401, 403]).toContain(answer.status),
  );
});

describe('a scope', () => {
  it('of reading reads, and changes nothing', async () => {
    const { token } = await make(user, { scope: 'read' });
    await get('/api/containers', by(token)).expect(200);
    await api.anonymous().head('/api/containers').set(by(token)).expect(200);
    const before = await api.rowCounts();
    for (const method of ['post', 'put', 'patch', 'delete'] as const)
      expect(
        (await api.anonymous()[method]('/api/projects').set(by(token)).send({ name: 'x1' })).status,
      ).toBeGreaterThanOrEqual(403);
    expect((await project(by(token), 'x1')).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await api.rowCounts()).toEqual(before);
  });

  it('of writing is its user without sudo, also when sudo is on in a browser', async () => {
    const { token } = await make(admin);
    await get('/api/people', by(token)).expect(403);
    await admin.get('/api/people').expect(200);
  });

  it('of an admin acts as one, until its user is no admin any more, and not when they become one again', async () => {
    const second = await api.signedIn('second', true);
    const { token } = await make(second, { scope: 'admin' });
    await get('/api/people', by(token)).expect(200);
    const stream = await EventReader.open(api.port, '', undefined, by(token));
    await stream.until(() => stream.received.length > 0);
    await admin.put(`/api/people/${second.userId}/admin`, { isAdmin: false }).expect(200);
    await stream.until(() => stream.ended, 2_000);
    await get('/api/containers', by(token)).expect(401);
    await admin.put(`/api/people/${second.userId}/admin`, { isAdmin: true }).expect(200);
    await get('/api/containers', by(token)).expect(401);
  });

  it('of an admin is made by an admin under sudo only', async () => {
    const wanted = { name: 'x', scope: 'admin' };
    expect((await user.post('/api/profile/tokens', wanted)).body).toMatchObject({ status: 403, code: 'forbidden' });
    const calm = await api.browserOf(admin.userId, false);
    expect((await calm.post('/api/profile/tokens', wanted)).body).toMatchObject({ status: 403, code: 'forbidden' });
    const noted = await api.db.query(
      `SELECT actor_id FROM audit_events WHERE action = 'token.create' AND result = 'refused' ORDER BY seq`,
    );
    expect(noted).toEqual([{ actor_id: user.userId }, { actor_id: admin.userId }]);
  });
});

describe('a token', () => {
  it('of an admin does not reach what makes other ways in', async () => {
    const { token } = await make(admin, { scope: 'admin' });
    const paths = ['/api/profile/tokens', '/api/profile/sessions', '/api/profile/gitlab', '/api/session'];
    for (const path of paths) await get(path, by(token)).expect(403);
    const post = (path: string, body: object) => api.anonymous().post(path).set(by(token)).send(body);
    await post('/api/profile/tokens', { name: 'child', scope: 'read' }).expect(403);
    await get('/api/profile/ssh-keys', by(token)).expect(200);
    await post('/api/profile/ssh-keys', { publicKey: 'ssh-ed25519 AAAA' }).expect(403);
    await api.anonymous().delete(`/api/profile/ssh-keys/${randomUUID()}`).set(by(token)).expect(403);
    await post('/api/session/sudo', { password: 'x' }).expect(403);
    await api
      .anonymous()
      .put('/api/profile/password')
      .set(by(token))
      .send({ password: 'an uncommon sentence' })
      .expect(403);
  });

  it.each<[string, (id: string, userId: string) => Promise<unknown>]>([
    ['revoked', (id) => user.delete(`/api/profile/tokens/${id}`).expect(204)],
    [
      'expired',
      (id) => api.db.query(`UPDATE api_tokens SET expires_at = now() - interval '1 second' WHERE id = $1`, [id]),
    ],
    ['of a blocked user', (_id, userId) => api.db.query('UPDATE users SET blocked_at = now() WHERE id = $1', [userId])],
    [
      'of a user whom GitLab blocks',
      (_id, userId) => api.db.query('UPDATE users SET gitlab_blocked_at = now() WHERE id = $1', [userId]),
    ],
    [
      'of a user who waits',
      (_id, userId) => api.db.query('UPDATE users SET approved_at = NULL WHERE id = $1', [userId]),
    ],
  ])(
    'that is %s opens nothing, says nothing of it, and its streams end',
    async (_case, spoil) => {
      const { id, token } = await make(user);
      const stream = await EventReader.open(api.port, '', undefined, by(token));
      await stream.until(() => stream.received.length > 0);
      await spoil(id, user.userId);
      try {
        const answer = await get('/api/containers', by(token)).expect(401);
        const unknown = await get('/api/containers', by(`lxdmt_${'B'.repeat(43)}`)).expect(401);
        expect({ ...answer.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
        await stream.until(() => stream.ended, 7_000);
        expect(stream.received.at(-1)?.event).toBe('bye');
      } finally {
        await api.db.query(
          'UPDATE users SET blocked_at = NULL, gitlab_blocked_at = NULL, approved_at = now() WHERE id = $1',
          [user.userId],
        );
      }
    },
    15_000,
  );

  it('of somebody else looks missing', async () => {
    const { id, token } = await make(user);
    await admin.delete(`/api/profile/tokens/${id}`).expect(404);
    await get('/api/containers', by(token)).expect(200);
    expect((await admin.get('/api/profile/tokens')).text).not.toContain(id);
  });

  it('notes when and from where it was used, once a minute at most', async () => {
    const { id, token } = await make(user);
    const used = async () => (await user.get('/api/profile/tokens')).body.find((one: { id: string }) => one.id === id);
    await get('/api/containers', { ...by(token), 'X-Forwarded-For': '203.0.113.9' }).expect(200);
    let row = await used();
    for (const end = Date.now() + 3_000; row.lastUsedAt === null && Date.now() < end;) row = await used();
    expect(row).toMatchObject({ lastUsedAddress: '203.0.113.9', lastUsedAt: expect.any(String) });
    await get('/api/containers', { ...by(token), 'X-Forwarded-For': '203.0.113.10' }).expect(200);
    expect(await used()).toEqual(row);
  });
});

describe('networks', () => {
  it.each([
    [['192.0.2.0/24'], '192.0.2.7', 200],
    [['192.0.2.0/24'], '::ffff:192.0.2.7', 200],
    [['192.0.2.0/24'], '192.0.3.7', 401],
    [['192.0.2.7'], '192.0.2.7', 200],
    [['192.0.2.7'], '192.0.2.8', 401],
    [['2001:db8::/32', '192.0.2.0/24'], '2001:db8:1::5', 200],
    [['2001:db8::/32'], '2001:db9::5', 401],
    [['2001:db8::/32'], '192.0.2.7', 401],
    [['0.0.0.0/0'], '2001:db8::1', 401],
    [['192.0.2.0/24'], 'unknown', 401],
  ])('%j and a request from %s: %i', async (networks, address, status) => {
    const { token } = await make(user, { networks });
    await get('/api/containers', { ...by(token), 'X-Forwarded-For': address }).expect(status);
  });
});

it.each<[string, object, string]>([
  ['a scope that there is not', { scope: 'root' }, 'scope'],
  ['no name', { name: '' }, 'name'],
  ['a line end in the name', { name: 'a\nb' }, 'name'],
  ['a network that is none', { networks: ['192.0.2.0/33'] }, 'networks'],
  ['a host in a network', { networks: ['192.0.2.7/24'] }, 'networks'],
  ['SQL for a network', { networks: ["0/0'; --"] }, 'networks'],
  ['a network that is no text', { networks: [{ a: 1 }] }, 'networks'],
  ['networks that are no list', { networks: '192.0.2.0/24' }, 'networks'],
  ['an end that is over', { expiresAt: '2020-01-01T00:00:00Z' }, 'expiresAt'],
  ['an end that is no time', { expiresAt: 'tomorrow' }, 'expiresAt'],
  ['an end that no calendar has', { expiresAt: '2030-02-31T00:00:00Z' }, 'expiresAt'],
  ['an end beyond all times', { expiresAt: '9999-12-31T23:59:59Z' }, ''],
  ['another owner', { userId: '00000000-0000-0000-0000-000000000000' }, 'userId'],
])('is not made with %s', async (_case, wanted, field) => {
  const answer = await user.post('/api/profile/tokens', { name: 'x', scope: 'read', ...wanted });
  if (field === '') return expect([201, 400]).toContain(answer.status);
  expect(answer.body).toMatchObject({ status: 400, errors: [{ field }] });
});

it('there are a hundred at most, also when many are asked for at once', async () => {
  const hoarder = await api.signedIn('hoarder');
  const answers = await Promise.all(
    Array.from({ length: 104 }, (_, n) => hoarder.post('/api/profile/tokens', { name: `t${n}`, scope: 'read' })),
  );
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(100);
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(4);
});
