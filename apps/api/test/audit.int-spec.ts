import { AuditLog } from '../src/audit/audit-log.service';
import type { Actor } from '../src/session/actor';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';

type Person = Browser & { userId: string };
type Entry = { seq: number; action: string; address: string | null; actor: { name: string }; target: { name: string } };

let api: ApiUnderTest;
let alice: Person;
let bob: Person;
let admin: Person;
let project: string;
let container: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  [alice, bob, admin] = [await api.signedIn('alice'), await api.signedIn('bob'), await api.signedIn('root', true)];
  const host = await api.seeds.host('host1');
  project = await api.seeds.project('team', { [alice.userId]: 'owner', [bob.userId]: 'viewer' });
  container = await api.seeds.container('web', { hostId: host, projectId: project });
});
afterAll(() => api.stop());

const list = async (by: Browser, query = ''): Promise<Entry[]> =>
  (await by.get(`/api/audit?${query}`).expect(200)).body.items as Entry[];
/** Rows as somebody else would have left them. */
const note = (rows: object[]) =>
  api.db.query(
    `INSERT INTO audit_events (at, actor_id, actor_name, means, address, sudo, action, target_kind, target_id, target_name, project_id, result, detail)
     SELECT coalesce(at, now()), actor_id, coalesce(actor_name, 'someone'), 'session', '192.0.2.9', false, coalesce(action, 'project.rename'), 'project', target_id,
       coalesce(target_name, 'thing'), project_id, 'done', detail
     FROM jsonb_to_recordset($1::jsonb) AS r(at timestamptz, actor_id uuid, actor_name text, action text, target_id text, target_name text, project_id uuid, detail jsonb)`,
    [JSON.stringify(rows)],
  );

it('an accepted action is written down with its operation, and shows how that ends', async () => {
  const { body } = await alice.put(`/api/containers/${container}/state`, { action: 'stop', force: true }).expect(202);
  const [entry] = await list(bob, `targetId=${container}`);
  expect(entry).toMatchObject({
    actor: { id: alice.userId, name: 'alice' },
    means: 'session',
    sudo: false,
    action: 'container.stop',
    target: { kind: 'container', id: container, name: 'web' },
    project,
    operation: { id: body.id, status: 'Pending' },
    result: 'accepted',
    detail: { force: true },
    requestId: expect.stringMatching(/^[\w-]{36}$/),
  });
  await api.db.query(`UPDATE operations SET status = 'Failure' WHERE id = $1`, [body.id]);
  expect((await list(bob, `targetId=${container}`))[0]).toMatchObject({ operation: { status: 'Failure' } });
});

it('the same request twice is one act', async () => {
  const before = (await list(alice, 'action=container.start')).length;
  for (let times = 0; times < 3; times++)
    await alice.put(`/api/containers/${container}/state`, { action: 'start' }, 'once').expect(202);
  expect((await list(alice, 'action=container.start')).length).toBe(before + 1);
});

it('what was refused to somebody who may look is written down; what was hidden is not', async () => {
  await bob.delete(`/api/containers/${container}`).expect(403);
  expect((await list(alice, 'action=container.delete'))[0]).toMatchObject({
    result: 'refused',
    actor: { name: 'bob' },
  });
  const before = await api.db.query('SELECT count(*)::int AS count FROM audit_events');
  const stranger = await api.signedIn('stranger');
  await stranger.delete(`/api/containers/${container}`).expect(404);
  expect(await api.db.query('SELECT count(*)::int AS count FROM audit_events')).toEqual(before);
});

it('an act under sudo is marked', async () => {
  await admin.put(`/api/containers/${container}/state`, { action: 'restart' }).expect(202);
  expect((await list(alice, 'action=container.restart'))[0]).toMatchObject({ sudo: true, actor: { name: 'root' } });
});

it('addresses are for oneself, and for admins under sudo', async () => {
  await bob.put(`/api/containers/${container}/state`, { action: 'stop' }).expect(403);
  await alice.put(`/api/containers/${container}/state`, { action: 'stop' }).expect(202);
  const plain = await api.browserOf(admin.userId, false);
  const byAlice = (entries: Entry[]) =>
    entries.filter(({ actor }) => actor.name === 'alice').map(({ address }) => address);
  expect(new Set(byAlice(await list(alice)))).toEqual(new Set(['127.0.0.1']));
  expect(new Set(byAlice(await list(bob)))).toEqual(new Set([null]));
  expect(new Set(byAlice(await list(admin)))).toEqual(new Set(['127.0.0.1']));
  expect(byAlice(await list(plain))).toEqual([]);
  expect((await bob.get(`/api/audit/export?actorId=${alice.userId}`)).text).not.toContain('127.0.0.1');
});

it('oneself can be read of everywhere, others only in common projects', async () => {
  const other = await api.seeds.project('other');
  await note([
    { actor_id: bob.userId, actor_name: 'bob', project_id: other, target_name: 'by-bob' },
    { actor_id: alice.userId, actor_name: 'alice', project_id: other, target_name: 'not-for-bob' },
    { actor_id: null, target_name: 'by-nobody' },
  ]);
  const names = (await list(bob, 'limit=200')).map(({ target }) => target.name);
  expect(names).toContain('by-bob');
  expect(names).not.toContain('not-for-bob');
  expect(names).not.toContain('by-nobody');
  expect((await list(admin)).map(({ target }) => target.name)).toContain('by-nobody');
});

describe('filters', () => {
  beforeAll(() =>
    note([
      { at: '2026-01-01T10:00:00Z', action: 'host.add', target_name: 'Filter-One', project_id: project },
      { at: '2026-01-02T10:00:00Z', action: 'host.remove', target_name: 'filter_two', project_id: project },
      {
        at: '2026-01-03T10:00:00Z',
        action: 'hostile.add',
        target_name: '100%filter',
        project_id: project,
        actor_id: alice.userId,
      },
    ]),
  );

  it.each([
    ['action=host.add', ['Filter-One']],
    ['action=host.*&until=2026-02-01', ['filter_two', 'Filter-One']],
    ['text=FILTER', ['100%filter', 'filter_two', 'Filter-One']],
    ['text=%25', ['100%filter']],
    ['text=_&action=host.*', ['filter_two']],
    ['from=2026-01-02T00:00:00Z&until=2026-01-03T00:00:00Z', ['filter_two']],
    ['from=2026-01-02T11:00:00%2B01:00&until=2026-01-02T11:00:01%2B01:00', ['filter_two']],
    ['until=2026-01-01T10:00:00Z', []],
    ['text=filter&actorId=&action=', ['100%filter', 'filter_two', 'Filter-One']],
  ])('%s', async (query, names) => {
    expect((await list(alice, query)).map(({ target }) => target.name)).toEqual(names);
  });

  it.each([
    'actorId=me',
    'action=*',
    "action=host.'",
    'action=host.%25',
    'from=yesterday',
    'from=2026-13-01',
    'from=2026-W10',
    'until=2026-123',
    'limit=0',
    'limit=201',
    'before=x',
    'projectId=1',
    'sort=seq',
    'actorId=1&actorId=2',
    'text[$ne]=1',
    '__proto__=1',
  ])('%s is refused', async (query) => {
    await alice.get(`/api/audit?${query}`).expect(400);
  });
});

it('pages go backwards, without gaps and without doubles', async () => {
  await note(
    Array.from({ length: 23 }, (_, index) => ({ target_id: 'paged', target_name: `n${index}`, project_id: project })),
  );
  const seen: string[] = [];
  let pages = 0;
  for (let next: number | null = null; ; pages++) {
    const query = `targetId=paged&limit=5${next === null ? '' : `&before=${next}`}`;
    const { body } = await bob.get(`/api/audit?${query}`).expect(200);
    seen.push(...(body.items as Entry[]).map(({ target }) => target.name));
    next = body.next as number | null;
    if (next === null) break;
  }
  expect(pages).toBe(4);
  expect(seen).toEqual(Array.from({ length: 23 }, (_, index) => `n${22 - index}`));
});

describe('exports', () => {
  it('CSV: a file, whose cells no spreadsheet takes for formulas', async () => {
    await note([
      {
        target_id: 'csv',
        target_name: '=HYPERLINK("https://evil.example","x")',
        actor_name: '@sum',
        project_id: project,
      },
      { target_id: 'csv', target_name: 'a,"b"\nc', actor_name: '-1+1', project_id: project, detail: { from: '=1' } },
    ]);
    const answer = await bob.get('/api/audit/export?targetId=csv&format=csv').expect(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8; header=present');
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="audit-\d{4}-\d\d-\d\d\.csv"$/);
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    const [head, ...rest] = answer.text.split('\r\n');
    expect(head).toMatch(/^seq,at,actor,/);
    expect(rest.join('\n')).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")"`);
    expect(rest.join('\n')).toContain(`,'@sum,`);
    expect(rest.join('\n')).toContain(`,'-1+1,`);
    expect(rest.join('\n')).toContain('"a,""b""\nc"');
  });

  it('JSON: what the list tells', async () => {
    const { body } = await bob.get('/api/audit/export?targetId=csv&format=json').expect(200);
    expect(body).toEqual(await list(bob, 'targetId=csv'));
    expect((await bob.get('/api/audit/export?targetId=none&format=json')).body).toEqual([]);
    await bob.get('/api/audit/export?format=xml').expect(400);
  });

  it('many rows come whole, in order, and no more than 100,000', async () => {
    await api.db.query(
      `INSERT INTO audit_events (actor_name, means, action, target_kind, target_id, target_name, project_id, result)
       SELECT 'x', 'system', 'load.test', 'project', 'load', n::text, $1, 'done' FROM generate_series(1, 100500) n`,
      [project],
    );
    const { text } = await bob.get('/api/audit/export?targetId=load').expect(200);
    const lines = text.trimEnd().split('\r\n').slice(1);
    expect(lines).toHaveLength(100_000);
    expect(lines[0]).toContain(',100500,');
    expect(lines.at(-1)).toContain(',501,');
  }, 60_000);

  it('that is read slowly ends with the session, and with its sudo', async () => {
    const log = api.app.get(AuditLog, { strict: false });
    const begun = async (name: string) => {
      const { userId, session } = await api.signedIn(name, true);
      const { sessionId } = session;
      const actor = { userId, sessionId, tokenId: null, isAdmin: true, kind: 'person' } as Actor;
      const batches = log.export(actor, { targetId: 'load' });
      expect((await batches.next()).value).toHaveLength(1_000);
      expect((await batches.next()).value).toHaveLength(1_000);
      return { batches, sessionId };
    };
    const blocked = await begun('blocked-meanwhile');
    await api.db.query(`UPDATE users SET blocked_at = now() WHERE username = 'blocked-meanwhile'`);
    await expect(blocked.batches.next()).rejects.toMatchObject({ code: 'unauthenticated' });
    const calm = await begun('calm-meanwhile');
    await api.db.query('UPDATE sessions SET sudo_until = NULL WHERE id = $1', [calm.sessionId]);
    await expect(calm.batches.next()).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('ends where the right to read ends', async () => {
    const guest = await api.signedIn('guest');
    await api.db.query(`INSERT INTO members (project_id, user_id, role) VALUES ($1, $2, 'viewer')`, [
      project,
      guest.userId,
    ]);
    expect((await guest.get('/api/audit/export?targetId=csv')).text.split('\r\n')).toHaveLength(4);
    await api.db.query('DELETE FROM members WHERE user_id = $1', [guest.userId]);
    expect((await guest.get('/api/audit/export?targetId=csv')).text.split('\r\n')).toHaveLength(2);
  });
});
