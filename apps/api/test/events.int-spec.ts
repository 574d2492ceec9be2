import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';
import { EventReader } from './event-reader';

let api: ApiUnderTest;
let admin: Browser;
let owner: Browser & { userId: string };
let stranger: Browser & { userId: string };
let hostId: string;
let projectId: string;
const open: EventReader[] = [];
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('admin', true);
  owner = await api.signedIn('owner');
  stranger = await api.signedIn('stranger');
  hostId = await api.seeds.host('host1');
  projectId = await api.seeds.project('team', { [owner.userId]: 'owner' });
});
afterEach(() => open.splice(0).forEach((reader) => reader.close()));
afterAll(() => api.stop());

async function listen(by: Browser, lastEventId?: number): Promise<EventReader> {
  const reader = await EventReader.open(api.port, by.cookie, lastEventId);
  open.push(reader);
  await reader.next('hello');
  return reader;
}
const act = (id: string, action = 'stop', by: Browser = owner) =>
  by.put(`/api/containers/${id}/state`, { action }).expect(202);
/** Puts an entry into the feed as another process would. */
const announce = (kind: string, entityId: string, project: string | null = null) =>
  api.db.query(
    `WITH c AS (INSERT INTO changes (kind, entity_id, project_id) VALUES ($1, $2, $3) RETURNING seq) SELECT pg_notify('lxdm_changes', seq::text) FROM c`,
    [kind, entityId, project],
  );
const lastSeq = async (): Promise<number> =>
  Number((await api.db.query('SELECT max(seq) AS seq FROM changes'))[0].seq ?? 0);

it('begins with hello, in a stream that no proxy holds back', async () => {
  const reader = await listen(owner);
  expect(reader.received[0]).toEqual({ event: 'hello', id: expect.any(String), data: { seq: expect.any(Number) } });
  expect(reader.response.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  expect(reader.response.headers['content-encoding']).toBeUndefined();
});

it('tells an action to everybody who may see it, and to nobody else', async () => {
  const id = await api.seeds.container('watched', { hostId, projectId });
  const [mine, theirs, all] = [await listen(owner), await listen(stranger), await listen(admin)];
  const { body } = await act(id);
  for (const reader of [mine, all]) {
    const container = await reader.next('container', { id });
    expect(container.data).toMatchObject({ status: 'Stopping', pending: true });
    const operation = await reader.next('operation', { id: body.id });
    expect(operation.data).toEqual(body);
  }
  // Something that the stranger does see comes behind what they must not have got.
  await announce('host', hostId);
  await theirs.next('host', { id: hostId });
  expect(theirs.names.filter((name) => name === 'container' || name === 'operation')).toEqual([]);
});

it('tells hosts to all, details to admins only', async () => {
  const [mine, all] = [await listen(owner), await listen(admin)];
  await announce('host', hostId);
  expect((await mine.next('host')).data).toMatchObject({ id: hostId, name: 'host1', url: '', fingerprint: null });
  expect((await all.next('host')).data).toMatchObject({ url: 'https://host1.example.org:8443' });
});

it('tells what is gone to those who could see it', async () => {
  const id = await api.seeds.container('going', { hostId, projectId });
  const [mine, theirs] = [await listen(owner), await listen(stranger)];
  await api.db.query('UPDATE containers SET removed_at = now() WHERE id = $1', [id]);
  await announce('container', id, projectId);
  expect((await mine.next('container', { id })).data).toEqual({ id, removed: true });
  await announce('host', hostId);
  await theirs.next('host');
  expect(theirs.names).not.toContain('container');
});

it('tells the containers of a host again when the host is lost', async () => {
  const lost = await api.seeds.host('lost');
  const id = await api.seeds.container('stranded', { hostId: lost, projectId });
  const [mine, theirs] = [await listen(owner), await listen(stranger)];
  await announce('host', lost);
  await mine.next('container', { id, status: 'Running' });
  await api.db.query(`UPDATE hosts SET observed_error = 'connection refused' WHERE id = $1`, [lost]);
  await announce('host', lost);
  await mine.next('container', { id, stale: true });
  await theirs.next('host', { id: lost, state: 'Unreachable' });
  expect(theirs.names).not.toContain('container');
});

it('resumes behind the last event, each thing once, in order', async () => {
  const first = await api.seeds.container('first', { hostId, projectId });
  const second = await api.seeds.container('second', { hostId, projectId });
  const before = await lastSeq();
  await act(first);
  await act(second);
  await act(first, 'start');
  const reader = await listen(owner, before);
  const now = await lastSeq();
  await reader.until(() => reader.received.some(({ id }) => id === String(now)));
  const containers = reader.received
    .filter(({ event }) => event === 'container')
    .map(({ data }) => (data as { id: string }).id);
  expect(containers).toEqual([second, first]);
  const ids = reader.received.map(({ id }) => Number(id));
  expect(ids).toEqual([...ids].sort((a, b) => a - b));
  expect(reader.received[0]?.id).toBe(String(before));
  expect(reader.names).not.toContain('reset');
  // From the newest event on there is nothing to tell.
  const upToDate = await listen(owner, now);
  await announce('host', hostId);
  await upToDate.next('host');
  expect(upToDate.names.filter((name) => name === 'container')).toEqual([]);
});

it.each([
  ['too old', 1],
  ['never given out', 900_000_000],
])('says reset to a number that is %s', async (_case, lastEventId) => {
  await announce('host', hostId);
  await announce('host', hostId);
  await api.db.query('DELETE FROM changes WHERE seq < (SELECT max(seq) FROM changes)');
  const reader = await listen(owner, lastEventId);
  expect((await reader.next('reset')).id).toBe(String(await lastSeq()));
});

it('begins to tell of a project when its viewer becomes a member, and stops when they leave', async () => {
  const joined = await api.signedIn('joiner');
  const id = await api.seeds.container('shared', { hostId, projectId });
  const reader = await listen(joined);
  await api.db.query(`INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, 'viewer')`, [
    projectId,
    joined.userId,
  ]);
  await announce('project', projectId, projectId);
  await reader.next('reset');
  await act(id);
  await reader.next('container', { id });
  await api.db.query('DELETE FROM members WHERE user_id = $1', [joined.userId]);
  await announce('project', projectId, projectId);
  await reader.until(() => reader.names.filter((name) => name === 'reset').length === 2);
  const heard = reader.received.length;
  await act(id, 'start');
  await announce('host', hostId);
  await reader.until(() => reader.names.slice(heard).includes('host'));
  expect(reader.names.slice(heard)).toEqual(['host']);
});

it('does not say reset to somebody who makes a container with a project of its own', async () => {
  const maker = await api.signedIn('maker');
  const reader = await listen(maker);
  const { body } = await maker.post('/api/containers', { name: 'owned', hostId, image: 'debian' }).expect(202);
  await reader.next('container', { id: body.target.id });
  await reader.next('project', { name: 'owned', role: 'owner' });
  await reader.next('operation', { id: body.id });
  expect(reader.names).not.toContain('reset');
});

describe('ends with bye', () => {
  it('at once when its session signs out here', async () => {
    const user = await api.signedIn('leaver');
    const [reader, other] = [await listen(user), await listen(await api.browserOf(user.userId))];
    await user.delete('/api/session').expect(204);
    await reader.until(() => reader.ended);
    expect(reader.names.at(-1)).toBe('bye');
    expect(other.ended).toBe(false);
  });

  it('within seconds when its session ends elsewhere', async () => {
    const user = await api.signedIn('elsewhere');
    const reader = await listen(user);
    await api.db.query('DELETE FROM sessions WHERE id = $1', [user.session.sessionId]);
    await reader.until(() => reader.ended, 8_000);
    expect(reader.names.at(-1)).toBe('bye');
  }, 15_000);

  it('at once when its user is blocked', async () => {
    const user = await api.signedIn('blocked');
    const reader = await listen(user);
    await api.db.query('UPDATE users SET blocked_at = now() WHERE id = $1', [user.userId]);
    await announce('user', user.userId);
    await reader.until(() => reader.ended);
    expect(reader.names.at(-1)).toBe('bye');
  });
});

it('finds what was committed while announcements were not heard', async () => {
  const id = await api.seeds.container('unheard', { hostId, projectId });
  const reader = await listen(owner);
  await api.db.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lxdm-api-listener' AND datname = current_database()`,
  );
  await act(id);
  await reader.next('container', { id });
});

it('lets a reader that stands still fall behind, and tells it the latest of everything once it reads on', async () => {
  const crowd = await api.seeds.project('crowd', { [owner.userId]: 'owner' });
  await api.db.query(
    `INSERT INTO containers (id, name, name_key, description, project_id, host_id, hwaddr_eth0, hwaddr_eth1, generation, observed_generation)
     SELECT gen_random_uuid(), 'crowd-' || n, 'crowd-' || n, repeat('x', 9000), $1, $2, '', '', 1, 1 FROM generate_series(1, 900) n`,
    [crowd, hostId],
  );
  const [stuck, good] = [await listen(owner), await listen(owner)];
  const containers = (reader: EventReader): number => reader.names.filter((name) => name === 'container').length;
  stuck.response.pause();
  const rounds = 3;
  for (let round = 1; round <= rounds; round++) {
    await api.db.query(
      `WITH c AS (INSERT INTO changes (kind, entity_id, project_id) SELECT 'container', id, project_id FROM containers WHERE project_id = $1 RETURNING seq) SELECT pg_notify('lxdm_changes', max(seq)::text) FROM c`,
      [crowd],
    );
    await good.until(() => containers(good) === round * 900, 15_000);
  }
  stuck.response.resume();
  const now = String(await lastSeq());
  await stuck.until(() => stuck.received.at(-1)?.id === now, 15_000);
  expect(new Set(stuck.received.map(({ data }) => (data as { id?: string }).id)).size).toBeGreaterThanOrEqual(900);
  expect(stuck.ended || good.ended).toBe(false);
}, 90_000);

it('bounds the streams of one session', async () => {
  const user = await api.signedIn('many');
  for (let n = 0; n < 20; n++) await listen(user);
  const { body } = await user.get('/api/events').expect(429);
  expect(body.code).toBe('rate-limited');
});
