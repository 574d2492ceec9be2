import { ApiUnderTest, PASSWORD } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let user: Browser;
let other: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  user = await api.signedIn('user');
  other = await api.signedIn('other');
});
afterAll(() => api.stop());

const post = () => api.anonymous().post('/api/projects').set('Cookie', user.cookie);
const names = async (): Promise<string[]> =>
  (await user.get('/api/projects')).body.map((project: { name: string }) => project.name);
const body = { name: 'forged' };

describe('what another site can make a browser send', () => {
  it.each([
    ['no token', () => post().send(body), 'csrf'],
    ['an empty token', () => post().set('X-XSRF-TOKEN', '').send(body), 'csrf'],
    ['the token of another session', () => post().set('X-XSRF-TOKEN', other.session.csrf).send(body), 'csrf'],
    [
      'the token as a cookie only',
      () =>
        api
          .anonymous()
          .post('/api/projects')
          .set('Cookie', `${user.cookie}; XSRF-TOKEN=${user.session.csrf}`)
          .send(body),
      'csrf',
    ],
    ['the token in the body only', () => post().send({ ...body, _csrf: user.session.csrf }), 'csrf'],
    [
      'the token in the query only',
      () =>
        api.anonymous().post(`/api/projects?X-XSRF-TOKEN=${user.session.csrf}`).set('Cookie', user.cookie).send(body),
      'csrf',
    ],
    [
      'a foreign origin',
      () => post().set('X-XSRF-TOKEN', user.session.csrf).set('Origin', 'https://evil.example').send(body),
      'foreign-origin',
    ],
    [
      'an opaque origin',
      () => post().set('X-XSRF-TOKEN', user.session.csrf).set('Origin', 'null').send(body),
      'foreign-origin',
    ],
    [
      'our name on another port',
      () => post().set('X-XSRF-TOKEN', user.session.csrf).set('Origin', 'http://127.0.0.1:1').send(body),
      'foreign-origin',
    ],
    [
      'a cross-site fetch',
      () => post().set('X-XSRF-TOKEN', user.session.csrf).set('Sec-Fetch-Site', 'cross-site').send(body),
      'foreign-origin',
    ],
    [
      'a same-site fetch of a sibling',
      () => post().set('X-XSRF-TOKEN', user.session.csrf).set('Sec-Fetch-Site', 'same-site').send(body),
      'foreign-origin',
    ],
  ])('is refused: %s', async (_case, send, code) => {
    const answer = await send().expect(403);
    expect(answer.type).toBe('application/problem+json');
    expect(answer.body).toMatchObject({ status: 403, code, requestId: expect.any(String) });
    expect(await names()).toEqual([]);
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json-patch+json',
    'text/json',
  ])('is refused: a form of type %s', async (type) => {
    const answer = await post()
      .set('X-XSRF-TOKEN', user.session.csrf)
      .set('Content-Type', type)
      .send(JSON.stringify(body))
      .expect(415);
    expect(answer.body.code).toBe('unsupported-media-type');
    expect(await names()).toEqual([]);
  });

  it('cannot sign somebody in', async () => {
    const credentials = { username: 'user', password: PASSWORD };
    await api.anonymous().post('/api/session').set('Origin', 'https://evil.example').send(credentials).expect(403);
    await api.anonymous().post('/api/session').set('Sec-Fetch-Site', 'cross-site').send(credentials).expect(403);
    await api.anonymous().post('/api/session').type('form').send(credentials).expect(415);
  });

  it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])(
    'cannot turn a GET into a DELETE by %s',
    async (header) => {
      await user.get('/api/session').set(header, 'DELETE').expect(200);
      await user.get('/api/session?_method=DELETE').expect(200);
      await user.get('/api/session').expect(200);
    },
  );
});

describe('what our own page sends', () => {
  it.each([
    ['with its origin', { Origin: () => `http://127.0.0.1:${api.port}` }],
    ['with fetch metadata', { 'Sec-Fetch-Site': () => 'same-origin' }],
    ['without either', {}],
  ])('is taken: %s', async (name, headers) => {
    const pending = user.post('/api/projects', { name });
    for (const [header, value] of Object.entries(headers)) void pending.set(header, value());
    await pending.expect(201);
  });
});

describe('the Host header', () => {
  it.each(['evil.example', 'evil.example:8080', 'localhost.evil.example', '127.0.0.1.evil.example', 'a b', ''])(
    '%j is refused',
    async (host) => {
      const answer = await api.anonymous().get('/api/health/live').set('Host', host);
      expect([400, 421]).toContain(answer.status);
    },
  );

  it.each(['localhost', 'localhost:4200', 'app.localhost', '127.0.0.1', '[::1]:8080', '198.51.100.7'])(
    '%j is taken',
    async (host) => {
      await api.anonymous().get('/api/health/live').set('Host', host).expect(200);
    },
  );
});
