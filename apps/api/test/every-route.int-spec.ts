import { newToken } from '@lxdm/crypto';
import { POLICY_TABLE, PUBLIC_ROUTES } from '../src/policies/policy-table';
import { anotherTeam, Team } from './another-team';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';
import { Own, ROUTE_CALLS } from './route-calls';
import { pathWith, Route, ROUTES } from './routes';

let api: ApiUnderTest;
let team: Team;
let owner: Browser;
let admin: Browser & { userId: string };
let me: Own;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  team = await anotherTeam(api, await api.seeds.host('host1'), 'ours');
  owner = await api.browserOf(team.owner);
  admin = await api.signedIn('root', true);
  me = { userId: team.owner, project: team.project, container: team.container };
});
afterAll(() => api.stop());

const named = (routes: Route[]) => routes.map((route) => [route.operationId, route] as const);
const guarded = ROUTES.filter(({ operationId }) => !PUBLIC_ROUTES.includes(operationId));
const changing = guarded.filter(({ method }) => method !== 'get');
const doorsOf = (operationId: string): string[] =>
  POLICY_TABLE.filter(({ routes }) => routes.includes(operationId)).flatMap(({ door }) => door.split(' '));

/** A request as somebody who may would send it. */
function ask({ operationId, method, ...route }: Route, more: object = {}) {
  const call = ROUTE_CALLS.find((one) => one.operationId === operationId);
  if (!call) throw new Error(`There is no example of ${operationId}.`);
  const path = pathWith({ operationId, method, ...route }, call.ids(team, me));
  const pending = api.anonymous()[method](path);
  return route.hasBody ? pending.send({ ...call.body?.(team, me), ...more }) : pending;
}

async function tokenOf(userId: string, scope: string, changes = ''): Promise<Record<string, string>> {
  const { token, hash } = newToken('lxdmt');
  await api.db.query('INSERT INTO api_tokens (token_hash, user_id, name, scope) VALUES ($1, $2, $3, $4)', [
    hash,
    userId,
    't',
    scope,
  ]);
  if (changes) await api.db.query(`UPDATE api_tokens SET ${changes} WHERE token_hash = $1`, [hash]);
  return { Authorization: `Bearer ${token}` };
}

it.each(named(guarded))('%s: nobody without a session or a token', async (_id, route) => {
  const answer = await ask(route).expect(401);
  expect(answer.body).toMatchObject({ code: 'unauthenticated' });
});

describe('cross-site requests', () => {
  it.each(named(changing))('%s: not without the CSRF token of the session', async (_id, route) => {
    const before = await api.rowCounts();
    const answer = await ask(route).set('Cookie', admin.cookie);
    expect([answer.status, answer.body.code]).toEqual([403, 'csrf']);
    expect(await api.rowCounts()).toEqual(before);
  });

  it.each(named(ROUTES.filter(({ method }) => method !== 'get')))(
    '%s: not from a page of another site',
    async (_id, route) => {
      const answer = await ask(route)
        .set('Cookie', admin.cookie)
        .set('X-XSRF-TOKEN', admin.session.csrf)
        .set('Origin', 'https://evil.example');
      expect([answer.status, answer.body.code]).toEqual([403, 'foreign-origin']);
    },
  );

  it.each(named(ROUTES.filter(({ hasBody }) => hasBody)))('%s: not as a form', async (_id, route) => {
    const answer = await ask(route).set('Cookie', admin.cookie).set('X-XSRF-TOKEN', admin.session.csrf).type('form');
    expect(answer.status).toBe(415);
  });
});

it.each(named(guarded))('%s: somebody who waits for approval', async (_id, route) => {
  const waiting = await api.browserOf(await api.seeds.user(`waiting-${route.operationId}`, false, { approved: false }));
  const answer = await ask(route).set('Cookie', waiting.cookie).set('X-XSRF-TOKEN', waiting.session.csrf);
  if (doorsOf(route.operationId).includes('waiting')) expect(answer.status).toBeLessThan(300);
  else expect([answer.status, answer.body.code]).toEqual([403, 'not-approved']);
});

it.each(named(guarded))('%s: somebody who is blocked', async (_id, route) => {
  const userId = await api.seeds.user(`blocked-${route.operationId}`, true, { blocked: true });
  const blocked = await api.browserOf(userId);
  expect((await ask(route).set('Cookie', blocked.cookie).set('X-XSRF-TOKEN', blocked.session.csrf)).status).toBe(401);
  expect((await ask(route).set(await tokenOf(userId, 'write'))).status).toBe(401);
});

describe('tokens', () => {
  it.each(named(changing))('%s: one that reads changes nothing', async (_id, route) => {
    const before = await api.rowCounts();
    const answer = await ask(route).set(await tokenOf(team.owner, 'read'));
    expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
    expect(await api.rowCounts()).toEqual(before);
  });

  it.each(named(guarded.filter(({ operationId }) => doorsOf(operationId).includes('session'))))(
    '%s: none opens what only a session opens',
    async (_id, route) => {
      for (const scope of ['write', 'admin']) {
        const answer = await ask(route).set(await tokenOf(admin.userId, scope));
        expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
      }
    },
  );

  it.each(named(guarded))('%s: a spent one opens nothing', async (_id, route) => {
    for (const spent of [
      `revoked_at = now()`,
      `expires_at = now() - interval '1 second'`,
      `networks = '{192.0.2.0/24}'`,
    ])
      expect((await ask(route).set(await tokenOf(team.owner, 'write', spent))).status).toBe(401);
  });
});

describe('bodies with more than they should have', () => {
  const MORE = {
    isAdmin: true,
    is_admin: true,
    approvedAt: '2026-01-01T00:00:00Z',
    approved: true,
    kind: 'person',
    ownerId: 'x',
    projectRole: 'owner',
  };
  const bodies = guarded.filter(({ hasBody }) => hasBody);

  it.each(named(bodies))('%s: what a body may not set is refused by name', async (_id, route) => {
    const before = await api.rowCounts();
    for (const [field, value] of Object.entries(MORE)) {
      // This is the one route that is about it.
      if (route.operationId === 'changeAdmin' && field === 'isAdmin') continue;
      for (const by of [admin, owner]) {
        const answer = await ask(route, { [field]: value })
          .set('Cookie', by.cookie)
          .set('X-XSRF-TOKEN', by.session.csrf);
        expect([field, answer.status, answer.body.code]).toEqual([field, 400, 'invalid']);
      }
    }
    expect(await api.rowCounts()).toEqual(before);
  });

  it.each(named(ROUTES.filter(({ hasBody }) => hasBody)))('%s: no key of a prototype', async (_id, route) => {
    for (const text of [
      '{"__proto__":{"isAdmin":true}}',
      '{"constructor":{"prototype":{"isAdmin":true}}}',
      '{"a":{"__proto__":1}}',
    ]) {
      const answer = await ask({ ...route, hasBody: false })
        .set('Cookie', admin.cookie)
        .set('X-XSRF-TOKEN', admin.session.csrf)
        .type('json')
        .send(text);
      expect(answer.status).toBe(400);
    }
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined();
  });

  /** What may be empty. */
  const LISTS = ['networks', 'subnets', 'owners', 'allowfrom', 'updateNames', 'updateTypes'];

  it.each(named(bodies))('%s: nothing of another type, nothing without end', async (_id, route) => {
    const long = 'x'.repeat(20_001);
    expect(route.properties).not.toEqual([]);
    for (const property of route.properties)
      for (const value of [null, [], {}, [null], long, '\u0000', Number.MAX_VALUE]) {
        const answer = await ask(route, { [property]: value })
          .set('Cookie', admin.cookie)
          .set('X-XSRF-TOKEN', admin.session.csrf);
        const isList = LISTS.includes(property) && JSON.stringify(value) === '[]';
        // No value at all is what the entry's hooks send when they clean up.
        const isNone = route.operationId === 'setEntryValues' && property === 'value' && value === null;
        // A zone's text may be a megabyte; whether it can be served is another question.
        const isText = property === 'text' && value === long;
        const status = isText && answer.status === 422 ? 'taken' : answer.status < 300 ? 'taken' : answer.status;
        expect([property, String(value).slice(0, 20), status]).toEqual([
          property,
          String(value).slice(0, 20),
          isList || isNone || isText ? 'taken' : 400,
        ]);
      }
  });
});
