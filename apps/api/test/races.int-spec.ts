import { randomUUID } from 'node:crypto';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let owner: Browser & { userId: string };
let other: Browser & { userId: string };
let hostId: string;
let projectId: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  owner = await api.signedIn('owner');
  other = await api.signedIn('other');
  hostId = await api.seeds.host('host1');
  projectId = await api.seeds.project('team', { [owner.userId]: 'owner', [other.userId]: 'operator' });
});
afterAll(() => api.stop());

const ten = <T>(work: (n: number) => PromiseLike<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: 10 }, (_, n) => work(n)));
const statuses = (answers: { status: number }[]): number[] => answers.map(({ status }) => status).sort();
const wanted = (name: string) => ({ name, hostId, image: 'debian' });
const operationsOn = async (targetId: string): Promise<number> =>
  (await api.db.query('SELECT 1 FROM operations WHERE target_id = $1', [targetId])).length;

describe('one Idempotency-Key', () => {
  it('is one container, however often and however fast it is asked for', async () => {
    const key = randomUUID();
    const answers = await ten(() => owner.post('/api/containers', wanted('once'), key));
    expect(statuses(answers)).toEqual(Array(10).fill(202));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await operationsOn(answers[0]?.body.target.id)).toBe(1);
    const late = await owner.post('/api/containers', { image: 'debian', hostId, name: 'once' }, key).expect(202);
    expect(late.body.id).toBe(answers[0]?.body.id);
    expect(await api.db.query(`SELECT 1 FROM projects WHERE name_key LIKE 'once%'`)).toHaveLength(1);
  });

  it('is one operation on a container', async () => {
    const id = await api.seeds.container('pressed', { hostId, projectId });
    const key = randomUUID();
    const answers = await ten(() => owner.put(`/api/containers/${id}/state`, { action: 'restart' }, key));
    expect(statuses(answers)).toEqual(Array(10).fill(202));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    const [row] = await api.db.query('SELECT generation, restart_generation FROM containers WHERE id = $1', [id]);
    expect(row).toEqual({ generation: 2, restart_generation: 1 });
  });

  it('is one deletion, also when it is asked for again after the deletion', async () => {
    const id = await api.seeds.container('deleted', { hostId, projectId });
    const key = randomUUID();
    const answers = await ten(() => owner.delete(`/api/containers/${id}`, key));
    expect(statuses(answers)).toEqual(Array(10).fill(202));
    await api.db.query('UPDATE containers SET removed_at = now() WHERE id = $1', [id]);
    await owner.delete(`/api/containers/${id}`, key).expect(202);
    await owner.delete(`/api/containers/${id}`, randomUUID()).expect(404);
  });

  it('is refused for another request, and belongs to its actor', async () => {
    const id = await api.seeds.container('keyed', { hostId, projectId });
    const key = randomUUID();
    const { body } = await owner.put(`/api/containers/${id}/state`, { action: 'stop' }, key).expect(202);
    const reused = await owner.put(`/api/containers/${id}/state`, { action: 'start' }, key).expect(409);
    expect(reused.body.code).toBe('conflict');
    await owner.delete(`/api/containers/${id}`, key).expect(409);
    const theirs = await other.put(`/api/containers/${id}/state`, { action: 'stop' }, key).expect(202);
    expect(theirs.body.id).not.toBe(body.id);
  });
});

describe('without a key', () => {
  it('ten wishes for one name are one container and nine refusals', async () => {
    const answers = await ten((n) =>
      (n % 2 ? owner : other).post('/api/containers', wanted(n % 3 ? 'contested' : 'CONTESTED')),
    );
    expect(statuses(answers)).toEqual([202, ...Array(9).fill(409)]);
    for (const { body } of answers.filter(({ status }) => status === 409))
      expect(body).toMatchObject({ code: 'name-taken', detail: expect.stringContaining('container named') });
    expect(await api.db.query(`SELECT 1 FROM projects WHERE name_key LIKE 'contested%'`)).toHaveLength(1);
  });

  it('ten different containers in projects of their own are all accepted', async () => {
    const answers = await ten((n) => owner.post('/api/containers', wanted(`parallel${n}`)));
    expect(statuses(answers)).toEqual(Array(10).fill(202));
  });

  it('ten users on one button are accepted one after the other', async () => {
    const id = await api.seeds.container('button', { hostId, projectId });
    const answers = await ten((n) =>
      (n % 2 ? owner : other).put(`/api/containers/${id}/state`, { action: n % 2 ? 'stop' : 'start' }),
    );
    expect(statuses(answers)).toEqual(Array(10).fill(202));
    const [row] = await api.db.query('SELECT generation FROM containers WHERE id = $1', [id]);
    expect(row.generation).toBe(11);
    expect(await operationsOn(id)).toBe(10);
  });

  it('a host cannot be removed while a container is being accepted on it, nor take one while it is removed', async () => {
    const admin = await api.signedIn('admin', true);
    const contested = await api.seeds.host('contested-host');
    const [removal, creation] = await Promise.all([
      admin.delete(`/api/hosts/${contested}`),
      owner.post('/api/containers', { name: 'lastone', hostId: contested, image: 'debian' }),
    ]);
    expect([
      [202, 400],
      [409, 202],
    ]).toContainEqual([removal.status, creation.status]);
  });
});

it('answers as quickly, and records as surely, while Redis is dead', async () => {
  const alone = await ApiUnderTest.start({ redisUrl: 'redis://127.0.0.1:1/0' });
  try {
    const user = await alone.signedIn('user');
    const host = await alone.seeds.host('host1');
    const begun = Date.now();
    const { body } = await user.post('/api/containers', { name: 'sure', hostId: host, image: 'debian' }).expect(202);
    expect(Date.now() - begun).toBeLessThan(2_000);
    expect((await user.get(`/api/operations/${body.id}`).expect(200)).body.status).toBe('Pending');
    const ready = await alone.anonymous().get('/api/health/ready').expect(503);
    expect(ready.body.checks).toContainEqual(expect.objectContaining({ name: 'redis', ok: false }));
  } finally {
    await alone.stop();
  }
});
