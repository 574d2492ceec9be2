import { ApiUnderTest, PASSWORD } from './api-under-test';
import { EventReader } from './event-reader';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  await api.seeds.host('host1');
});
afterAll(() => api.stop());

const calmAdmin = (name: string) => api.signedIn(name, true, false);
const actsOf = (userId: string): Promise<{ action: string; result: string; sudo: boolean }[]> =>
  api.db.query('SELECT action, result, sudo FROM audit_events WHERE actor_id = $1 ORDER BY seq', [userId]);

it('an admin is an ordinary user until sudo is on, and again when it is off', async () => {
  const admin = await calmAdmin('ada');
  const foreign = await api.seeds.project('foreign');
  const look = async (): Promise<number[]> => [
    (await admin.get('/api/people')).status,
    (await admin.get(`/api/projects/${foreign}`)).status,
    (await admin.delete('/api/hosts/00000000-0000-4000-8000-000000000000')).status,
  ];
  expect(await look()).toEqual([403, 404, 403]);
  expect((await admin.get('/api/session')).body).toMatchObject({ user: { isAdmin: true }, sudoUntil: null });

  const on = await admin.post('/api/session/sudo', { password: PASSWORD }).expect(200);
  const minutes = (Date.parse(on.body.sudoUntil) - Date.now()) / 60_000;
  expect(minutes).toBeGreaterThan(14.5);
  expect(minutes).toBeLessThanOrEqual(15);
  expect(await look()).toEqual([200, 200, 404]);

  const off = await admin.delete('/api/session/sudo').expect(200);
  expect(off.body.sudoUntil).toBeNull();
  expect(await look()).toEqual([403, 404, 403]);
  const acts = await actsOf(admin.userId);
  expect(acts.filter(({ action }) => action.startsWith('session.'))).toEqual([
    { action: 'session.sudo-on', result: 'done', sudo: true },
    { action: 'session.sudo-off', result: 'done', sudo: true },
  ]);
});

it('is on in one session only, and ends by itself', async () => {
  const admin = await calmAdmin('brief');
  const elsewhere = await api.browserOf(admin.userId, false);
  await admin.post('/api/session/sudo', { password: PASSWORD }).expect(200);
  await elsewhere.get('/api/people').expect(403);
  await admin.get('/api/people').expect(200);
  await api.db.query(`UPDATE sessions SET sudo_until = now() - interval '1 second' WHERE id = $1`, [
    admin.session.sessionId,
  ]);
  await admin.get('/api/people').expect(403);
  expect((await admin.get('/api/session')).body.sudoUntil).toBeNull();
});

it('marks what is done under it, and nothing else', async () => {
  const admin = await calmAdmin('marked');
  await admin.post('/api/projects', { name: 'without-sudo' }).expect(201);
  await admin.post('/api/session/sudo', { password: PASSWORD }).expect(200);
  await admin.post('/api/projects', { name: 'with-sudo' }).expect(201);
  const acts = (await actsOf(admin.userId)).filter(({ action }) => action === 'project.create');
  expect(acts.map(({ sudo }) => sudo)).toEqual([false, true]);
});

it('is not for others, and a wrong password does not end the session', async () => {
  const user = await api.signedIn('plain');
  expect((await user.post('/api/session/sudo', { password: PASSWORD })).body).toMatchObject({
    status: 403,
    code: 'forbidden',
  });
  const admin = await calmAdmin('clumsy');
  for (const body of [{ password: 'wrong' }, { password: '' }, {}])
    expect((await admin.post('/api/session/sudo', body)).body).toMatchObject({ status: 403, code: 'bad-credentials' });
  await admin.get('/api/session').expect(200);
  await admin.get('/api/people').expect(403);
  const refused = (await actsOf(admin.userId)).filter(({ action }) => action === 'session.sudo-on');
  expect(refused.map(({ result }) => result)).toEqual(['refused', 'refused', 'refused']);
});

it('passwords cannot be tried without end, not even at the same moment', async () => {
  const admin = await calmAdmin('guessed');
  const tries = Array.from({ length: 14 }, () => admin.post('/api/session/sudo', { password: 'wrong' }));
  const statuses = (await Promise.all(tries)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 403)).toHaveLength(10);
  expect(statuses.filter((status) => status === 429)).toHaveLength(4);
  await admin.post('/api/session/sudo', { password: PASSWORD }).expect(429);
});

it('needs the CSRF token, and comes from our own pages only', async () => {
  const admin = await calmAdmin('forged');
  const post = () => api.anonymous().post('/api/session/sudo').set('Cookie', admin.cookie);
  await post().send({ password: PASSWORD }).expect(403);
  const headers = { 'X-XSRF-TOKEN': admin.session.csrf, 'Sec-Fetch-Site': 'cross-site' };
  await post().set(headers).send({ password: PASSWORD }).expect(403);
  await admin.get('/api/people').expect(403);
});

describe('an open stream', () => {
  const hostNews = async (name: string): Promise<void> => {
    await api.db.query(
      `WITH host AS (SELECT id FROM hosts WHERE name = 'host1'), added AS (INSERT INTO changes (kind, entity_id) SELECT 'host', id FROM host RETURNING seq)
       SELECT pg_notify('lxdm_changes', max(seq)::text), $1::text FROM added`,
      [name],
    );
  };
  const urls = (stream: EventReader): string[] =>
    stream.received.filter(({ event }) => event === 'host').map(({ data }) => (data as { url: string }).url);

  it('sees as an admin while sudo lasts, and not a moment longer', async () => {
    const admin = await calmAdmin('watcher');
    await api.db.query(`UPDATE sessions SET sudo_until = now() + interval '2 seconds' WHERE id = $1`, [
      admin.session.sessionId,
    ]);
    const stream = await EventReader.open(api.port, admin.cookie);
    await stream.until(() => stream.received.length > 0);
    await hostNews('before');
    await stream.until(() => urls(stream).length > 0);
    expect(urls(stream)).toEqual(['https://host1.example.org:8443']);
    const [{ left }] = await api.db.query(
      'SELECT extract(epoch FROM sudo_until - now()) * 1000 AS left FROM sessions WHERE id = $1',
      [admin.session.sessionId],
    );
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Number(left)) + 50));
    const seen = urls(stream).length;
    await hostNews('after');
    await stream.until(() => urls(stream).length > seen);
    expect(urls(stream).slice(seen)).toEqual(['']);
    await stream.until(() => stream.received.some(({ event }) => event === 'reset'), 7_000);
    expect(stream.ended).toBe(false);
    stream.close();
  });

  it('is told to load anew when sudo is turned on and off', async () => {
    const admin = await calmAdmin('switcher');
    const stream = await EventReader.open(api.port, admin.cookie);
    await stream.until(() => stream.received.length > 0);
    const resets = (): number => stream.received.filter(({ event }) => event === 'reset').length;
    await admin.post('/api/session/sudo', { password: PASSWORD }).expect(200);
    await stream.until(() => resets() === 1, 2_000);
    await admin.delete('/api/session/sudo').expect(200);
    await stream.until(() => resets() === 2, 2_000);
    stream.close();
  });

  it('loses its admin who is demoted, at once', async () => {
    const boss = await api.signedIn('boss', true);
    const admin = await api.signedIn('demoted', true);
    const stream = await EventReader.open(api.port, admin.cookie);
    await stream.until(() => stream.received.length > 0);
    await boss.put(`/api/people/${admin.userId}/admin`, { isAdmin: false, reason: 'another team' }).expect(200);
    await stream.until(() => stream.received.some(({ event }) => event === 'reset'), 2_000);
    await admin.get('/api/people').expect(403);
    // Nor does a sudo that was on come back with the rights.
    await boss.put(`/api/people/${admin.userId}/admin`, { isAdmin: true }).expect(200);
    await admin.get('/api/people').expect(403);
    stream.close();
  });
});
