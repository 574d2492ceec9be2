import { GitlabPerson } from './rig/gitlab-person';
import { GitlabWorld } from './rig/gitlab-world';
import { newSshKey } from './rig/ssh-key';
import { each, until } from './rig/until';

jest.setTimeout(180_000);

let rig: GitlabWorld;
let ada: GitlabPerson;

beforeAll(async () => {
  rig = await GitlabWorld.make();
  await Promise.all([rig.world.start('worker'), rig.world.start('scheduler')]);
  ada = await rig.person('ada');
  await ada.giveSession();
  await rig.gitlab.tell('addKey', 'ada', { key: newSshKey('ada') });
  await ada.until('the key', async () => (await ada.keys()).length === 1);
});
afterAll(() => rig.close());

/** Lets the pauses run out, as time would. */
const hurry = () => rig.world.query('UPDATE gitlab_accounts SET next_sync_at = now() WHERE next_sync_at > now()');

const healed = async (): Promise<void> => {
  await rig.gitlab.tell('heal');
  await ada.until(
    'GitLab is heard again',
    async (row) => (await hurry(), row.error === null && row.attempts === 0),
    60_000,
  );
};

it.each([
  ['cuts every connection', { kind: 'down' }, /could not be asked.*reached|broke off/],
  ['hangs', { kind: 'hang' }, /could not be asked/],
  ['answers 500', { kind: 'status', status: 500 }, /failed with 500/],
  ['answers 502 by a proxy', { kind: 'status', status: 502 }, /failed with 502/],
  ['answers 404 by a proxy', { kind: 'status', status: 404 }, /not GitLab's/],
  ['answers 403 by a proxy', { kind: 'status', status: 403 }, /not GitLab's/],
  ['answers 401 by a proxy', { kind: 'status', status: 401 }, /not GitLab's/],
  ['wants to be left alone', { kind: 'status', status: 429, headers: { 'retry-after': '2' } }, /fewer requests/],
  ['answers pages', { kind: 'html' }, /something else than JSON/],
  ['answers null', { kind: 'json', body: 'null' }, /cannot be read/],
  ['answers an empty object', { kind: 'json', body: '{}' }, /cannot be read/],
  ['answers with somebody else', { kind: 'json', body: '{"id":7,"username":"x","state":"blocked"}' }, /not asked for/],
  ['answers with an unknown state', { kind: 'json', body: '{"id":7,"username":"x","state":"gone"}' }, /cannot be read/],
  ['breaks off', { kind: 'truncate' }, /could not be asked/],
  ['sends no end', { kind: 'huge' }, /more than/],
  ['sends elsewhere', { kind: 'redirect', to: 'http://127.0.0.1:9/' }, /not followed/],
] as const)('a GitLab that %s changes nothing', async (_what, fault, words) => {
  const before = await ada.log();
  await rig.gitlab.tell('inject', fault, { on: '/api/v4' });
  const row = await ada.until('the words', async (now) => (await hurry(), words.test(now.error ?? '')), 60_000);
  expect(row).toMatchObject({ state: 'active', blocked: false, hasTokens: true });
  expect([await ada.keys(), await ada.hasSession(), await ada.log()]).toEqual([['ada'], true, before]);
  await healed();
  expect([await ada.keys(), await ada.hasSession(), await ada.log()]).toEqual([['ada'], true, before]);
});

it('keys alone that cannot be read change nothing either', async () => {
  for (const fault of [
    { kind: 'status', status: 500 },
    { kind: 'json', body: '{"keys":[]}' },
  ] as const) {
    await rig.gitlab.tell('inject', fault, { on: '/keys$' });
    await ada.until('the words', async (row) => (await hurry(), row.error !== null));
    expect(await ada.keys()).toEqual(['ada']);
    await healed();
  }
});

it('a GitLab that is slow is waited for', async () => {
  await rig.gitlab.tell('addKey', 'ada', { key: newSshKey('slow') });
  await rig.gitlab.tell('inject', { kind: 'slow', ms: 2_000 }, { on: '/api/v4' });
  await ada.until('the key', async () => (await ada.keys()).length === 2);
  expect((await ada.row()).error).toBeNull();
  await rig.gitlab.tell('heal');
});

it('two hundred people of a GitLab that is down make a few calls, hear why, and are right soon after it is back', async () => {
  await rig.world.query(
    `WITH made AS (INSERT INTO users (username, username_key, approved_at) SELECT 'many' || n, 'many' || n, now() FROM generate_series(1, 200) n RETURNING id)
     INSERT INTO gitlab_accounts (user_id, issuer, gitlab_id, username) SELECT id, $1, 900000 + row_number() OVER (), 'many' FROM made`,
    [rig.gitlab.url],
  );
  await each(
    Array.from({ length: 200 }, (_, n) => 900_001 + n),
    (id) => rig.gitlab.tell('addPerson', `many${id}`, 'One of many', 'active', id),
  );
  await rig.gitlab.tell('inject', { kind: 'status', status: 503 }, { on: '/api/v4' });
  await rig.gitlab.tell('requests');
  const startedAt = performance.now();
  await until('all hear why', async () => {
    const [row] = await rig.world.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM gitlab_accounts WHERE sync_error LIKE 'GitLab could not be asked%'`,
    );
    return row?.n === 201;
  });
  await until('ten seconds', () => performance.now() - startedAt > 10_000);
  const calls = (await rig.gitlab.tell('requests')).filter(({ call }) => call.includes('/api/'));
  expect(calls.length).toBeLessThan(20);
  await rig.gitlab.tell('heal');
  await until(
    'all are synced',
    async () => {
      // They have no tokens: their sign-in is asked for again, and yet their state is known by the reading token.
      const [row] = await rig.world.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM gitlab_accounts WHERE synced_at > now() - interval '1 minute'",
      );
      return row?.n === 201;
    },
    60_000,
  );
});
