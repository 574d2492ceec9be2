import { randomUUID } from 'node:crypto';
import { ApiUnderTest, PASSWORD } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let admin: Browser;
let hostId: string;
let containerId: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('admin', true);
  hostId = await api.seeds.host('host1');
  containerId = await api.seeds.container('web1', { hostId, projectId: await api.seeds.project('team') });
});
afterAll(() => api.stop());

type Method = 'post' | 'put' | 'delete' | 'get';
const good = {
  container: () => ({ name: 'fresh', hostId, image: 'debian' }),
  host: () => ({ name: 'host2', url: 'https://host2.example.org', subnets: [] }),
};
/** Every endpoint with a body: the path, a body that is right, and fields with values that are not. */
const bodies: [Method, () => string, () => object, Record<string, unknown[]>][] = [
  [
    'post',
    () => '/api/session',
    () => ({ username: 'admin', password: PASSWORD }),
    { username: [1, null, '', [], {}, 'x'.repeat(101)], password: [1, null, '', ['a'], true] },
  ],
  [
    'post',
    () => '/api/profile/ssh-keys',
    () => ({ publicKey: 'ssh-ed25519 AAAA' }),
    { publicKey: [1, null, '', 'not a key', {}, 'ssh-rsa AAAA', 'x'.repeat(20_000)] },
  ],
  [
    'post',
    () => '/api/projects',
    () => ({ name: 'p' }),
    { name: [1, null, '', ' p', 'p\n', 'p\u202e', [], 'x'.repeat(101)], description: [1, [], 'x'.repeat(10_001)] },
  ],
  [
    'post',
    () => '/api/hosts',
    good.host,
    {
      name: [1, '', '../x', 'a b', '-', 'x'.repeat(64)],
      url: [
        '',
        'http://host',
        'https://u:p@host',
        'https://host/path',
        'ftp://host',
        'https://',
        'https://host:99999',
        5,
        'https://ho st',
        'file:///etc/passwd',
      ],
      subnets: [
        '10.0.0.0/8',
        ['10.0.0.1/8'],
        ['10.0.0.0/33'],
        ['x'],
        [1],
        [['10.0.0.0/8']],
        [null],
        ['10.0.0.0/8', '10.0.0.0/8'],
        null,
      ],
      fingerprint: ['abc', 'z'.repeat(64), 1, {}],
      trustToken: ['abc', Buffer.from('{}').toString('base64'), 1, ''],
      trustPassword: [1, '', []],
      monitoringUrl: ['javascript:alert(1)', 'https://u:p@host/', 'x', 1],
    },
  ],
  [
    'put',
    () => `/api/hosts/${hostId}/pin`,
    () => ({ fingerprint: 'ab'.repeat(32) }),
    { fingerprint: ['', 'abc', 1, null, 'g'.repeat(64), ['ab'.repeat(32)]] },
  ],
  [
    'post',
    () => '/api/containers',
    good.container,
    {
      name: [
        1,
        null,
        '',
        'a',
        '1a',
        '-a',
        'a-',
        'a_b',
        'ä1',
        'a.b',
        '../a',
        'www',
        'NS1',
        'nameserver',
        'xn--a',
        'a'.repeat(64),
        'a\n',
        {},
        ['ab'],
      ],
      hostId: ['x', 1, null, '00000000-0000-4000-8000-000000000000', '', ['a']],
      image: ['', 1, null, 'no-such', 'ab', {}, '../debian'],
      projectId: ['x', 1, '00000000-0000-4000-8000-000000000000', {}],
      description: [1, [], 'x'.repeat(10_001)],
      nesting: ['true', 1, 0, {}],
      start: ['false', 1, {}],
    },
  ],
  [
    'put',
    () => `/api/containers/${containerId}/state`,
    () => ({ action: 'stop' }),
    {
      action: ['', 'pause', 1, null, ['stop'], 'STOP', 'constructor'],
      force: ['true', 1, {}],
      timeoutSeconds: [0, 601, 1.5, '30', -1, 1e9],
    },
  ],
];
const rows = bodies.flatMap(([method, path, right, fields]) =>
  Object.entries(fields).flatMap(([field, values]) =>
    values.map((value) => [method, path, field, value, right] as const),
  ),
);

async function expectProblem(
  pending: ReturnType<Browser['get']>,
  statuses: number[],
): Promise<Record<string, unknown>> {
  const before = await api.rowCounts();
  const answer = await pending;
  expect({ status: answer.status, type: answer.type }).toEqual({
    status: answer.status,
    type: 'application/problem+json',
  });
  expect(statuses).toContain(answer.status);
  expect(answer.body).toEqual({
    type: `urn:lxdm:problem:${answer.body.code}`,
    title: expect.any(String),
    status: answer.status,
    detail: expect.any(String),
    code: expect.any(String),
    requestId: expect.stringMatching(/^[\w-]{36}$/),
    ...(answer.body.errors ? { errors: answer.body.errors } : {}),
  });
  expect(answer.headers['x-request-id']).toBe(answer.body.requestId);
  expect(await api.rowCounts()).toEqual(before);
  return answer.body as Record<string, unknown>;
}

describe('a field of the wrong kind is refused by name, and nothing is written', () => {
  it.each(
    rows.map((row, index) => [`${index}: ${row[0]} ${row[2]}=${JSON.stringify(row[3]).slice(0, 40)}`, row] as const),
  )('%s', async (_name, row) => {
    const [method, path, field, value, right] = row;
    const problem = await expectProblem(admin[method as 'post'](path(), { ...right(), [field]: value }), [400]);
    expect((problem['errors'] as { field: string }[]).map((error) => error.field)).toContain(field);
  });
});

describe('a body that is no body of ours', () => {
  const each = bodies.map(([method, path, right]) => [method as 'post' | 'put', path, right] as const);
  it.each(each)('%s %p: unknown, nested and prototype properties', async (method, path, right) => {
    const problem = await expectProblem(admin[method](path(), { ...right(), isAdmin: true }), [400]);
    expect(problem['errors']).toEqual([{ field: 'isAdmin', message: '"isAdmin" is not a known property.' }]);
    for (const key of ['__proto__', 'constructor', 'prototype'])
      await expectProblem(raw(method, path(), `{"${key}":{"isAdmin":true},${JSON.stringify(right()).slice(1)}`), [400]);
  });

  it.each(each)('%s %p: no JSON, no object, too large, too deep, of another type', async (method, path, right) => {
    for (const text of [
      '{',
      '[]',
      '"x"',
      '1',
      'null',
      '{"a":1}x',
      `[${'['.repeat(20_000)}`,
      `{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
      '{"a":"\\u0000"}',
    ])
      await expectProblem(raw(method, path(), text), [400]);
    await expectProblem(raw(method, path(), JSON.stringify({ x: 'y'.repeat(300_000) })), [413]);
    await expectProblem(raw(method, path(), JSON.stringify(right()), 'text/plain'), [415]);
    await expectProblem(raw(method, path(), JSON.stringify(right()), 'application/json; charset=latin1'), [415]);
    await expectProblem(raw(method, path(), JSON.stringify(right())).set('Content-Encoding', 'gzip'), [415]);
    await expectProblem(raw(method, path(), ''), [400, 415]);
  });

  function raw(method: 'post' | 'put', path: string, text: string, type = 'application/json') {
    const agent = api.anonymous();
    return agent[method](path)
      .set('Cookie', admin.cookie)
      .set('X-XSRF-TOKEN', admin.session.csrf)
      .set('Content-Type', type)
      .send(text);
  }
});

const everything: [Method, string][] = [
  ['get', '/api/session'],
  ['delete', '/api/session'],
  ['get', '/api/profile/ssh-keys'],
  ['post', '/api/profile/ssh-keys'],
  ['delete', '/api/profile/ssh-keys/ID'],
  ['get', '/api/hosts'],
  ['get', '/api/hosts/ID'],
  ['get', '/api/hosts/ID/images'],
  ['post', '/api/hosts'],
  ['put', '/api/hosts/ID/pin'],
  ['delete', '/api/hosts/ID'],
  ['get', '/api/projects'],
  ['post', '/api/projects'],
  ['get', '/api/projects/ID'],
  ['get', '/api/containers'],
  ['post', '/api/containers'],
  ['get', '/api/containers/ID'],
  ['put', '/api/containers/ID/state'],
  ['delete', '/api/containers/ID'],
  ['get', '/api/operations'],
  ['get', '/api/operations/ID'],
  ['get', '/api/events'],
];

describe('every endpoint', () => {
  it.each(everything)('%s %s wants a session', async (method, path) => {
    const pending = api.anonymous()[method](path.replace('ID', randomUUID()));
    const problem = await expectProblem(method === 'post' || method === 'put' ? pending.send({}) : pending, [401]);
    expect(problem['code']).toBe('unauthenticated');
  });

  it.each(everything.filter(([, path]) => path.includes('ID')))('%s %s takes UUIDs only', async (method, path) => {
    for (const id of ['1', 'x', '%2e%2e', `${randomUUID()}0`, "'", '00000000-0000-0000-0000-00000000000g']) {
      const target = path.replace('ID', id);
      if (method === 'get' || method === 'delete') await expectProblem(admin[method](target), [404]);
      else await expectProblem(admin[method](target, { action: 'start' }), [400, 404]);
    }
  });

  it.each(['/api', '/api/', '/api/nothing', '/api/containers/ID/nothing', '/api/session/x', '/api//containers'])(
    'is the only thing under /api: %s',
    async (path) => {
      await expectProblem(admin.get(path.replace('ID', randomUUID())), [404]);
    },
  );
});

describe('queries', () => {
  it.each([
    '/api/containers?page=0',
    '/api/containers?page=-1',
    '/api/containers?page=1.5',
    '/api/containers?page=x',
    '/api/containers?page=1&page=2',
    '/api/containers?page=1000001',
    '/api/containers?page=1e3',
    '/api/containers?pageSize=0',
    '/api/containers?pageSize=1001',
    '/api/containers?pageSize=99999999999999999999',
    '/api/containers?sort=id',
    '/api/containers?sort=--name',
    '/api/containers?sort=name;drop',
    '/api/containers?status=running',
    '/api/containers?projectId=1',
    '/api/containers?hostId=x',
    '/api/containers?hostId[]=x',
    '/api/containers?filter=a&filter=b',
    '/api/containers?unknown=1',
    '/api/containers?__proto__=1',
    `/api/containers?filter=${'x'.repeat(201)}`,
    '/api/containers?filter=%00',
    '/api/operations?page=0',
    '/api/operations?pageSize=1001',
    '/api/operations?status=Done',
    '/api/operations?targetId=x',
    '/api/operations?sort=name',
    '/api/events?lastEventId=x',
    '/api/events?lastEventId=-1',
  ])('%s is refused', async (path) => {
    await expectProblem(admin.get(path), [400]);
  });

  it.each(['force=1', 'force=yes', 'force=true&force=false', 'force[]=true', 'now=true'])(
    'DELETE with %s is refused',
    async (query) => {
      await expectProblem(admin.delete(`/api/containers/${containerId}?${query}`), [400]);
      await expectProblem(admin.delete(`/api/hosts/${hostId}?${query}`), [400]);
    },
  );

  it.each(["'", '%', '_', '\\', '%25%25%25', '👋', '%F0%9F', "' OR 1=1 --"])(
    'a filter of %j finds nothing and breaks nothing',
    async (text) => {
      const filter = text.startsWith('%F0') ? text : encodeURIComponent(text);
      const { body } = await admin.get(`/api/containers?filter=${filter}`).expect(200);
      expect(body).toEqual({ items: [], total: 0, page: 1, pageSize: 50 });
    },
  );

  it('a path that is not properly encoded is refused', async () => {
    await expectProblem(admin.get('/api/containers/%E0%A4%A'), [400]);
  });
});

it('an Idempotency-Key of control characters or of endless length is refused', async () => {
  await expectProblem(admin.put(`/api/containers/${containerId}/state`, { action: 'stop' }, 'x'.repeat(201)), [400]);
  await expectProblem(admin.put(`/api/containers/${containerId}/state`, { action: 'stop' }, 'a b'), [400]);
});
