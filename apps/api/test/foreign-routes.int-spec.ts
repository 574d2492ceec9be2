import { newToken } from '@lxdm/crypto';
import { anotherTeam, MARK, Team } from './another-team';
import { ApiUnderTest } from './api-under-test';
import { EventReader } from './event-reader';
import { Own, ROUTE_CALLS, RouteCall } from './route-calls';
import { pathWith, routeOf, ROUTES } from './routes';

/** Somebody to whom the other team is a stranger: how their requests are marked. */
interface Stranger extends Own {
  headers: () => Promise<Record<string, string>>;
}

const STRANGERS = ['a person', 'the write token of a person', 'a service of another project', 'an admin without sudo'];

let api: ApiUnderTest;
let theirs: Team;
let strangers: Map<string, Stranger>;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  const host = await api.seeds.host('host1');
  theirs = await anotherTeam(api, host);
  // What is done for them by admins is none of a stranger's business either.
  const admin = await api.signedIn('root', true);
  await admin.put(`/api/hosts/${host}/pin`, { fingerprint: 'cd'.repeat(32) }).expect(202);
  await api.db.query(`UPDATE hosts SET seen_fingerprint = pin, observed_generation = generation WHERE id = $1`, [host]);
  strangers = new Map(await Promise.all(STRANGERS.map(async (name) => [name, await stranger(name, host)] as const)));
});
afterAll(() => api.stop());

async function stranger(name: string, host: string): Promise<Stranger> {
  const index = STRANGERS.indexOf(name);
  const userId = await api.seeds.user(`stranger${index}`, name.startsWith('an admin'));
  // A service's token is good while an owner of its project stands by it.
  const maker = index === 2 ? await api.seeds.user('maker') : userId;
  const roles = index === 2 ? ({ [userId]: 'operator', [maker]: 'owner' } as const) : ({ [userId]: 'owner' } as const);
  const project = await api.seeds.project(`own${index}`, roles);
  const container = await api.seeds.container(`own${index}`, { hostId: host, projectId: project });
  if (index === 2)
    await api.db.query(`UPDATE users SET kind = 'service', password_hash = NULL WHERE id = $1`, [userId]);
  if (index !== 1 && index !== 2) return { userId, project, container, headers: () => sessionOf(userId) };
  const { token, hash } = newToken('lxdmt');
  await api.db.query(
    `INSERT INTO api_tokens (token_hash, user_id, name, scope, created_by_id) VALUES ($1, $2, 'mine', 'write', $3)`,
    [hash, userId, maker],
  );
  const headers = { Authorization: `Token ${token}` };
  // Used once, so that nothing is noted of its use while tables are compared.
  await api.anonymous().get('/api/containers').set(headers).expect(200);
  return { userId, project, container, headers: () => Promise.resolve(headers) };
}

/** A fresh session for each request: some requests end it. */
async function sessionOf(userId: string): Promise<Record<string, string>> {
  const { cookie, session } = await api.browserOf(userId, false);
  return { Cookie: cookie, 'X-XSRF-TOKEN': session.csrf };
}

/** A checksum of every table but the log, in which refusals are written down. */
async function checksums(): Promise<Record<string, string>> {
  const tables = await api.db.query(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name NOT IN ('audit_events', 'heartbeats')`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables as { name: string }[]) {
    const [row] = await api.db.query(
      `SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) AS sum FROM "${name}" t`,
    );
    sums[name] = row.sum as string;
  }
  return sums;
}

async function send(call: RouteCall, by: Stranger, headers: Record<string, string>) {
  const route = routeOf(call.operationId);
  const path = `${pathWith(route, call.ids(theirs, by))}${call.query ? `?${call.query(theirs)}` : ''}`;
  const pending = api.anonymous()[route.method](path).set(headers);
  return call.body ? pending.send(call.body(theirs, by)) : pending;
}

it('knows every operation that there is', () => {
  const known = new Set(ROUTE_CALLS.map(({ operationId }) => operationId));
  expect([...known].sort()).toEqual(ROUTES.map(({ operationId }) => operationId).sort());
});

it('would find the names if they were told: their owner reads them everywhere', async () => {
  const owner = await api.browserOf(theirs.owner);
  const paths = [
    '/api/containers',
    '/api/projects',
    '/api/operations',
    '/api/audit',
    '/api/audit/export',
    '/api/profile/tokens',
    '/api/dynamic-entries',
  ];
  for (const path of [
    ...paths,
    `/api/containers/${theirs.container}/keys`,
    `/api/projects/${theirs.project}/services/${theirs.service}/tokens`,
    `/api/dynamic-entries/${theirs.entry}`,
    `/api/dynamic-entries/${theirs.entry}/tokens`,
  ])
    expect((await owner.get(path).expect(200)).text).toContain(MARK);
});

const calls = ROUTE_CALLS.filter(({ operationId }) => operationId !== 'streamEvents');
describe.each(STRANGERS)('%s', (name) => {
  it.each(calls.map((call, index) => [`${index} ${call.operationId}`, call] as const))('%s', async (_title, call) => {
    const by = strangers.get(name) as Stranger;
    const headers = await by.headers();
    const before = await checksums();
    const answer = await send(call, by, headers);
    const told = `${JSON.stringify(answer.headers)} ${answer.text}`;
    expect(told).not.toContain(MARK);
    expect(answer.status).toBeLessThan(500 + (call.operationId === 'getReadiness' ? 100 : 0));
    if (call.answer === 'own') {
      const lists =
        routeOf(call.operationId).method === 'get' && !['getGitlabLink', 'getReadiness'].includes(call.operationId);
      if (lists && name === 'a person') expect(answer.status).toBe(200);
      return;
    }
    const expected = call.operationId.endsWith('GitlabHook') ? [401, 404] : [403, 404];
    expect(call.answer === 'refused' ? [400, ...expected] : expected).toContain(answer.status);
    expect(answer.type).toBe('application/problem+json');
    expect(await checksums()).toEqual(before);
  });

  it('hears nothing of them in the stream, not even of the past', async () => {
    const by = strangers.get(name) as Stranger;
    const reader = await EventReader.open(api.port, '', 0, await by.headers());
    const owner = await api.browserOf(theirs.owner);
    await owner.put(`/api/containers/${theirs.container}/state`, { action: 'start' }).expect(202);
    await api.db.query('UPDATE containers SET observed_generation = generation WHERE id = $1', [theirs.container]);
    await owner.patch(`/api/projects/${theirs.project}`, { description: `${MARK} ${name}` }).expect(200);
    // Something of their own afterwards tells that everything before it was passed over.
    const mine = await api.browserOf(by.userId);
    if (name.includes('service') || name.includes('token'))
      await api
        .anonymous()
        .put(`/api/containers/${by.container}/state`)
        .set(await by.headers())
        .send({ action: 'stop' })
        .expect(202);
    else await mine.put(`/api/containers/${by.container}/state`, { action: 'stop' }).expect(202);
    await reader.next('container', { id: by.container });
    expect(JSON.stringify(reader.received)).not.toContain(MARK);
    reader.close();
  });
});
