import { randomUUID } from 'node:crypto';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';
import { EventReader } from './event-reader';

type Person = Browser & { userId: string };
type Member = { userId: string; username: string; role: string; kind: string; source: string };

let api: ApiUnderTest;
let alice: Person;
let bob: Person;
let carol: Person;
let admin: Person;
let host: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  [alice, bob, carol, admin] = [
    await api.signedIn('alice'),
    await api.signedIn('bob'),
    await api.signedIn('carol'),
    await api.signedIn('admin', true),
  ];
  host = await api.seeds.host('host1');
});
afterAll(() => api.stop());

const acts = async (target: string): Promise<[string, string, Record<string, unknown> | null][]> =>
  (
    await api.db.query('SELECT action, result, detail FROM audit_events WHERE target_id = $1 ORDER BY seq', [target])
  ).map((row: { action: string; result: string; detail: Record<string, unknown> | null }) => [
    row.action,
    row.result,
    row.detail,
  ]);
const rolesOf = (body: { members: Member[] }): Record<string, string> =>
  Object.fromEntries(body.members.map(({ username, role }) => [username, role]));

describe('a project and its life', () => {
  it('is renamed with its containers, for everybody who watches', async () => {
    const id = await api.seeds.project('before', { [alice.userId]: 'owner', [bob.userId]: 'viewer' });
    const container = await api.seeds.container('named', { hostId: host, projectId: id });
    const reader = await EventReader.open(api.port, bob.cookie);
    await reader.next('hello');
    const { body } = await alice.patch(`/api/projects/${id}`, { name: 'after' }).expect(200);
    expect(body).toMatchObject({ id, name: 'after', description: '', role: 'owner' });
    expect((await reader.next('project', { id })).data).toMatchObject({ name: 'after', role: 'viewer' });
    expect((await reader.next('container', { id: container })).data).toMatchObject({ project: { id, name: 'after' } });
    reader.close();
    await alice.patch(`/api/projects/${id}`, { description: 'words' }).expect(200);
    await alice.patch(`/api/projects/${id}`, {}).expect(200);
    expect(await acts(id)).toEqual([
      ['project.rename', 'done', { from: 'before', to: 'after', description: false }],
      ['project.rename', 'done', { description: true }],
    ]);
  });

  it('does not take a name that is taken, in whatever case', async () => {
    await api.seeds.project('Taken');
    const id = await api.seeds.project('other', { [alice.userId]: 'owner' });
    const answer = await alice.patch(`/api/projects/${id}`, { name: 'tAKEN' }).expect(409);
    expect(answer.body.code).toBe('name-taken');
    await alice.patch(`/api/projects/${id}`, { name: 'OTHER' }).expect(200);
  });

  it.each([[' x'], [''], ['a\nb'], ['x'.repeat(101)], [null], [7]])('refuses the name %j', async (name) => {
    const id = await api.seeds.project(`n-${randomUUID()}`, { [alice.userId]: 'owner' });
    await alice.patch(`/api/projects/${id}`, { name }).expect(400);
    const [row] = await api.db.query('SELECT name FROM projects WHERE id = $1', [id]);
    expect(row.name).toMatch(/^n-/);
  });

  it('is deleted when it has no containers left, with its services and their tokens', async () => {
    const id = await api.seeds.project('doomed', { [alice.userId]: 'owner' });
    const container = await api.seeds.container('last', { hostId: host, projectId: id });
    const { body } = await alice
      .post(`/api/projects/${id}/services`, { name: 'ci-doomed', role: 'viewer' })
      .expect(201);
    const service = body.members.find((member: Member) => member.kind === 'service') as Member;
    await alice.post(`/api/projects/${id}/services/${service.userId}/tokens`, { name: 't', scope: 'read' }).expect(201);
    const refused = await alice.delete(`/api/projects/${id}`).expect(409);
    expect(refused.body.detail).toContain('1 container:');
    await api.db.query('UPDATE containers SET removed_at = now() WHERE id = $1', [container]);
    await alice.delete(`/api/projects/${id}`).expect(204);
    await alice.get(`/api/projects/${id}`).expect(404);
    await alice.delete(`/api/projects/${id}`).expect(404);
    expect(await api.db.query('SELECT 1 FROM users WHERE id = $1', [service.userId])).toEqual([]);
    expect(await api.db.query('SELECT 1 FROM api_tokens WHERE user_id = $1', [service.userId])).toEqual([]);
    expect((await acts(id)).at(-1)).toEqual(['project.delete', 'done', null]);
  });
});

describe('members', () => {
  it('are added, changed and removed by owners', async () => {
    const id = await api.seeds.project('members', { [alice.userId]: 'owner' });
    const path = `/api/projects/${id}/members/${bob.userId}`;
    await bob.get(`/api/projects/${id}`).expect(404);
    const added = await alice.put(path, { role: 'viewer' }).expect(200);
    expect(rolesOf(added.body)).toEqual({ alice: 'owner', bob: 'viewer' });
    expect(added.body.members[1]).toEqual({
      userId: bob.userId,
      username: 'bob',
      displayName: 'bob',
      role: 'viewer',
      source: 'manual',
      kind: 'person',
    });
    await bob.get(`/api/projects/${id}`).expect(200);
    await alice.put(path, { role: 'operator' }).expect(200);
    await alice.put(path, { role: 'operator' }).expect(200);
    const removed = await alice.delete(path).expect(200);
    expect(rolesOf(removed.body)).toEqual({ alice: 'owner' });
    await alice.delete(path).expect(404);
    await bob.get(`/api/projects/${id}`).expect(404);
    const user = { userId: bob.userId, user: 'bob' };
    expect(await acts(id)).toEqual([
      ['member.add', 'done', { ...user, role: 'viewer' }],
      ['member.change', 'done', { ...user, from: 'viewer', to: 'operator' }],
      ['member.remove', 'done', { ...user, role: 'operator' }],
    ]);
  });

  it('may go by themselves, and hear at once that it is over', async () => {
    const id = await api.seeds.project('left', { [alice.userId]: 'owner', [carol.userId]: 'viewer' });
    const reader = await EventReader.open(api.port, carol.cookie);
    await reader.next('hello');
    const { body } = await carol.delete(`/api/projects/${id}/members/${carol.userId}`).expect(200);
    expect(body.role).toBeNull();
    await reader.next('reset');
    reader.close();
    await carol.get(`/api/projects/${id}`).expect(404);
  });

  it.each(['operator', 'viewer'] as const)('as %s may not change anything, which is written down', async (role) => {
    const id = await api.seeds.project(`by-${role}`, { [alice.userId]: 'owner', [bob.userId]: role });
    const before = await api.rowCounts();
    for (const pending of [
      bob.patch(`/api/projects/${id}`, { name: 'mine' }),
      bob.delete(`/api/projects/${id}`),
      bob.put(`/api/projects/${id}/members/${bob.userId}`, { role: 'owner' }),
      bob.put(`/api/projects/${id}/members/${carol.userId}`, { role: 'viewer' }),
      bob.delete(`/api/projects/${id}/members/${alice.userId}`),
      bob.put(`/api/projects/${id}/gitlab-group`, { path: 'a/b' }),
      bob.delete(`/api/projects/${id}/gitlab-group`),
      bob.post(`/api/projects/${id}/services`, { name: 'mine', role: 'operator' }),
    ])
      expect((await pending).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await api.rowCounts()).toEqual(before);
    const refused = await acts(id);
    expect(refused).toHaveLength(8);
    expect(new Set(refused.map(([, result]) => result))).toEqual(new Set(['refused']));
  });

  it.each([
    ['nobody', () => Promise.resolve(randomUUID())],
    ['somebody who waits', () => api.seeds.user(`w-${randomUUID()}`, false, { approved: false })],
    ['somebody who is blocked', () => api.seeds.user(`b-${randomUUID()}`, false, { blocked: true })],
    [
      'the service of another project',
      async () => {
        const id = await api.seeds.user(`s-${randomUUID()}`);
        await api.db.query(`UPDATE users SET kind = 'service' WHERE id = $1`, [id]);
        return id;
      },
    ],
  ])('are approved people: not %s', async (_who, make) => {
    const id = await api.seeds.project(`p-${randomUUID()}`, { [alice.userId]: 'owner' });
    const answer = await alice.put(`/api/projects/${id}/members/${await make()}`, { role: 'viewer' }).expect(400);
    expect(answer.body.errors).toEqual([{ field: 'userId', message: expect.stringContaining('no such person') }]);
  });

  it('that came by a GitLab group are changed there', async () => {
    const id = await api.seeds.project('by-group', { [alice.userId]: 'owner', [bob.userId]: 'viewer' });
    await api.db.query(`UPDATE members SET source = 'gitlab' WHERE user_id = $1 AND project_id = $2`, [bob.userId, id]);
    for (const pending of [
      alice.put(`/api/projects/${id}/members/${bob.userId}`, { role: 'owner' }),
      alice.delete(`/api/projects/${id}/members/${bob.userId}`),
      bob.delete(`/api/projects/${id}/members/${bob.userId}`),
    ])
      expect((await pending).body).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('of a project without any of them are looked after by admins under sudo only', async () => {
    const id = await api.seeds.project('orphan');
    const plain = await api.browserOf(admin.userId, false);
    await plain.put(`/api/projects/${id}/members/${bob.userId}`, { role: 'owner' }).expect(404);
    await admin.put(`/api/projects/${id}/members/${bob.userId}`, { role: 'owner' }).expect(200);
    const [row] = await api.db.query('SELECT sudo FROM audit_events WHERE target_id = $1', [id]);
    expect(row.sudo).toBe(true);
  });
});

describe('the last owner', () => {
  it.each([
    ['leaves', (id: string) => alice.delete(`/api/projects/${id}/members/${alice.userId}`)],
    ['steps down', (id: string) => alice.put(`/api/projects/${id}/members/${alice.userId}`, { role: 'operator' })],
    ['is removed by an admin', (id: string) => admin.delete(`/api/projects/${id}/members/${alice.userId}`)],
  ])('%s: refused', async (_how, ask) => {
    const id = await api.seeds.project(`owner-${randomUUID()}`, { [alice.userId]: 'owner', [bob.userId]: 'operator' });
    expect((await ask(id).expect(409)).body.code).toBe('last-owner');
    await alice.get(`/api/projects/${id}`).expect(200);
  });

  it.each([
    ['is blocked', 'UPDATE users SET blocked_at = now() WHERE id = $1'],
    ['is blocked in GitLab', 'UPDATE users SET gitlab_blocked_at = now() WHERE id = $1'],
    ['came by a GitLab group', `UPDATE members SET source = 'gitlab' WHERE user_id = $1`],
  ])('does not go when the other one %s', async (_how, sql) => {
    const other = await api.seeds.user(`other-${randomUUID()}`);
    const id = await api.seeds.project(`two-${randomUUID()}`, { [alice.userId]: 'owner', [other]: 'owner' });
    await api.db.query(sql, [other]);
    const answer = await alice.delete(`/api/projects/${id}/members/${alice.userId}`).expect(409);
    expect(answer.body.code).toBe('last-owner');
  });

  it('is one of many who want to go at the same moment', async () => {
    const owners = await Promise.all(Array.from({ length: 6 }, (_, index) => api.signedIn(`racer${index}`)));
    for (let round = 0; round < 5; round++) {
      const members = Object.fromEntries(owners.map(({ userId }) => [userId, 'owner' as const]));
      const id = await api.seeds.project(`race${round}`, members);
      const answers = await Promise.all(
        owners.map((one, index) =>
          index % 2 === 0
            ? one.delete(`/api/projects/${id}/members/${one.userId}`)
            : one.put(`/api/projects/${id}/members/${one.userId}`, { role: 'viewer' }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 200, 409]);
      const [row] = await api.db.query(
        `SELECT count(*)::int AS count FROM members WHERE project_id = $1 AND role = 'owner'`,
        [id],
      );
      expect(row.count).toBe(1);
    }
  });

  it('cannot be made by two who remove each other', async () => {
    const [one, two] = [await api.signedIn('duel1'), await api.signedIn('duel2')];
    const id = await api.seeds.project('duel', { [one.userId]: 'owner', [two.userId]: 'owner' });
    const answers = await Promise.all([
      one.delete(`/api/projects/${id}/members/${two.userId}`),
      two.delete(`/api/projects/${id}/members/${one.userId}`),
    ]);
    // The second finds, under the lock, that they are no member any more.
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });
});
