import { randomUUID } from 'node:crypto';
import { badRequests, Method } from './bad-requests';

const given = badRequests();
const { expectProblem } = given;

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
    const pending = given.api.anonymous()[method](path.replace('ID', randomUUID()));
    const problem = await expectProblem(method === 'post' || method === 'put' ? pending.send({}) : pending, [401]);
    expect(problem['code']).toBe('unauthenticated');
  });

  it.each(everything.filter(([, path]) => path.includes('ID')))('%s %s takes UUIDs only', async (method, path) => {
    for (const id of ['1', 'x', '%2e%2e', `${randomUUID()}0`, "'", '00000000-0000-0000-0000-00000000000g']) {
      const target = path.replace('ID', id);
      if (method === 'get' || method === 'delete') await expectProblem(given.admin[method](target), [404]);
      else await expectProblem(given.admin[method](target, { action: 'start' }), [400, 404]);
    }
  });

  it.each(['/api', '/api/', '/api/nothing', '/api/containers/ID/nothing', '/api/session/x', '/api//containers'])(
    'is the only thing under /api: %s',
    async (path) => {
      await expectProblem(given.admin.get(path.replace('ID', randomUUID())), [404]);
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
    await expectProblem(given.admin.get(path), [400]);
  });

  it.each(['force=1', 'force=yes', 'force=true&force=false', 'force[]=true', 'now=true'])(
    'DELETE with %s is refused',
    async (query) => {
      await expectProblem(given.admin.delete(`/api/containers/${given.containerId}?${query}`), [400]);
      await expectProblem(given.admin.delete(`/api/hosts/${given.hostId}?${query}`), [400]);
    },
  );

  it.each(["'", '%', '_', '\\', '%25%25%25', '👋', '%F0%9F', "' OR 1=1 --"])(
    'a filter of %j finds nothing and breaks nothing',
    async (text) => {
      const filter = text.startsWith('%F0') ? text : encodeURIComponent(text);
      const { body } = await given.admin.get(`/api/containers?filter=${filter}`).expect(200);
      expect(body).toEqual({ items: [], total: 0, page: 1, pageSize: 50 });
    },
  );

  it('a path that is not properly encoded is refused', async () => {
    await expectProblem(given.admin.get('/api/containers/%E0%A4%A'), [400]);
  });
});

it('an Idempotency-Key of control characters or of endless length is refused', async () => {
  await expectProblem(
    given.admin.put(`/api/containers/${given.containerId}/state`, { action: 'stop' }, 'x'.repeat(201)),
    [400],
  );
  await expectProblem(given.admin.put(`/api/containers/${given.containerId}/state`, { action: 'stop' }, 'a b'), [400]);
});
