import { openText } from '@lxdm/crypto';
import { gitlabTokenPlace } from '@lxdm/domain';
import { GitlabStandIn } from '@lxdm/testing';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';
import { EventReader } from './event-reader';
import { clientOf, GitlabVisitor } from './gitlab-visitor';

jest.setTimeout(30_000);

let gitlab: GitlabStandIn;
let other: GitlabStandIn;
let api: ApiUnderTest;
let admin: Browser & { userId: string };
beforeAll(async () => {
  [gitlab, other] = await Promise.all([GitlabStandIn.start(), GitlabStandIn.start({ prefix: '/git' })]);
  api = await ApiUnderTest.start({ gitlabs: [clientOf(gitlab), clientOf(other, 'other')] });
  admin = await api.signedIn('root', true);
});
afterAll(async () => {
  await api.stop();
  await Promise.all([gitlab.stop(), other.stop()]);
});

const visitor = (): GitlabVisitor => new GitlabVisitor(api, gitlab);
const actions = async (userId: string): Promise<string[]> =>
  (await api.db.query('SELECT action, result FROM audit_events WHERE target_id = $1 ORDER BY seq', [userId])).map(
    (row: { action: string; result: string }) => `${row.action} ${row.result}`,
  );

/** Somebody new who signed in once. */
async function newcomer(name: string): Promise<{ browser: GitlabVisitor; id: string }> {
  await gitlab.tell('addPerson', name, `${name} the New`);
  const browser = visitor();
  expect(await browser.signIn(name)).toBe('/');
  const { body } = await browser.get('/api/session');
  return { browser, id: body.user.id as string };
}

it('says by what one can sign in', async () => {
  const { body } = await api.anonymous().get('/api/sign-in-options').expect(200);
  expect(body).toEqual({
    password: true,
    gitlab: [
      { id: '', name: 'GitLab', url: '/social-auth/login/gitlab/' },
      { id: 'other', name: 'other', url: '/social-auth/login/gitlab/other/' },
    ],
  });
});

it('asks GitLab with PKCE, a state and the least scope', async () => {
  const url = new URL(await visitor().leave());
  expect(`${url.origin}${url.pathname}`).toBe(`${gitlab.url}oauth/authorize`);
  expect(Object.fromEntries(url.searchParams)).toEqual({
    response_type: 'code',
    client_id: gitlab.introduction.clientId,
    redirect_uri: `http://127.0.0.1:${api.port}/social-auth/complete/gitlab/`,
    scope: 'read_user',
    state: expect.stringMatching(/^st_[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
  });
});

describe('a newcomer', () => {
  it('waits, is approved, and is in with the next request', async () => {
    const { browser, id } = await newcomer('nina');
    const session = await browser.get('/api/session');
    expect(session.body).toMatchObject({
      user: {
        username: 'nina',
        displayName: 'nina the New',
        isAdmin: false,
        standing: 'waiting',
        gitlab: { issuer: gitlab.url, username: 'nina' },
        hasPassword: false,
      },
      method: 'gitlab',
      sudoUntil: null,
    });
    for (const path of ['/api/containers', '/api/profile/tokens', '/api/people/search?name=ni', '/api/events'])
      expect((await browser.get(path)).body).toMatchObject({ status: 403, code: 'not-approved' });
    expect((await browser.send('post', '/api/session/sudo', {})).body).toMatchObject({ code: 'not-approved' });

    const waiting = await admin.get('/api/people?standing=waiting').expect(200);
    expect(waiting.body.items).toEqual([
      expect.objectContaining({ id, username: 'nina', standing: 'waiting', isAdmin: false, approvedAt: null }),
    ]);
    const approved = await admin.put(`/api/people/${id}/standing`, { standing: 'active', reason: 'new in the team' });
    expect(approved.body).toMatchObject({ standing: 'active', reason: 'new in the team' });

    expect((await browser.get('/api/containers')).status).toBe(200);
    expect((await browser.get('/api/session')).body.user.standing).toBe('active');
    expect(await actions(id)).toEqual(['session.sign-in done', 'user.approve done']);
  });

  it('cannot make themselves more than that, whatever they send', async () => {
    const { browser, id } = await newcomer('mallory');
    for (const [method, path, body] of [
      ['put', `/api/people/${id}/standing`, { standing: 'active' }],
      ['put', `/api/people/${id}/admin`, { isAdmin: true }],
      ['put', '/api/profile/password', { password: 'correct horse battery', isAdmin: true }],
      ['post', '/api/session/sudo', { password: '', isAdmin: true }],
    ] as const)
      expect((await browser.send(method, path, body)).status).toBe(403);
    await admin.put(`/api/people/${id}/standing`, { standing: 'active' }).expect(200);
    for (const extra of [{ isAdmin: true }, { is_admin: true }, { approvedAt: 'now' }, { user: { isAdmin: true } }]) {
      const answer = await browser.send('put', '/api/profile/password', {
        password: 'correct horse battery',
        ...extra,
      });
      expect(answer.status).toBe(400);
    }
    expect((await browser.send('put', `/api/people/${id}/admin`, { isAdmin: true })).status).toBe(403);
    const [row] = await api.db.query('SELECT is_admin FROM users WHERE id = $1', [id]);
    expect(row.is_admin).toBe(false);
  });

  it('whose name is taken here gets another one, and keeps it when GitLab renames them', async () => {
    await api.seeds.user('Taken');
    const { browser, id } = await newcomer('taken');
    expect((await browser.get('/api/session')).body.user.username).toBe('taken-2');
    await gitlab.tell('renamePerson', 'taken', 'renamed');
    const again = visitor();
    await again.signIn('renamed');
    expect((await again.get('/api/session')).body.user).toMatchObject({
      id,
      username: 'taken-2',
      gitlab: { username: 'renamed' },
    });
    // Who gets the old name there is somebody else.
    const stranger = await newcomer('taken');
    expect(stranger.id).not.toBe(id);
  });

  it('is one user, also when two browsers arrive at once', async () => {
    await gitlab.tell('addPerson', 'twin');
    const both = [visitor(), visitor()];
    expect(await Promise.all(both.map((browser) => browser.signIn('twin')))).toEqual(['/', '/']);
    const rows = await api.db.query(`SELECT id FROM users WHERE username LIKE 'twin%'`);
    expect(rows).toHaveLength(1);
  });
});

it('keeps the tokens sealed for their row, and the newest ones', async () => {
  const { id } = await newcomer('sealed');
  const read = async () => (await api.db.query('SELECT * FROM gitlab_accounts WHERE user_id = $1', [id]))[0];
  const first = await read();
  expect(first.access_token_sealed).toMatch(/^v1\./);
  const { keyRing } = api.settings;
  expect(openText(keyRing, gitlabTokenPlace(first.id, 'access'), first.access_token_sealed).length).toBeGreaterThan(20);
  expect(openText(keyRing, gitlabTokenPlace(first.id, 'refresh'), first.refresh_token_sealed).length).toBeGreaterThan(
    20,
  );
  expect(first.token_expires_at.getTime()).toBeGreaterThan(Date.now());
  await visitor().signIn('sealed');
  const second = await read();
  expect(second.id).toBe(first.id);
  expect(second.access_token_sealed).not.toBe(first.access_token_sealed);
});

it('knows people of another GitLab, below a path, as other people', async () => {
  const { id } = await newcomer('both');
  await other.tell('addPerson', 'both');
  const browser = new GitlabVisitor(api, other, 'other');
  expect(await browser.signIn('both')).toBe('/');
  const { user } = (await browser.get('/api/session')).body;
  expect(user).toMatchObject({ username: 'both-2', gitlab: { issuer: other.url } });
  expect(user.id).not.toBe(id);
  expect((await api.anonymous().get('/social-auth/login/gitlab/none/')).status).toBe(404);
});

describe('blocking', () => {
  it('ends sessions, streams and tokens at once, and keeps the person out', async () => {
    const { browser, id } = await newcomer('leaver');
    await admin.put(`/api/people/${id}/standing`, { standing: 'active' }).expect(200);
    const made = await browser.send('post', '/api/profile/tokens', { name: 'script', scope: 'write' });
    const authorization = { Authorization: `Bearer ${made.body.token}` };
    await api.anonymous().get('/api/containers').set(authorization).expect(200);
    const streams = await Promise.all([
      EventReader.open(api.port, `lxdm_session=${browser.token}`),
      EventReader.open(api.port, '', undefined, authorization),
    ]);
    await Promise.all(streams.map((stream) => stream.until(() => stream.received.length > 0)));

    await admin.put(`/api/people/${id}/standing`, { standing: 'blocked', reason: 'has left' }).expect(200);
    await Promise.all(streams.map((stream) => stream.until(() => stream.ended, 2_000)));
    for (const stream of streams) expect(stream.received.at(-1)?.event).toBe('bye');
    expect((await browser.get('/api/session')).status).toBe(401);
    await api.anonymous().get('/api/containers').set(authorization).expect(401);
    const again = visitor();
    expect(await again.signIn('leaver')).toMatch(/^\/sign-in\?error=blocked&request=/);
    expect(again.token).toBeUndefined();

    await admin.put(`/api/people/${id}/standing`, { standing: 'active' }).expect(200);
    expect(await again.signIn('leaver')).toBe('/');
    expect(await actions(id)).toEqual(
      expect.arrayContaining(['user.block done', 'session.sign-in failed', 'user.unblock done']),
    );
  });

  it.each(['blocked', 'deactivated', 'banned'] as const)(
    'an account that is %s in GitLab does not come in',
    async (state) => {
      const name = `out-${state}`;
      const { id } = await newcomer(name);
      await gitlab.tell('setState', name, state);
      const browser = visitor();
      const address = await browser.leave();
      // GitLab itself refuses most of them at its own page.
      const back = await browser.agree(address, name).catch(() => null);
      if (back !== null) expect((await browser.get(back)).headers['location']).toMatch(/^\/sign-in\?error=/);
      expect(browser.token).toBeUndefined();
      expect((await admin.get(`/api/people?filter=${name}`)).body.items[0].id).toBe(id);
    },
  );
});
