import { randomUUID } from 'node:crypto';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';
import { EventReader } from './event-reader';

type Person = Browser & { userId: string };

let api: ApiUnderTest;
let mover: Person;
let left: Person;
let right: Person;
let admin: Person;
let host: string;
let from: string;
let to: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  [mover, left, right] = [await api.signedIn('mover'), await api.signedIn('left'), await api.signedIn('right')];
  admin = await api.signedIn('admin', true);
  host = await api.seeds.host('host1');
  from = await api.seeds.project('from', { [mover.userId]: 'operator', [left.userId]: 'owner' });
  to = await api.seeds.project('to', { [mover.userId]: 'operator', [right.userId]: 'viewer' });
});
afterAll(() => api.stop());

it('a container goes from one team to the other, while both watch', async () => {
  const id = await api.seeds.container('wanderer', { hostId: host, projectId: from });
  const past = await mover.put(`/api/containers/${id}/state`, { action: 'stop' }).expect(202);
  const readers = await Promise.all([left, right, mover].map((one) => EventReader.open(api.port, one.cookie)));
  for (const reader of readers) await reader.next('hello');
  const { body } = await mover.put(`/api/containers/${id}/project`, { projectId: to }).expect(200);
  expect(body.project).toEqual({ id: to, name: 'to' });
  const [gone, came, stayed] = readers as [EventReader, EventReader, EventReader];
  expect((await gone.next('container', { id })).data).toEqual({ id, removed: true });
  expect((await came.next('container', { id })).data).toMatchObject({ project: { id: to } });
  expect((await stayed.next('container', { id })).data).toMatchObject({ project: { id: to } });
  expect((await gone.next('project', { id: from })).data).toMatchObject({ containers: 0 });
  expect((await came.next('project', { id: to })).data).toMatchObject({ containers: 1 });
  for (const reader of readers) {
    const removed = reader.received.filter(({ data }) => (data as { removed?: boolean } | null)?.removed);
    expect(removed).toHaveLength(reader === gone ? 1 : 0);
    reader.close();
  }
  await left.get(`/api/containers/${id}`).expect(404);
  await right.get(`/api/containers/${id}`).expect(200);
  // What was done before stays with the team that did it.
  await right.get(`/api/operations/${past.body.id}`).expect(404);
  await left.get(`/api/operations/${past.body.id}`).expect(200);
  expect((await right.get(`/api/containers/${id}`)).body.operations).toEqual([]);
  const rows = await api.db.query(
    `SELECT project_id, detail FROM audit_events WHERE target_id = $1 AND action = 'container.move-project' ORDER BY seq`,
    [id],
  );
  expect(rows).toEqual([
    { project_id: from, detail: { way: 'out' } },
    { project_id: to, detail: { way: 'in' } },
  ]);
  const again = await mover.put(`/api/containers/${id}/project`, { projectId: to }).expect(200);
  expect(again.body.project.id).toBe(to);
});

it('whose keys are still being taken out is not told to the new team by name', async () => {
  const id = await api.seeds.container('keyed', { hostId: host, projectId: from });
  const line = `ssh-ed25519 ${Buffer.from('old').toString('base64')} left@laptop`;
  await api.db.query(
    `INSERT INTO ssh_keys (user_id, type, public_key, comment, fingerprint) VALUES ($1, 'ssh-ed25519', $2, 'left@laptop', 'SHA256:old')`,
    [left.userId, line],
  );
  await api.db.query(`INSERT INTO placed_keys (container_id, fingerprint, public_key) VALUES ($1, 'SHA256:old', $2)`, [
    id,
    line,
  ]);
  const before = await mover.get(`/api/containers/${id}/keys`).expect(200);
  expect(before.body.keys).toMatchObject([{ fingerprint: 'SHA256:old', owner: { id: left.userId, name: 'left' } }]);
  await mover.put(`/api/containers/${id}/project`, { projectId: to }).expect(200);
  const after = await right.get(`/api/containers/${id}/keys`).expect(200);
  expect(after.body.keys).toMatchObject([{ fingerprint: 'SHA256:old', owner: null, comment: '', state: 'removing' }]);
  await api.db.query(`DELETE FROM ssh_keys WHERE fingerprint = 'SHA256:old'`);
});

it.each<[string, () => Person, () => string | null, () => string, number]>([
  ['out of a project of which one is a viewer', () => right, () => to, () => from, 403],
  ['into a project of which one is a viewer', () => right, () => 'mine', () => to, 403],
  ['into a foreign project', () => left, () => from, () => to, 400],
  ['into a project that is not there', () => left, () => from, () => randomUUID(), 400],
  ['out of a foreign project', () => left, () => to, () => from, 404],
  ['of no project, by a member', () => mover, () => null, () => to, 404],
])('not %s', async (_case, who, where, target, status) => {
  const by = who();
  const project = where() === 'mine' ? await api.seeds.project(`p-${randomUUID()}`, { [by.userId]: 'owner' }) : where();
  const name = `c-${randomUUID().slice(0, 8)}`;
  const id = await api.seeds.container(name, { hostId: host, projectId: project });
  const before = await api.rowCounts();
  const answer = await by.put(`/api/containers/${id}/project`, { projectId: target() });
  expect(answer.status).toBe(status);
  expect(await api.rowCounts()).toEqual(before);
  const [row] = await api.db.query('SELECT project_id FROM containers WHERE id = $1', [id]);
  expect(row.project_id).toBe(project);
});

it('a container that was found on a host is given to a project by an admin under sudo', async () => {
  const id = await api.seeds.container('found', { hostId: host, projectId: null }, { adopted: true });
  const plain = await api.browserOf(admin.userId, false);
  await plain.put(`/api/containers/${id}/project`, { projectId: to }).expect(404);
  await admin.put(`/api/containers/${id}/project`, { projectId: to }).expect(200);
  await right.get(`/api/containers/${id}`).expect(200);
});

it('a project cannot be deleted while a container comes into it', async () => {
  for (let round = 0; round < 8; round++) {
    const target = await api.seeds.project(`target${round}`, { [mover.userId]: 'owner' });
    const id = await api.seeds.container(`late${round}`, { hostId: host, projectId: from });
    const create = { name: `new-late${round}`, hostId: host, image: 'debian', projectId: target };
    const [moved, made, deleted] = await Promise.all([
      mover.put(`/api/containers/${id}/project`, { projectId: target }),
      mover.post('/api/containers', create),
      mover.delete(`/api/projects/${target}`),
    ]);
    if (deleted.status === 204) expect([moved.status, made.status]).toEqual([400, 400]);
    else expect(deleted.status).toBe(409);
    expect([200, 400]).toContain(moved.status);
    expect([202, 400]).toContain(made.status);
  }
});

it('keys are delivered again on request, once a request', async () => {
  const id = await api.seeds.container('redo', { hostId: host, projectId: to });
  await right.post(`/api/containers/${id}/keys/redeploy`, {}).expect(403);
  const one = await mover.post(`/api/containers/${id}/keys/redeploy`, {}, 'k1').expect(202);
  const same = await mover.post(`/api/containers/${id}/keys/redeploy`, {}, 'k1').expect(202);
  expect(same.body.id).toBe(one.body.id);
  expect(one.body).toMatchObject({ type: 'container.redeploy-keys', status: 'Pending', target: { id } });
  const [row] = await api.db.query('SELECT generation FROM key_deliveries WHERE container_id = $1', [id]);
  expect(row.generation).toBe(1);
  const found = await api.seeds.container('nobodys', { hostId: host, projectId: null }, { adopted: true });
  await admin.post(`/api/containers/${found}/keys/redeploy`, {}).expect(409);
});
