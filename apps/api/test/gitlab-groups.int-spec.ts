import { GitlabStandIn } from '@lxdm/testing';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';

type Person = Browser & { userId: string };

let gitlab: GitlabStandIn;
let api: ApiUnderTest;
let owner: Person;
let admin: Person;
let ids: { group: string; private: string; person: string };
beforeAll(async () => {
  gitlab = await GitlabStandIn.start({ prefix: '/git' });
  const { clientId, clientSecret, apiToken, hookToken, url } = gitlab.introduction;
  const site = {
    prefix: '',
    issuer: url,
    name: 'stand-in',
    clientId,
    clientSecret,
    token: apiToken,
    hookSecret: hookToken,
  };
  const poor = { ...site, prefix: 'poor', issuer: 'http://127.0.0.1:9/', name: 'poor', token: null, hookSecret: null };
  api = await ApiUnderTest.start({ gitlabs: [site, poor] });
  const person = await gitlab.tell('addPerson', 'owner');
  const group = await gitlab.tell('addGroup', 'platform/web');
  const foreign = await gitlab.tell('addGroup', 'board/secret');
  await gitlab.tell('setMember', 'platform/web', 'owner', 30);
  ids = { group: String(group.id), private: String(foreign.id), person: String(person.id) };
  owner = await api.signedIn('owner');
  admin = await api.signedIn('admin', true);
  await account(owner.userId, ids.person, 'owner');
});
afterEach(() => gitlab.tell('heal'));
afterAll(async () => {
  await api.stop();
  await gitlab.stop();
});

async function account(userId: string, gitlabId: string, username: string): Promise<string> {
  const [row] = await api.db.query(
    `INSERT INTO gitlab_accounts (user_id, issuer, gitlab_id, username, next_sync_at) VALUES ($1, $2, $3, $4, now() + interval '1 day') RETURNING id`,
    [userId, gitlab.url, gitlabId, username],
  );
  return row.id as string;
}
const due = async (id: string): Promise<boolean> =>
  (
    await api.db.query(
      `SELECT 1 FROM gitlab_accounts WHERE id = $1 AND next_sync_at <= now() UNION ALL SELECT 1 FROM projects WHERE id = $1 AND gitlab_next_sync_at <= now()`,
      [id],
    )
  ).length > 0;
let number = 0;
const project = (members: Record<string, 'owner' | 'operator' | 'viewer'> = { [owner.userId]: 'owner' }) =>
  api.seeds.project(`bound${++number}`, members);
const bind = (id: string, path = 'platform/web', by: Browser = owner, more = {}) =>
  by.put(`/api/projects/${id}/gitlab-group`, { path, ...more });

describe('binding a project to a group', () => {
  it('writes down what is wanted, for the worker to follow', async () => {
    const id = await project();
    const { body } = await bind(id).expect(200);
    const bound = { issuer: gitlab.url, groupId: ids.group, groupPath: 'platform/web', syncedAt: null, error: null };
    expect(body.gitlab).toEqual(bound);
    expect(body.members).toMatchObject([{ username: 'owner', role: 'owner', source: 'manual' }]);
    expect(await due(id)).toBe(true);
    await bind(id, ids.group).expect(200);
    await bind(id, 'platform/web', owner, { issuer: gitlab.url.replace(/\/$/, '') }).expect(200);
    const [row] = await api.db.query(`SELECT detail FROM audit_events WHERE target_id = $1 LIMIT 1`, [id]);
    expect(row.detail).toEqual({ issuer: gitlab.url, groupId: ids.group, groupPath: 'platform/web' });
  });

  it('to another group ends the membership of those who came by the first, and to the same one ends none', async () => {
    const [other, byHand] = [await api.seeds.user('by-first-group'), await api.seeds.user('by-hand')];
    const id = await project({ [owner.userId]: 'owner', [other]: 'operator', [byHand]: 'viewer' });
    await bind(id).expect(200);
    await api.db.query(`UPDATE members SET source = 'gitlab' WHERE project_id = $1 AND user_id <> $2`, [id, byHand]);
    const names = ({ body }: { body: { members: { username: string }[] } }) =>
      body.members.map(({ username }) => username).sort();
    expect(names(await bind(id).expect(200))).toEqual(['by-first-group', 'by-hand', 'owner']);
    expect(names(await bind(id, 'board/secret', admin).expect(200))).toEqual(['by-hand', 'owner']);
  });

  it('ends with those who came by it; who ends it stays an owner', async () => {
    const other = await api.seeds.user(`by-group-${number}`);
    const id = await project({ [owner.userId]: 'owner', [other]: 'owner' });
    await bind(id).expect(200);
    await api.db.query(`UPDATE members SET source = 'gitlab' WHERE project_id = $1`, [id]);
    const { body } = await owner.delete(`/api/projects/${id}/gitlab-group`).expect(200);
    expect(body.gitlab).toBeNull();
    expect(body.members).toMatchObject([{ username: 'owner', role: 'owner', source: 'manual' }]);
    await owner.delete(`/api/projects/${id}/gitlab-group`).expect(409);
  });

  it('of others looks like one that is not there: our token sees more than they may', async () => {
    const id = await project();
    const [foreign, missing] = [await bind(id, 'board/secret').expect(400), await bind(id, 'board/none').expect(400)];
    expect(foreign.body.errors).toEqual(missing.body.errors);
    // Nor for somebody without an account there, who is not even worth a question.
    const local = await api.signedIn('local');
    await gitlab.tell('requests');
    const theirs = await project({ [local.userId]: 'owner' });
    expect((await bind(theirs, 'platform/web', local).expect(400)).body.errors).toEqual([
      { field: 'path', message: expect.stringContaining('no such group') },
    ]);
    expect(await gitlab.tell('requests')).toEqual([]);
  });

  it('of others is open to an admin under sudo', async () => {
    const id = await project();
    const { body } = await bind(id, 'board/secret', admin).expect(200);
    expect(body.gitlab).toMatchObject({ groupId: ids.private });
    // An admin who is no member does not become one.
    expect(body.members).toHaveLength(1);
  });

  it.each([
    ['down', { kind: 'down' }],
    ['failing', { kind: 'status', status: 500 }],
    ['talking HTML', { kind: 'html' }],
  ] as const)('to a GitLab that is %s changes nothing', async (_how, fault) => {
    const id = await project();
    await gitlab.tell('inject', fault);
    const answer = await bind(id);
    await gitlab.tell('heal');
    expect(answer.status).toBe(503);
    expect(JSON.stringify(answer.body)).not.toContain(gitlab.introduction.apiToken);
    expect((await owner.get(`/api/projects/${id}`)).body.gitlab).toBeNull();
  });

  it('says that GitLab does not take our token', async () => {
    const id = await project();
    const [site] = api.settings.gitlabs;
    if (!site) throw new Error('There is a GitLab.');
    const { token } = site;
    site.token = 'glpat-revoked';
    const answer = await bind(id);
    site.token = token;
    expect(answer.body).toMatchObject({ status: 409, detail: expect.stringContaining('reading token') });
    expect(JSON.stringify(answer.body)).not.toContain('glpat');
  });

  it('says what is missing', async () => {
    const id = await project();
    const poor = await bind(id, 'platform/web', owner, { issuer: 'http://127.0.0.1:9/' }).expect(409);
    expect(poor.body.detail).toContain('secrets/gitlab_token');
    await bind(id, 'platform/web', owner, { issuer: 'https://elsewhere.example/' }).expect(400);
    for (const path of ['', '/', '../admin', 'a//b', 'a b', 'x'.repeat(256), 'a/b?x=1']) {
      const answer = await bind(id, path);
      expect([path, answer.status]).toEqual([path, 400]);
    }
  });
});

describe('hooks', () => {
  const hook = (body: object, secret = gitlab.introduction.hookToken, at = '') =>
    api.anonymous().post(`/api/gitlab/hooks${at}`).set('X-Gitlab-Token', secret).send(body);
  const later = async (id: string): Promise<void> => {
    await api.db.query(`UPDATE gitlab_accounts SET next_sync_at = now() + interval '1 day' WHERE id = $1`, [id]);
    await api.db.query(`UPDATE projects SET gitlab_next_sync_at = now() + interval '1 day' WHERE id = $1`, [id]);
  };

  it('of GitLab wake whom and what they name', async () => {
    const watched = await api.seeds.user('watched');
    const { id: number } = await gitlab.tell('addPerson', 'watched');
    const accountId = await account(watched, String(number), 'watched');
    const id = await project();
    await bind(id).expect(200);
    await gitlab.tell('hookTo', `http://127.0.0.1:${api.port}/api/gitlab/hooks`);
    const deliveries = async (): Promise<(number | null)[]> =>
      (await gitlab.tell('hookDeliveries')).map(({ status }) => status);
    const sent = async (count: number): Promise<void> => {
      for (let tries = 0; (await deliveries()).length < count && tries < 100; tries++)
        await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const before = (await deliveries()).length;
    await later(accountId);
    await gitlab.tell('addKey', 'watched', { key: `ssh-ed25519 ${KEY}` });
    await sent(before + 1);
    expect(await due(accountId)).toBe(true);
    await later(accountId);
    await later(id);
    await gitlab.tell('setMember', 'platform/web', 'watched', 30);
    await sent(before + 2);
    expect([await due(accountId), await due(id)]).toEqual([true, true]);
    await gitlab.tell('hookTo', null);
    expect((await deliveries()).slice(before)).toEqual([204, 204]);
  });

  it.each([
    ['a wrong secret', () => hook({}, 'wrong'), 401],
    ['an empty secret', () => hook({}, ''), 401],
    ['no secret', () => api.anonymous().post('/api/gitlab/hooks').send({}), 401],
    ['a part of the secret', () => hook({}, gitlab.introduction.hookToken.slice(0, -1)), 401],
    ['a GitLab without a secret', () => hook({}, '', '/poor'), 404],
    ['a GitLab that is not known', () => hook({}, 'x', '/unknown'), 404],
    ['a form', () => hook({}).type('form'), 415],
  ])('with %s wake nobody', async (_case, send, status) => {
    expect((await send()).status).toBe(status);
  });

  it('believe nothing of what they are told, and survive anything', async () => {
    const before = await api.rowCounts();
    for (const body of [
      {},
      { event_name: 'user_destroy', user_id: Number(ids.person) },
      { event_name: 'user_create', user_id: "1'; DROP TABLE users; --", username: '$1', group_id: {} },
      { user_id: 10 ** 30, group_id: -1, user: [], group: 'x', username: 'ü'.repeat(300), group_path: '%' },
      { user: { id: Number(ids.person), username: null }, group: { id: 1.5, full_path: '../..' } },
    ])
      await hook(body).expect(204);
    const [row] = await api.db.query('SELECT blocked_at, gitlab_blocked_at FROM users WHERE id = $1', [owner.userId]);
    expect(row).toEqual({ blocked_at: null, gitlab_blocked_at: null });
    expect(await api.rowCounts()).toEqual(before);
  });
});

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8w';
