import { PASSWORD } from './api-under-test';
import { badRequests, Method } from './bad-requests';

const given = badRequests();
const { expectProblem } = given;
const good = {
  container: () => ({ name: 'fresh', hostId: given.hostId, image: 'debian' }),
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
    () => `/api/hosts/${given.hostId}/pin`,
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
    () => `/api/containers/${given.containerId}/state`,
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

describe('a field of the wrong kind is refused by name, and nothing is written', () => {
  it.each(
    rows.map((row, index) => [`${index}: ${row[0]} ${row[2]}=${JSON.stringify(row[3]).slice(0, 40)}`, row] as const),
  )('%s', async (_name, row) => {
    const [method, path, field, value, right] = row;
    const problem = await expectProblem(given.admin[method as 'post'](path(), { ...right(), [field]: value }), [400]);
    expect((problem['errors'] as { field: string }[]).map((error) => error.field)).toContain(field);
  });
});

describe('a body that is no body of ours', () => {
  const each = bodies.map(([method, path, right]) => [method as 'post' | 'put', path, right] as const);
  it.each(each)('%s %p: unknown, nested and prototype properties', async (method, path, right) => {
    const problem = await expectProblem(given.admin[method](path(), { ...right(), isAdmin: true }), [400]);
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
    const agent = given.api.anonymous();
    return agent[method](path)
      .set('Cookie', given.admin.cookie)
      .set('X-XSRF-TOKEN', given.admin.session.csrf)
      .set('Content-Type', type)
      .send(text);
  }
});
