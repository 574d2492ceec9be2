import { ApiUnderTest, PASSWORD } from './api-under-test';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.seeds.user('ada', true);
  await api.seeds.user('new', false, { approved: false });
  await api.seeds.user('blocked', false, { blocked: true });
});
afterAll(() => api.stop());

let nextAddress = 1;
const freshAddress = (): string => `203.0.113.${nextAddress++}`;
const signIn = (username: string, password = PASSWORD, address = freshAddress()) =>
  api.anonymous().post('/api/session').set('X-Forwarded-For', address).send({ username, password });
const cookiesOf = (headers: Record<string, unknown>): string[] => (headers['set-cookie'] as string[] | undefined) ?? [];
const tokenOf = (headers: Record<string, unknown>): string =>
  /lxdm_session=([^;]+)/.exec(cookiesOf(headers).join())?.[1] ?? '';

describe('signing in', () => {
  it('opens a session in a cookie that scripts cannot read', async () => {
    const answer = await signIn('Ada').expect(200);
    expect(answer.body).toEqual({
      user: {
        id: expect.any(String),
        username: 'ada',
        displayName: 'ada',
        isAdmin: true,
        standing: 'active',
        gitlab: null,
        hasPassword: true,
      },
      sudoUntil: null,
      method: 'password',
      csrfToken: expect.stringMatching(/^[\w-]{43}$/),
      expiresAt: expect.any(String),
      zone: 'ct.example.org',
    });
    const hours = (Date.parse(answer.body.expiresAt) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(11.9);
    expect(hours).toBeLessThan(12.1);
    const [session, csrf] = cookiesOf(answer.headers);
    expect(session).toMatch(/^lxdm_session=lxdm_[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/);
    expect(csrf).toMatch(/^XSRF-TOKEN=[\w-]{43}; Path=\/; Expires=[^;]+; SameSite=Lax$/);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('binds the cookie to the host over TLS', async () => {
    const answer = await signIn('ada').set('X-Forwarded-Proto', 'https').expect(200);
    expect(cookiesOf(answer.headers)[0]).toMatch(
      /^__Host-lxdm_session=[^;]+; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(cookiesOf(answer.headers)[1]).toMatch(/; Secure; SameSite=Lax$/);
    // A cookie without the prefix could come from a neighbouring site or from plain HTTP.
    const token = tokenOf(answer.headers);
    await api
      .anonymous()
      .get('/api/session')
      .set('X-Forwarded-Proto', 'https')
      .set('Cookie', `lxdm_session=${token}`)
      .expect(401);
    await api
      .anonymous()
      .get('/api/session')
      .set('X-Forwarded-Proto', 'https')
      .set('Cookie', `__Host-lxdm_session=${token}`)
      .expect(200);
  });

  it.each([
    ['a wrong password', 'ada', 'not the password'],
    ['a name that nobody has', 'nobody', PASSWORD],
    ['somebody who is not approved', 'new', PASSWORD],
    ['somebody who is blocked', 'blocked', PASSWORD],
  ])('answers the same for %s', async (_case, username, password) => {
    const answer = await signIn(username, password).expect(401);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toMatchObject({
      code: 'bad-credentials',
      detail: 'The username or the password is not right.',
    });
    expect(cookiesOf(answer.headers)).toEqual([]);
  });

  it('never takes over a token that the browser brought along, and ends the old session', async () => {
    const planted = tokenOf((await signIn('ada').expect(200)).headers);
    const answer = await signIn('ada').set('Cookie', `lxdm_session=${planted}`).expect(200);
    expect(tokenOf(answer.headers)).not.toBe(planted);
    await api.anonymous().get('/api/session').set('Cookie', `lxdm_session=${planted}`).expect(401);
    const chosen = `lxdm_${'A'.repeat(43)}`;
    const other = await signIn('ada').set('Cookie', `lxdm_session=${chosen}`).expect(200);
    expect(tokenOf(other.headers)).not.toBe(chosen);
    await api.anonymous().get('/api/session').set('Cookie', `lxdm_session=${chosen}`).expect(401);
  });

  it('stores only the hash of the token', async () => {
    const token = tokenOf((await signIn('ada').expect(200)).headers);
    const rows = await api.db.query('SELECT to_jsonb(s)::text AS text FROM sessions s');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(token.slice(5));
  });
});

describe('signing out', () => {
  it('ends the session for good', async () => {
    const user = await api.signedIn('leaver');
    await user.get('/api/session').expect(200);
    const answer = await user.delete('/api/session').expect(204);
    expect(cookiesOf(answer.headers).join()).toMatch(/lxdm_session=;.*XSRF-TOKEN=;/);
    await user.get('/api/session').expect(401);
    await user.delete('/api/session').expect(401);
  });

  it.each(['get', 'post', 'put'] as const)('is not done by %s of anything that sounds like it', async (method) => {
    const user = await api.signedIn(`stayer-${method}`);
    for (const path of ['/api/session/logout', '/api/logout', '/api/session?_method=DELETE']) {
      const agent = api.anonymous();
      const { cookie, session } = user;
      await agent[method](path).set({
        Cookie: cookie,
        'X-XSRF-TOKEN': session.csrf,
        'X-HTTP-Method-Override': 'DELETE',
      });
    }
    await user.get('/api/session').expect(200);
  });
});

describe('live sessions', () => {
  it('end at once when the user is blocked, and when their time is over', async () => {
    const user = await api.signedIn('mallory');
    await api.db.query('UPDATE users SET blocked_at = now() WHERE id = $1', [user.userId]);
    await user.get('/api/session').expect(401);
    await api.db.query('UPDATE users SET blocked_at = NULL WHERE id = $1', [user.userId]);
    await user.get('/api/session').expect(200);
    await api.db.query(`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      user.session.sessionId,
    ]);
    await user.get('/api/session').expect(401);
  });

  it.each(['', 'x', 'lxdm_', `lxdm_${'a'.repeat(43)}`, "' OR 1=1 --", 'a'.repeat(5000), '%00'])(
    'refuse the token %j',
    async (token) => {
      await api.anonymous().get('/api/session').set('Cookie', `lxdm_session=${token}`).expect(401);
    },
  );

  it('refuse two different session cookies', async () => {
    const user = await api.signedIn('doubled');
    await api.anonymous().get('/api/session').set('Cookie', `${user.cookie}; lxdm_session=other`).expect(401);
  });
});

describe('the rate limit', () => {
  it('counts per name and address, also at the same moment, and does not keep the owner out', async () => {
    await api.seeds.user('victim');
    const address = freshAddress();
    const answers = await Promise.all(Array.from({ length: 14 }, () => signIn('victim', 'wrong', address)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.body).toMatchObject({ code: 'rate-limited', status: 429 });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    await signIn('VICTIM', PASSWORD, address).expect(429);
    await signIn('victim').expect(200);
    await signIn('ada').expect(200);
  });

  it('counts per address, whatever the names', async () => {
    const address = freshAddress();
    const statuses: number[] = [];
    for (let n = 0; n < 42; n++) statuses.push((await signIn(`guess${n}`, 'wrong', address)).status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(40);
    expect(statuses.at(-1)).toBe(429);
    await signIn('ada', PASSWORD, address).expect(429);
    await signIn('ada').expect(200);
  });

  it('does not count what was right', async () => {
    const address = freshAddress();
    for (let n = 0; n < 12; n++) await signIn('ada', PASSWORD, address).expect(200);
  });
});
