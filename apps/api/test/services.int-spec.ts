import { randomUUID } from 'node:crypto';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';

type Person = Browser & { userId: string };

let api: ApiUnderTest;
let owner: Person;
let host: string;
let project: string;
let container: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  owner = await api.signedIn('owner');
  host = await api.seeds.host('host1');
  project = await api.seeds.project('team', { [owner.userId]: 'owner' });
  container = await api.seeds.container('web', { hostId: host, projectId: project });
});
afterAll(() => api.stop());

/** A service of the project with a token, as its owner makes them. */
async function service(
  role: string,
  scope = 'write',
): Promise<{ id: string; tokenId: string; headers: { Authorization: string } }> {
  const name = `ci-${randomUUID().slice(0, 8)}`;
  const { body } = await owner.post(`/api/projects/${project}/services`, { name, role }).expect(201);
  const { userId } = body.members.find((member: { username: string }) => member.username === name) as {
    userId: string;
  };
  const path = `/api/projects/${project}/services/${userId}/tokens`;
  const made = await owner.post(path, { name: 'deploy', scope }).expect(201);
  expect(made.body.token).toMatch(/^lxdmt_/);
  return { id: userId, tokenId: made.body.details.id, headers: { Authorization: `Token ${made.body.token}` } };
}
const as = (headers: { Authorization: string }) => ({
  get: (path: string) => api.anonymous().get(path).set(headers),
  put: (path: string, body: object) => api.anonymous().put(path).set(headers).send(body),
  post: (path: string, body: object) => api.anonymous().post(path).set(headers).send(body),
  delete: (path: string) => api.anonymous().delete(path).set(headers),
});

it('an operator of one project does what it may there, and nothing elsewhere', async () => {
  const bot = as((await service('operator')).headers);
  expect((await bot.get('/api/projects').expect(200)).body).toMatchObject([{ id: project, role: 'operator' }]);
  expect((await bot.get('/api/containers').expect(200)).body.items).toMatchObject([{ id: container }]);
  await bot.put(`/api/containers/${container}/state`, { action: 'stop' }).expect(202);
  await bot.post('/api/projects', { name: 'mine' }).expect(403);
  const homeless = await bot.post('/api/containers', { name: 'homeless', hostId: host, image: 'debian' }).expect(400);
  expect(homeless.body.errors).toEqual([{ field: 'projectId', message: expect.stringContaining('no projects') }]);
  const wanted = { name: 'made-by-bot', hostId: host, image: 'debian', projectId: project };
  await bot.post('/api/containers', wanted).expect(202);
  await bot.post('/api/profile/ssh-keys', { publicKey: 'ssh-ed25519 AAAA' }).expect(403);
  await bot.get('/api/profile/ssh-keys').expect(403);
  await bot.get('/api/people/search?name=ow').expect(403);
  await bot.get('/api/session').expect(403);
});

it('a viewer, and a token that only reads, change nothing', async () => {
  for (const { headers } of [await service('viewer'), await service('operator', 'read')]) {
    await as(headers).get(`/api/containers/${container}`).expect(200);
    await as(headers).put(`/api/containers/${container}/state`, { action: 'start' }).expect(403);
  }
});

it('its acts are in the log as its own, by token', async () => {
  const { id, tokenId, headers } = await service('operator');
  await as(headers).put(`/api/containers/${container}/state`, { action: 'start' }).expect(202);
  const { body } = await owner.get(`/api/audit?actorId=${id}`).expect(200);
  expect(body.items).toMatchObject([{ means: 'token', sudo: false, action: 'container.start', project }]);
  const [row] = await api.db.query('SELECT token_id FROM audit_events WHERE actor_id = $1', [id]);
  expect(row.token_id).toBe(tokenId);
  const members = (await owner.get(`/api/audit?projectId=${project}&action=service.*`)).body.items;
  expect(members[0]).toMatchObject({
    action: 'service.create',
    result: 'done',
    detail: { userId: id, role: 'operator' },
  });
  const tokens = (await owner.get(`/api/audit?projectId=${project}&action=token.create`)).body.items;
  expect(JSON.stringify(tokens)).not.toMatch(/lxdmt_/);
});

it('its tokens die with it, at once', async () => {
  const { id, headers } = await service('operator');
  await as(headers).get('/api/projects').expect(200);
  const { body } = await owner.delete(`/api/projects/${project}/services/${id}`).expect(200);
  expect(body.members.map(({ userId }: { userId: string }) => userId)).not.toContain(id);
  await as(headers).get('/api/projects').expect(401);
  await owner.delete(`/api/projects/${project}/services/${id}`).expect(404);
});

it('its tokens are listed without their secret, and can be revoked one by one', async () => {
  const { id, tokenId, headers } = await service('viewer');
  const path = `/api/projects/${project}/services/${id}/tokens`;
  expect((await owner.get(path).expect(200)).body).toMatchObject([{ id: tokenId, name: 'deploy', scope: 'write' }]);
  await owner.delete(`${path}/${tokenId}`).expect(204);
  await owner.delete(`${path}/${tokenId}`).expect(404);
  await as(headers).get('/api/projects').expect(401);
  expect((await owner.get(path)).body).toEqual([]);
});

it.each([
  ['an owner', () => owner.post(`/api/projects/${project}/services`, { name: 'boss', role: 'owner' }), 400],
  ['with a taken name', () => owner.post(`/api/projects/${project}/services`, { name: 'OWNER', role: 'viewer' }), 409],
  [
    'with a name that is none',
    () => owner.post(`/api/projects/${project}/services`, { name: 'a b', role: 'viewer' }),
    400,
  ],
])('is never made %s', async (_case, ask, status) => {
  const before = await api.rowCounts();
  expect((await ask()).status).toBe(status);
  expect(await api.rowCounts()).toEqual(before);
});

it('never becomes an owner, an admin or a member of another project', async () => {
  const { id } = await service('operator');
  const other = await api.seeds.project('other', { [owner.userId]: 'owner' });
  await owner.put(`/api/projects/${project}/members/${id}`, { role: 'owner' }).expect(409);
  await owner.put(`/api/projects/${other}/members/${id}`, { role: 'viewer' }).expect(400);
  await owner.delete(`/api/projects/${project}/members/${id}`).expect(409);
  await owner.put(`/api/projects/${project}/members/${id}`, { role: 'viewer' }).expect(200);
  await owner.post(`/api/projects/${project}/services/${id}/tokens`, { name: 'root', scope: 'admin' }).expect(400);
  await owner
    .post(`/api/projects/${project}/services/${owner.userId}/tokens`, { name: 'x', scope: 'read' })
    .expect(404);
  const admin = await api.signedIn('admin', true);
  await admin.put(`/api/people/${id}/admin`, { isAdmin: true }).expect(409);
});

describe("a token does not outlive its maker's place", () => {
  it.each<[string, (maker: string) => [string, unknown[]], (maker: string) => [string, unknown[]]]>([
    [
      'blocked',
      (maker) => ['UPDATE users SET blocked_at = now() WHERE id = $1', [maker]],
      (maker) => ['UPDATE users SET blocked_at = NULL WHERE id = $1', [maker]],
    ],
    [
      'blocked by GitLab',
      (maker) => ['UPDATE users SET gitlab_blocked_at = now() WHERE id = $1', [maker]],
      (maker) => ['UPDATE users SET gitlab_blocked_at = NULL WHERE id = $1', [maker]],
    ],
    [
      'no owner any more',
      (maker) => [`UPDATE members SET role = 'operator' WHERE user_id = $1 AND project_id = $2`, [maker, project]],
      (maker) => [`UPDATE members SET role = 'owner' WHERE user_id = $1 AND project_id = $2`, [maker, project]],
    ],
    [
      'not in the project any more',
      (maker) => ['DELETE FROM members WHERE user_id = $1 AND project_id = $2', [maker, project]],
      (maker) => [`INSERT INTO members (project_id, user_id, role) VALUES ($2, $1, 'owner')`, [maker, project]],
    ],
  ])('%s', async (_case, goes, returns) => {
    const { id } = await service('operator');
    const second = await api.signedIn(`maker-${randomUUID().slice(0, 8)}`);
    await owner.put(`/api/projects/${project}/members/${second.userId}`, { role: 'owner' }).expect(200);
    const path = `/api/projects/${project}/services/${id}/tokens`;
    const made = await second.post(path, { name: 'kept', scope: 'write' }).expect(201);
    const headers = { Authorization: `Token ${made.body.token}` };
    const state = async () =>
      (await owner.get(path).expect(200)).body.find((one: { name: string }) => one.name === 'kept');
    await as(headers).get('/api/projects').expect(200);
    expect(await state()).toMatchObject({ state: 'active', createdBy: { id: second.userId } });
    await api.db.query(...goes(second.userId));
    await as(headers).get('/api/projects').expect(401);
    expect(await state()).toMatchObject({ state: 'maker-gone', createdBy: { id: second.userId } });
    await api.db.query(...returns(second.userId));
    await as(headers).get('/api/projects').expect(200);
  });

  it('and one that an admin made is good while they are one', async () => {
    const { id } = await service('operator');
    const boss = await api.signedIn(`boss-${randomUUID().slice(0, 8)}`, true);
    const made = await boss.post(`/api/projects/${project}/services/${id}/tokens`, { name: 'x', scope: 'read' });
    const headers = { Authorization: `Token ${made.body.token}` };
    await as(headers).get('/api/projects').expect(200);
    await api.db.query('UPDATE users SET is_admin = false WHERE id = $1', [boss.userId]);
    await as(headers).get('/api/projects').expect(401);
  });
});
