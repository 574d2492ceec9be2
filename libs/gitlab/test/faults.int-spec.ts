import type { StandInFault } from '@lxdm/testing';
import { GitlabError, type GitlabErrorKind } from '../src/index';
import { Rig } from './rig';

describe('a GitLab that fails', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.up();
  });
  afterEach(() => rig.standIn.tell('heal'));
  afterAll(() => rig.down());

  const cases: [string, StandInFault, GitlabErrorKind, boolean][] = [
    ['cuts the connection', { kind: 'down' }, 'unreachable', true],
    ['never answers', { kind: 'hang' }, 'timeout', true],
    ['answers too late', { kind: 'slow', ms: 3000 }, 'timeout', true],
    ['drips', { kind: 'drip', ms: 20 }, 'timeout', true],
    ['breaks off', { kind: 'truncate' }, 'garbage', true],
    ['fails', { kind: 'status', status: 500 }, 'server', true],
    ['fails in JSON', { kind: 'status', status: 500, body: '{"message":"500 Internal Server Error"}' }, 'server', true],
    ['is being updated', { kind: 'status', status: 502 }, 'server', true],
    ['is in the way of a proxy', { kind: 'status', status: 401 }, 'garbage', true],
    ['is in the way of a firewall', { kind: 'status', status: 403 }, 'garbage', true],
    ['is not at this address', { kind: 'status', status: 404 }, 'garbage', true],
    ['has no such route', { kind: 'status', status: 404, body: '{"error":"404 Not Found"}' }, 'garbage', true],
    ['answers a page', { kind: 'html' }, 'garbage', true],
    ['answers no JSON', { kind: 'json', body: '{"id": 1,' }, 'garbage', true],
    ['answers another document', { kind: 'json', body: '[]' }, 'garbage', true],
    ['leaves the state out', { kind: 'json', body: '{"id":1,"username":"x","name":"X"}' }, 'garbage', true],
    ['has a state of its own', { kind: 'json', body: '{"id":1,"username":"x","state":"on_leave"}' }, 'garbage', true],
    ['has ids that are none', { kind: 'json', body: '{"id":"1","username":"x","state":"active"}' }, 'garbage', true],
    ['answers without end', { kind: 'huge' }, 'garbage', true],
    ['sends elsewhere', { kind: 'redirect', to: 'http://127.0.0.1:1/' }, 'garbage', true],
    ['says 304 unasked', { kind: 'status', status: 304, body: '{' }, 'garbage', true],
    ['takes no token', { kind: 'status', status: 401, body: '{"message":"401 Unauthorized"}' }, 'unauthorized', false],
  ];

  it.each(cases)('%s', async (_what, fault, kind, temporary) => {
    await rig.standIn.tell('inject', fault, { on: '/api/v4/user' });
    const quick = rig.client({ timeouts: { idleMs: 500, totalMs: 1000 } });
    const token = 'glpat-a-token-that-is-secret';
    const begun = performance.now();
    const error: unknown = await quick.currentUser(token).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(GitlabError);
    expect(error).toMatchObject({ kind, temporary });
    expect(performance.now() - begun).toBeLessThan(2500);
    expect(JSON.stringify([String(error), (error as Error).stack, error])).not.toContain('secret');
  });

  it.each([
    ['7', 7000],
    ['999999', 3_600_000],
    ['soon', undefined],
  ])('asks to be left alone: Retry-After %s', async (header, retryAfterMs) => {
    const fault = { kind: 'status', status: 429, body: 'Retry later', headers: { 'retry-after': header } } as const;
    await rig.standIn.tell('inject', fault);
    await expect(rig.gitlab.currentUser('x')).rejects.toMatchObject({
      kind: 'throttled',
      temporary: true,
      retryAfterMs,
    });
  });

  it('is not there at all', async () => {
    const gone = await Rig.up();
    await gone.down();
    await expect(gone.gitlab.currentUser('x')).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it.each(['a token\r\nx-injected: yes', 'ключ', ''])('is not shown a token that is none: %j', async (token) => {
    await rig.standIn.tell('requests');
    const error: unknown = await rig.gitlab.currentUser(token).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'unauthorized' });
    if (token !== '') expect(String((error as Error).stack)).not.toContain(token);
    expect((await rig.standIn.tell('requests')).filter(({ call }) => call.includes('/api/'))).toEqual([]);
  });

  it('is called off', async () => {
    await rig.standIn.tell('inject', { kind: 'hang' });
    const abort = new AbortController();
    const asked = rig.gitlab.currentUser('x', { signal: abort.signal });
    abort.abort(new Error('the process ends'));
    await expect(asked).rejects.toMatchObject({ kind: 'cancelled' });
  });

  it('counts its pages without end', async () => {
    const headers = { 'x-next-page': '1' };
    await rig.standIn.tell('inject', { kind: 'status', status: 200, body: '{}', headers }, { on: '/keys' });
    await expect(rig.gitlab.keysOf(rig.member)).rejects.toMatchObject({ kind: 'garbage' });
  });

  it('is given a deadline for a list as a whole', async () => {
    const { id } = await rig.standIn.tell('addPerson', 'slow-pages');
    const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA x';
    await rig.standIn.tell(
      'addKeys',
      id,
      Array.from({ length: 950 }, () => ({ key })),
    );
    await rig.standIn.tell('inject', { kind: 'slow', ms: 300 }, { on: '/keys' });
    const quick = rig.client({ timeouts: { idleMs: 600, totalMs: 600 } });
    await expect(quick.keysOf(String(id))).rejects.toMatchObject({ kind: 'timeout' });
  });
});
