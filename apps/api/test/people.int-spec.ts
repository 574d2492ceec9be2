import { ApiUnderTest, PASSWORD } from './api-under-test';
import type { Browser } from './browser';
import { EventReader } from './event-reader';

let api: ApiUnderTest;
let admin: Browser & { userId: string };
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
});
afterAll(() => api.stop());

const standing = (id: string, to: string, by: Browser = admin) =>
  by.put(`/api/people/${id}/standing`, { standing: to });
const asAdmin = (id: string, isAdmin: boolean, by: Browser = admin) => by.put(`/api/people/${id}/admin`, { isAdmin });

describe('the list', () => {
  it('shows a person with all that an admin decides by', async () => {
    const id = await api.seeds.user('Whole');
    const project = await api.seeds.project('team-whole', { [id]: 'operator' });
    await api.db.query(
      `INSERT INTO ssh_keys (user_id, type, public_key, comment, fingerprint, source) SELECT $1, 't', 'k', '', f, s
       FROM (VALUES ('a', 'profile'), ('a', 'gitlab'), ('b', 'gitlab')) AS k(f, s)`,
      [id],
    );
    await api.db.query(
      `INSERT INTO gitlab_accounts (user_id, issuer, gitlab_id, username, sync_error) VALUES ($1, 'https://git.example/', 7, 'whole-there', 'silent')`,
      [id],
    );
    const { body } = await admin.get('/api/people?filter=WHOLE-th').expect(200);
    expect(body).toEqual({
      items: [
        {
          id,
          username: 'Whole',
          displayName: 'Whole',
          kind: 'person',
          standing: 'active',
          isAdmin: false,
          reason: '',
          gitlab: {
            issuer: 'https://git.example/',
            username: 'whole-there',
            state: 'active',
            syncedAt: null,
            syncError: 'silent',
          },
          projects: [{ id: project, name: 'team-whole', role: 'operator' }],
          sshKeys: 2,
          lastSeenAt: null,
          createdAt: expect.any(String),
          approvedAt: expect.any(String),
          blockedAt: null,
        },
      ],
      total: 1,
      page: 1,
      pageSize: 50,
    });
  });

  it('is filtered, paged, and begins with who waits, in the order of their coming', async () => {
    for (const name of ['wait-b', 'wait-a']) await api.seeds.user(name, false, { approved: false });
    await api.seeds.user('wait-blocked', false, { approved: false, blocked: true });
    const names = async (query: string): Promise<string[]> =>
      (await admin.get(`/api/people?${query}`).expect(200)).body.items.map((one: { username: string }) => one.username);
    expect((await names('')).slice(0, 2)).toEqual(['wait-b', 'wait-a']);
    expect(await names('standing=waiting')).toEqual(['wait-b', 'wait-a']);
    expect(await names('standing=waiting&pageSize=1&page=2')).toEqual(['wait-a']);
    expect(await names('standing=blocked&filter=wait')).toEqual(['wait-blocked']);
    expect(await names('filter=%25')).toEqual([]);
    expect((await admin.get('/api/people?page=99').expect(200)).body).toMatchObject({
      items: [],
      total: expect.any(Number),
    });
    for (const query of ['standing=root', 'pageSize=0', 'x=1']) await admin.get(`/api/people?${query}`).expect(400);
  });

  it('takes two queries for any number of people', async () => {
    await api.db.query(
      `INSERT INTO users (username, username_key, approved_at) SELECT 'many' || n, 'many' || n, now() FROM generate_series(1, 2000) n`,
    );
    const began = performance.now();
    const { body } = await admin.get('/api/people?filter=many&pageSize=1000').expect(200);
    expect(body.items).toHaveLength(1000);
    expect(body.total).toBe(2000);
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it('is for admins under sudo', async () => {
    const user = await api.signedIn('curious');
    const calm = await api.browserOf(admin.userId, false);
    for (const browser of [user, calm]) {
      expect((await browser.get('/api/people')).body).toMatchObject({ status: 403, code: 'forbidden' });
      expect((await standing(user.userId, 'blocked', browser)).status).toBe(403);
      expect((await asAdmin(user.userId, true, browser)).status).toBe(403);
    }
  });
});

describe('looking for somebody to add to a project', () => {
  it('finds active persons by the beginning of their names, and tells nothing else', async () => {
    const user = await api.signedIn('seeker');
    const ids = [await api.seeds.user('Searched-one'), await api.seeds.user('searched-two')];
    await api.seeds.user('searched-waiting', false, { approved: false });
    await api.seeds.user('searched-blocked', false, { blocked: true });
    await api.db.query(
      `INSERT INTO users (username, username_key, kind, approved_at) VALUES ('searched-bot', 'searched-bot', 'service', now())`,
    );
    const { body } = await user.get('/api/people/search?name=SEARCHED').expect(200);
    expect(body).toEqual([
      { id: ids[0], username: 'Searched-one', displayName: 'Searched-one' },
      { id: ids[1], username: 'searched-two', displayName: 'searched-two' },
    ]);
    expect((await user.get('/api/people/search?name=arched').expect(200)).body).toEqual([]);
    expect((await user.get('/api/people/search?name=se%25').expect(200)).body).toEqual([]);
    for (const query of ['', 'name=', 'name=s', `name=${'s'.repeat(101)}`])
      await user.get(`/api/people/search?${query}`).expect(400);
  });
});

describe('who decides', () => {
  it('cannot lock themselves out', async () => {
    for (const pending of [standing(admin.userId, 'blocked'), asAdmin(admin.userId, false)])
      expect((await pending).body).toMatchObject({ status: 409, code: 'conflict' });
  });

  it('cannot take away the last admin with a password', async () => {
    const [{ id }] = await api.db.query(
      `INSERT INTO users (username, username_key, is_admin, approved_at) VALUES ('by-gitlab', 'by-gitlab', true, now()) RETURNING id`,
    );
    const boss = await api.browserOf(id as string);
    for (const pending of [standing(admin.userId, 'blocked', boss), asAdmin(admin.userId, false, boss)])
      expect((await pending).body.detail).toMatch(/last admin with a password/);
    await api.seeds.user('second-admin', true);
    await asAdmin(admin.userId, false, boss).expect(200);
    await asAdmin(admin.userId, true, boss).expect(200);
    await api.db.query(`UPDATE sessions SET sudo_until = now() + interval '15 minutes' WHERE id = $1`, [
      admin.session.sessionId,
    ]);
  });

  it('cannot take away each other’s rights at the same moment', async () => {
    const pair = await Promise.all(['left', 'right'].map((name) => api.signedIn(name, true)));
    const [left, right] = pair as [(typeof pair)[0], (typeof pair)[0]];
    await api.db.query('UPDATE users SET is_admin = false WHERE is_admin AND id <> ALL($1)', [
      [left.userId, right.userId],
    ]);
    const ends = await Promise.all([asAdmin(right.userId, false, left), asAdmin(left.userId, false, right)]);
    expect(ends.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const [{ admins }] = await api.db.query('SELECT count(*)::int AS admins FROM users WHERE is_admin');
    expect(admins).toBe(1);
    await api.db.query('UPDATE users SET is_admin = true WHERE id = $1', [admin.userId]);
    await api.db.query(`UPDATE sessions SET sudo_until = now() + interval '15 minutes' WHERE id = $1`, [
      admin.session.sessionId,
    ]);
  });

  it('makes admins only of people who can come in', async () => {
    const waiting = await api.seeds.user('not-yet', false, { approved: false });
    expect((await asAdmin(waiting, true)).status).toBe(409);
    const [service] = await api.db.query(
      `INSERT INTO users (username, username_key, kind, approved_at) VALUES ('bot', 'bot', 'service', now()) RETURNING id`,
    );
    expect((await asAdmin(service.id, true)).status).toBe(409);
    const blocked = await api.seeds.user('out');
    await api.db.query('UPDATE users SET gitlab_blocked_at = now() WHERE id = $1', [blocked]);
    expect((await standing(blocked, 'active')).body.detail).toMatch(/GitLab says/);
    // The console offers to unblock only whom an admin has blocked.
    expect((await admin.get('/api/people?filter=out&standing=blocked')).body.items).toMatchObject([
      { blockedAt: null },
    ]);
    for (const body of [
      {},
      { standing: 'waiting' },
      { standing: 'active', isAdmin: true },
      { standing: 'active', reason: 'x'.repeat(501) },
    ])
      await admin.put(`/api/people/${waiting}/standing`, body).expect(400);
    await standing('00000000-0000-4000-8000-000000000000', 'active').expect(404);
  });

  it('can be made of more people at once than there are connections to the database', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, (_, n) => api.seeds.user(`crowd-${n}`)));
    const answers = await Promise.all(ids.map((id) => standing(id, 'blocked')));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 200));
  });

  it('is written down, with the reason', async () => {
    const id = await api.seeds.user('logged', false, { approved: false });
    await admin.put(`/api/people/${id}/standing`, { standing: 'active', reason: 'welcome' }).expect(200);
    await standing(id, 'active').expect(200);
    await admin.put(`/api/people/${id}/admin`, { isAdmin: true, reason: 'on call' }).expect(200);
    await standing(id, 'blocked').expect(200);
    const rows = await api.db.query(
      `SELECT action, detail, sudo, actor_name AS "actorName", means, address, request_id IS NOT NULL AS asked FROM audit_events WHERE target_id = $1 ORDER BY seq`,
      [id],
    );
    const all = { sudo: true, actorName: 'root', means: 'session', address: '127.0.0.1', asked: true };
    expect(rows).toEqual([
      { ...all, action: 'user.approve', detail: { reason: 'welcome' } },
      { ...all, action: 'user.promote', detail: { reason: 'on call' } },
      { ...all, action: 'user.block', detail: null },
    ]);
  });
});

describe('a profile', () => {
  it('lists the sessions of its user and ends any of them with its streams', async () => {
    const user = await api.signedIn('many-places');
    const elsewhere = await api.browserOf(user.userId);
    const { body } = await user.get('/api/profile/sessions').expect(200);
    expect(body).toHaveLength(2);
    expect(body.find((one: { current: boolean }) => one.current).id).toBe(user.session.sessionId);
    expect(body[0]).toEqual({
      id: expect.any(String),
      current: expect.any(Boolean),
      method: 'password',
      address: '',
      userAgent: '',
      createdAt: expect.any(String),
      lastSeenAt: expect.any(String),
      expiresAt: expect.any(String),
      sudoUntil: null,
    });
    const stream = await EventReader.open(api.port, elsewhere.cookie);
    await stream.until(() => stream.received.length > 0);
    const stranger = await api.signedIn('stranger');
    await stranger.delete(`/api/profile/sessions/${elsewhere.session.sessionId}`).expect(404);
    await elsewhere.get('/api/session').expect(200);
    await user.delete(`/api/profile/sessions/${elsewhere.session.sessionId}`).expect(204);
    await stream.until(() => stream.ended, 2_000);
    await elsewhere.get('/api/session').expect(401);
    await user.get('/api/session').expect(200);
  });

  it('changes the password with the present one, and ends the other sessions', async () => {
    const user = await api.signedIn('changer');
    const elsewhere = await api.browserOf(user.userId);
    const change = (body: object) => user.put('/api/profile/password', body);
    expect((await change({ password: 'an uncommon sentence' })).body.code).toBe('bad-credentials');
    expect((await change({ current: 'wrong', password: 'an uncommon sentence' })).body.code).toBe('bad-credentials');
    for (const password of ['short', 'aaaaaaaaaaaaaaaa', 'changer'])
      expect((await change({ current: PASSWORD, password })).body).toMatchObject({ status: 400 });
    await elsewhere.get('/api/session').expect(200);
    await change({ current: PASSWORD, password: 'an uncommon sentence' }).expect(204);
    await elsewhere.get('/api/session').expect(401);
    await user.get('/api/session').expect(200);
    const signIn = (password: string) => api.anonymous().post('/api/session').send({ username: 'changer', password });
    await signIn(PASSWORD).expect(401);
    await signIn('an uncommon sentence').expect(200);
  });

  it('cannot be used to try passwords', async () => {
    const user = await api.signedIn('target');
    const tries = Array.from({ length: 12 }, () =>
      user.put('/api/profile/password', { current: 'wrong', password: 'an uncommon sentence' }),
    );
    const statuses = (await Promise.all(tries)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(2);
  });

  it('notes the last use of a session, once a minute at most', async () => {
    const user = await api.signedIn('seen');
    await api.db.query(`UPDATE sessions SET last_seen_at = now() - interval '1 hour' WHERE user_id = $1`, [
      user.userId,
    ]);
    const age = async (): Promise<number> => {
      const [row] = await api.db.query(
        'SELECT extract(epoch FROM now() - s.last_seen_at)::float8 AS age FROM sessions s WHERE user_id = $1',
        [user.userId],
      );
      return row.age as number;
    };
    await user.get('/api/containers').expect(200);
    for (const end = Date.now() + 3_000; (await age()) > 60 && Date.now() < end;);
    expect(await age()).toBeLessThan(60);
    await api.db.query(`UPDATE sessions SET last_seen_at = now() - interval '30 seconds' WHERE user_id = $1`, [
      user.userId,
    ]);
    await user.get('/api/containers').expect(200);
    expect(await age()).toBeGreaterThan(29);
    const { body } = await admin.get('/api/people?filter=seen');
    expect(body.items[0].lastSeenAt).not.toBeNull();
  });

  it('keeps the keys from GitLab apart from its own, of which there are 50', async () => {
    const user = await api.signedIn('keyholder');
    await api.db.query(
      `INSERT INTO ssh_keys (user_id, type, public_key, comment, fingerprint, source, expires_at)
       SELECT $1::uuid, 'ssh-ed25519', 'k', 'from GitLab', 'SHA256:gitlab', 'gitlab', '2040-01-01Z'::timestamptz
       UNION ALL SELECT $1, 'ssh-ed25519', 'k', '', 'SHA256:' || n, 'profile', NULL::timestamptz FROM generate_series(1, 49) n`,
      [user.userId],
    );
    const { body } = await user.get('/api/profile/ssh-keys').expect(200);
    const theirs = body.find((key: { source: string }) => key.source === 'gitlab');
    expect(theirs).toMatchObject({ comment: 'from GitLab', expiresAt: '2040-01-01T00:00:00.000Z' });
    expect((await user.delete(`/api/profile/ssh-keys/${theirs.id}`)).body).toMatchObject({ status: 409 });
    const keys = [
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFhh5F1Dn5dV1bSHOqOWT4y7MDJ0XU0TA1cqwmVWiw0B one',
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIL0T5z3ONL3UObCqBsDyeq2DVTJhbYG0t1GOsGj0o5Tm two',
    ];
    const answers = await Promise.all(keys.map((publicKey) => user.post('/api/profile/ssh-keys', { publicKey })));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});
