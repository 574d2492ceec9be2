import { GitlabStandIn } from '@lxdm/testing';
import { ApiUnderTest, PASSWORD } from './api-under-test';
import type { Browser } from './browser';
import { clientOf, GitlabVisitor } from './gitlab-visitor';

jest.setTimeout(30_000);

let gitlab: GitlabStandIn;
let api: ApiUnderTest;
let admin: Browser & { userId: string };
beforeAll(async () => {
  gitlab = await GitlabStandIn.start();
  api = await ApiUnderTest.start({ gitlabs: [clientOf(gitlab)] });
  admin = await api.signedIn('root', true);
});
afterAll(async () => {
  await api.stop();
  await gitlab.stop();
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

describe('linking', () => {
  const ours = { 'Sec-Fetch-Site': 'same-origin' };
  const signedIn = async (name: string, isAdmin = false) => {
    const person = await api.signedIn(name, isAdmin, false);
    const browser = visitor();
    browser.cookies.set('lxdm_session', person.session.token);
    browser.cookies.set('XSRF-TOKEN', person.session.csrf);
    return { person, browser };
  };

  it("gives an admin's own account a way in by GitLab, and takes it away again", async () => {
    const { person, browser } = await signedIn('local', true);
    await gitlab.tell('addPerson', 'local-at-gitlab');
    expect((await browser.send('post', '/api/session/sudo', { password: PASSWORD })).status).toBe(200);
    expect(await browser.signIn('local-at-gitlab', { link: '1', next: '/profile' }, ours)).toBe('/profile');
    expect(browser.token).toBe(person.session.token);
    expect((await browser.get('/api/profile/gitlab')).body).toMatchObject({
      issuer: gitlab.url,
      username: 'local-at-gitlab',
      state: 'active',
    });
    const fresh = visitor();
    await fresh.signIn('local-at-gitlab');
    expect((await fresh.get('/api/session')).body.user).toMatchObject({ id: person.userId, username: 'local' });
    expect((await browser.send('delete', '/api/profile/gitlab')).status).toBe(204);
    expect((await browser.get('/api/profile/gitlab')).status).toBe(404);
    expect(await actions(person.userId)).toEqual([
      'session.sudo-on done',
      'gitlab.link done',
      'session.sign-in done',
      'gitlab.unlink done',
    ]);
  });

  it('takes no account from somebody else, and no second one', async () => {
    await newcomer('owned');
    const { browser } = await signedIn('thief');
    expect(await browser.signIn('owned', { link: '1' }, ours)).toMatch(/error=account-taken/);
    await gitlab.tell('addPerson', 'mine1');
    await gitlab.tell('addPerson', 'mine2');
    expect(await browser.signIn('mine1', { link: '1' }, ours)).toBe('/');
    expect(await browser.signIn('mine2', { link: '1' }, ours)).toMatch(/error=has-another-account/);
  });

  it('is not ended by those whom GitLab vouches for, with or without a password', async () => {
    const { browser, id } = await newcomer('only');
    await admin.put(`/api/people/${id}/standing`, { standing: 'active' }).expect(200);
    const unlink = () => browser.send('delete', '/api/profile/gitlab');
    const refused = { status: 409, detail: expect.stringContaining('GitLab vouches') };
    expect((await unlink()).body).toMatchObject(refused);
    const password = 'an uncommon sentence';
    expect((await browser.send('put', '/api/profile/password', { password })).status).toBe(204);
    expect((await unlink()).body).toMatchObject(refused);
    expect((await browser.get('/api/profile/gitlab')).body).toMatchObject({ username: 'only' });
    await admin.put(`/api/people/${id}/admin`, { isAdmin: true }).expect(200);
    expect((await unlink()).status).toBe(204);
  });

  it('a first password asks for a sign-in that is not long ago', async () => {
    const { browser, id } = await newcomer('found');
    await admin.put(`/api/people/${id}/standing`, { standing: 'active' }).expect(200);
    const set = (one: GitlabVisitor) => one.send('put', '/api/profile/password', { password: 'an uncommon sentence' });
    await api.db.query(`UPDATE sessions SET created_at = now() - interval '16 minutes' WHERE user_id = $1`, [id]);
    expect((await set(browser)).body).toMatchObject({ status: 403, code: 'needs-fresh-sign-in' });
    expect(await actions(id)).toContain('user.change-password refused');
    const fresh = visitor();
    await fresh.signIn('found');
    expect((await set(fresh)).status).toBe(204);
  });

  it('is not ended by an admin who has no other way in', async () => {
    const { browser, id } = await newcomer('only-admin');
    await admin.put(`/api/people/${id}/standing`, { standing: 'active' }).expect(200);
    await admin.put(`/api/people/${id}/admin`, { isAdmin: true }).expect(200);
    expect((await browser.send('delete', '/api/profile/gitlab')).body).toMatchObject({
      status: 409,
      detail: expect.stringContaining('no password'),
    });
  });

  it('ends while a sync holds the account, without a deadlock', async () => {
    const { person, browser } = await signedIn('locked', true);
    await gitlab.tell('addPerson', 'locked-at-gitlab');
    await browser.send('post', '/api/session/sudo', { password: PASSWORD });
    expect(await browser.signIn('locked-at-gitlab', { link: '1' }, ours)).toBe('/');
    const sync = api.db.createQueryRunner();
    await sync.startTransaction();
    await sync.query('SELECT 1 FROM gitlab_accounts WHERE user_id = $1 FOR UPDATE', [person.userId]);
    const ending = browser.send('delete', '/api/profile/gitlab');
    const blocked = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    for (const end = Date.now() + 5_000; Date.now() < end && (await api.db.query(blocked)).length === 0;);
    // The sync goes on to the user's row: the one who waits for the account must not hold it.
    await sync.query('UPDATE users SET gitlab_blocked_at = NULL WHERE id = $1', [person.userId]);
    await sync.commitTransaction();
    await sync.release();
    expect((await ending).status).toBe(204);
  });

  it.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling', { 'Sec-Fetch-Site': 'same-site' }],
    ['a page that hides where it is', {}],
    ['another site by plain HTTP', { Referer: 'http://evil.example/' }],
  ])('does not begin from %s', async (_case, headers) => {
    const { browser } = await signedIn(`clicked-${Math.random().toString(36).slice(2)}`, true);
    for (const purpose of ['link', 'sudo'])
      expect(await browser.leave({ [purpose]: '1' }, headers)).toMatch(/^\/sign-in\?error=no-session/);
  });

  it('gives an admin sudo, if it is their own account that comes back', async () => {
    const { browser } = await signedIn('boss', true);
    await gitlab.tell('addPerson', 'boss-at-gitlab');
    await gitlab.tell('addPerson', 'somebody-else');
    expect((await browser.send('post', '/api/session/sudo', { password: PASSWORD })).status).toBe(200);
    expect(await browser.signIn('boss-at-gitlab', { link: '1' }, ours)).toBe('/');
    expect((await browser.send('delete', '/api/session/sudo')).body.sudoUntil).toBeNull();
    expect(await browser.signIn('somebody-else', { sudo: '1' }, ours)).toMatch(/error=wrong-account/);
    expect((await browser.get('/api/people')).status).toBe(403);
    const referer = { Referer: `http://127.0.0.1:${api.port}/people` };
    expect(await browser.signIn('boss-at-gitlab', { sudo: '1', next: '/people' }, referer)).toBe('/people');
    expect((await browser.get('/api/session')).body.sudoUntil).not.toBeNull();
    expect((await browser.get('/api/people')).status).toBe(200);
  });

  it('makes no way to sudo for who found the session of an admin: neither an account of theirs nor a first password', async () => {
    const { browser } = await signedIn('left-alone', true);
    expect(await browser.leave({ link: '1' }, ours)).toMatch(/^\/sign-in\?error=needs-sudo/);
    const { browser: promoted, id } = await newcomer('promoted');
    await admin.put(`/api/people/${id}/standing`, { standing: 'active' }).expect(200);
    await admin.put(`/api/people/${id}/admin`, { isAdmin: true }).expect(200);
    const set = () => promoted.send('put', '/api/profile/password', { password: 'an uncommon sentence' });
    expect((await set()).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect(await promoted.signIn('promoted', { sudo: '1' }, ours)).toBe('/');
    expect((await set()).status).toBe(204);
  });

  it('gives nobody else sudo', async () => {
    const { browser } = await signedIn('plain');
    expect(await browser.leave({ sudo: '1' }, ours)).toMatch(/error=no-admin/);
  });

  it('does not go on in another session than it began in', async () => {
    const { browser } = await signedIn('switcher');
    const next = await api.signedIn('switched');
    await gitlab.tell('addPerson', 'switcher-at-gitlab');
    const back = await browser.agree(await browser.leave({ link: '1' }, ours), 'switcher-at-gitlab');
    browser.cookies.set('lxdm_session', next.session.token);
    expect((await browser.get(back)).headers['location']).toMatch(/error=no-session/);
  });
});
