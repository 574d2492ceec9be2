import { randomUUID } from 'node:crypto';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let alice: Browser & { userId: string };
let bob: Browser & { userId: string };
let theirs: { project: string; container: string; operation: string; key: string; host: string; hostOperation: string };
beforeAll(async () => {
  api = await ApiUnderTest.start();
  alice = await api.signedIn('alice');
  bob = await api.signedIn('bob');
  const host = await api.seeds.host('host1');
  const project = await api.seeds.project('alices', { [alice.userId]: 'owner' });
  await api.seeds.project('bobs', { [bob.userId]: 'owner' });
  const container = await api.seeds.container('hers', { hostId: host, projectId: project });
  const { body } = await alice.put(`/api/containers/${container}/state`, { action: 'stop' }).expect(202);
  const [key] = await api.db.query(
    `INSERT INTO ssh_keys (user_id, type, public_key, comment, fingerprint) VALUES ($1, 'ssh-ed25519', 'ssh-ed25519 AAAA', '', 'SHA256:x') RETURNING id`,
    [alice.userId],
  );
  const admin = await api.signedIn('admin', true);
  const pinned = await admin.put(`/api/hosts/${host}/pin`, { fingerprint: 'cd'.repeat(32) }).expect(202);
  await api.db.query('UPDATE hosts SET observed_generation = generation WHERE id = $1', [host]);
  theirs = { project, container, operation: body.id, key: key.id, host, hostOperation: pinned.body.id };
});
afterAll(() => api.stop());

type Request = (by: Browser, id: string) => ReturnType<Browser['get']>;
const things: [string, () => string, Request][] = [
  ['GET project', () => theirs.project, (by, id) => by.get(`/api/projects/${id}`)],
  ['GET container', () => theirs.container, (by, id) => by.get(`/api/containers/${id}`)],
  ['PUT state', () => theirs.container, (by, id) => by.put(`/api/containers/${id}/state`, { action: 'start' })],
  ['DELETE container', () => theirs.container, (by, id) => by.delete(`/api/containers/${id}?force=true`)],
  ['GET operation', () => theirs.operation, (by, id) => by.get(`/api/operations/${id}`)],
  ['GET operation of a host', () => theirs.hostOperation, (by, id) => by.get(`/api/operations/${id}`)],
  ['DELETE SSH key', () => theirs.key, (by, id) => by.delete(`/api/profile/ssh-keys/${id}`)],
];

it.each(things)('%s: foreign looks like missing', async (_name, id, ask) => {
  const before = await api.rowCounts();
  const [foreign, missing] = [await ask(bob, id()), await ask(bob, randomUUID())];
  expect([foreign.status, missing.status]).toEqual([404, 404]);
  const { requestId: _a, ...told } = foreign.body;
  const { requestId: _b, ...toldOfMissing } = missing.body;
  expect(told).toEqual(toldOfMissing);
  expect(await api.rowCounts()).toEqual(before);
});

it.each([
  ['containers', '/api/containers'],
  ['containers by project', () => `/api/containers?projectId=${theirs.project}`],
  ['containers by host', () => `/api/containers?hostId=${theirs.host}`],
  ['containers by filter', '/api/containers?filter=hers'],
  ['containers by status', '/api/containers?status=Stopping'],
  ['containers sorted by status', '/api/containers?sort=status'],
  ['operations', '/api/operations'],
  ['operations by target', () => `/api/operations?targetId=${theirs.container}`],
  ['operations of a host', () => `/api/operations?targetId=${theirs.host}`],
])('%s: lists tell nothing of others', async (_name, path) => {
  const { body } = await bob.get(typeof path === 'string' ? path : path()).expect(200);
  expect(body).toMatchObject({ items: [], total: 0 });
});

it('projects: lists tell nothing of others', async () => {
  const { body } = await bob.get('/api/projects').expect(200);
  expect(body.map((project: { name: string }) => project.name)).toEqual(['bobs']);
});

it('a foreign project looks like a missing one as the place of a new container', async () => {
  const create = (projectId: string) =>
    bob.post('/api/containers', { name: 'intruder', hostId: theirs.host, image: 'debian', projectId });
  const [foreign, missing] = [await create(theirs.project), await create(randomUUID())];
  expect([foreign.status, missing.status]).toEqual([400, 400]);
  expect(foreign.body.errors).toEqual(missing.body.errors);
});

it('what only admins need of a host is not told to others', async () => {
  await api.db.query(
    `UPDATE hosts SET seen_fingerprint = pin, observed_error = 'connect ECONNREFUSED 192.0.2.7:8443' WHERE id = $1`,
    [theirs.host],
  );
  const { body, text } = await bob.get(`/api/hosts/${theirs.host}`).expect(200);
  expect(body).toMatchObject({
    name: 'host1',
    state: 'Unreachable',
    url: '',
    fingerprint: null,
    stateReason: null,
    monitoringUrl: null,
    serverVersion: null,
  });
  expect(text).not.toMatch(/192\.0\.2|example\.org|cdcd/);
});

it.each<[string, Request]>([
  ['POST host', (by) => by.post('/api/hosts', { name: 'h', url: 'https://h', subnets: [] })],
  ['PUT pin', (by, id) => by.put(`/api/hosts/${id}/pin`, { fingerprint: 'ab'.repeat(32) })],
  ['DELETE host', (by, id) => by.delete(`/api/hosts/${id}`)],
])('%s is for admins', async (_name, ask) => {
  const before = await api.rowCounts();
  expect((await ask(bob, theirs.host)).body).toMatchObject({ status: 403, code: 'forbidden' });
  // Whether the host exists makes no difference to somebody who may not change any.
  expect((await ask(bob, randomUUID())).body).toMatchObject({ status: 403 });
  expect(await api.rowCounts()).toEqual(before);
});

it('a member who was removed sees nothing any more', async () => {
  const carol = await api.signedIn('carol');
  await api.db.query(`INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, 'operator')`, [
    theirs.project,
    carol.userId,
  ]);
  await carol.get(`/api/containers/${theirs.container}`).expect(200);
  await api.db.query('DELETE FROM members WHERE user_id = $1', [carol.userId]);
  await carol.get(`/api/containers/${theirs.container}`).expect(404);
  expect((await carol.get('/api/containers')).body.total).toBe(0);
});
