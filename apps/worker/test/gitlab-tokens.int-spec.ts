import { GitlabSyncsRepository, LeaseLostError } from '@lxdm/entities';
import { GitlabWorld } from './rig/gitlab-world';
import { newSshKey } from './rig/ssh-key';
import { until } from './rig/until';
import type { GitlabPerson } from './rig/gitlab-person';

jest.setTimeout(120_000);

let rig: GitlabWorld;

beforeAll(async () => {
  rig = await GitlabWorld.make();
  await Promise.all([rig.world.start('worker'), rig.world.start('worker'), rig.world.start('scheduler')]);
});
afterEach(async () => {
  await rig.gitlab.tell('heal');
  rig.readingToken(true);
});
afterAll(() => rig.close());

const SPENT = /^GitLab takes the stored sign-in no more: sign in with GitLab again\./;
const settled = (person: GitlabPerson) => person.until('first sync', (row) => row.synced && row.error === null);
const hurry = () => rig.world.query('UPDATE gitlab_accounts SET next_sync_at = now() WHERE next_sync_at > now()');

async function withKey(name: string): Promise<GitlabPerson> {
  const person = await rig.person(name);
  await rig.gitlab.tell('addKey', name, { key: newSshKey(name) });
  await person.until('the key', async () => (await person.keys()).length === 1);
  await person.giveSession();
  return person;
}

it('two workers renew tokens that end all the time, and never spend one twice', async () => {
  await rig.gitlab.tell('tokensLast', 30);
  const ada = await rig.person('ada');
  await settled(ada);
  await rig.gitlab.tell('requests');
  for (let look = 0; look < 10; look++) {
    for (let n = 0; n < 10; n++) ada.wake();
    await ada.looked();
  }
  const renewals = (await rig.gitlab.tell('requests')).filter(({ call }) => call === 'POST /oauth/token');
  expect(renewals.length).toBeGreaterThanOrEqual(10);
  expect(renewals.every(({ status }) => status === 200)).toBe(true);
  expect(await ada.row()).toMatchObject({ hasTokens: true, error: null });
});

it('a token that is refused is renewed', async () => {
  const bob = await withKey('bob');
  await rig.gitlab.tell('requests');
  // From here on every call counts: a look that was called for before may be the one that meets the refusal.
  await rig.gitlab.tell('dropAccessTokens', 'bob');
  expect((await bob.looked()).error).toBeNull();
  const renewals = (await rig.gitlab.tell('requests')).filter(({ call }) => call === 'POST /oauth/token');
  expect(renewals).toEqual([{ call: 'POST /oauth/token', status: 200 }]);
});

it('a sign-in that is spent is said to be; keys go on to follow GitLab by the reading token', async () => {
  const eve = await withKey('eve');
  await rig.gitlab.tell('revokeTokens', 'eve');
  const row = await eve.until('the words', ({ error }) => SPENT.test(error ?? ''));
  expect(row).toMatchObject({ state: 'active', blocked: false, hasTokens: false });
  expect([await eve.keys(), await eve.hasSession()]).toEqual([['eve'], true]);
  await rig.gitlab.tell('addKey', 'eve', { key: newSshKey('eve-too') });
  await eve.until('the key', async () => (await eve.keys()).length === 2);
  await rig.gitlab.tell('setState', 'eve', 'blocked');
  await eve.until('the block', ({ blocked }) => blocked);
});

it('without a reading token the public word on keys is followed, and its "no such user" is no word', async () => {
  const joe = await withKey('joe');
  rig.readingToken(false);
  await rig.gitlab.tell('revokeTokens', 'joe');
  await joe.until('the words', ({ error }) => SPENT.test(error ?? ''));
  await rig.gitlab.tell('addKey', 'joe', { key: newSshKey('joe-too') });
  await joe.until('the key', async () => (await joe.keys()).length === 2);
  await rig.gitlab.tell('deletePerson', 'joe');
  await joe.looked();
  expect(await joe.row()).toMatchObject({ state: 'active', blocked: false });
  expect([(await joe.keys()).length, await joe.hasSession()]).toEqual([2, true]);
});

it('signing in again puts it right', async () => {
  const kim = await withKey('kim');
  await rig.gitlab.tell('revokeTokens', 'kim');
  await kim.until('the words', ({ error }) => SPENT.test(error ?? ''));
  await rig.signIn('kim', kim.gitlabId);
  expect(await settled(kim)).toMatchObject({ hasTokens: true });
});

it("an application that GitLab refuses is the manager's fault and costs nobody the sign-in", async () => {
  const liz = await withKey('liz');
  rig.secret('gitlab_secret', 'wrong');
  await rig.gitlab.tell('dropAccessTokens', 'liz');
  const row = await liz.until('the words', ({ error }) => /application id or secret/.test(error ?? ''));
  expect(row).toMatchObject({ hasTokens: true, blocked: false });
  rig.secret('gitlab_secret', rig.gitlab.introduction.clientSecret);
  await settled(liz);
});

it('a token endpoint that is silent costs nobody the sign-in', async () => {
  const max = await withKey('max');
  await rig.gitlab.tell('dropAccessTokens', 'max');
  await rig.gitlab.tell('inject', { kind: 'status', status: 500 }, { on: 'POST /oauth/token' });
  const row = await max.until('the words', ({ error }) => /failed with 500/.test(error ?? ''));
  expect(row).toMatchObject({ hasTokens: true, blocked: false });
  await rig.gitlab.tell('heal');
  await max.until('GitLab is heard again', async ({ error }) => (await hurry(), error === null), 60_000);
});

it('a fresh sign-in is not overwritten by a renewal that was under way', async () => {
  const sue = await rig.person('sue');
  await settled(sue);
  const accounts = rig.world.get(GitlabSyncsRepository);
  const claim = await until('a lease', () => accounts.claim(sue.accountId));
  await rig.signIn('sue', sue.gitlabId);
  const tokens = { access: 'old', refresh: 'old', expiresAt: null };
  await expect(accounts.storeTokens(claim, tokens)).rejects.toBeInstanceOf(LeaseLostError);
  await expect(accounts.dropTokens(claim)).rejects.toBeInstanceOf(LeaseLostError);
  expect(await settled(sue)).toMatchObject({ hasTokens: true });
});

it('a worker that is killed between spending and storing leaves an account that says that it needs a sign-in', async () => {
  const tim = await withKey('tim');
  const holder = rig.world.db.dataSource.createQueryRunner();
  // The lease can be taken, and what was got cannot be stored: a transaction holds the row from when the renewal has begun.
  await rig.gitlab.tell('inject', { kind: 'slow', ms: 3_000 }, { on: 'POST /oauth/token', times: 1 });
  await rig.gitlab.tell('requests');
  await rig.gitlab.tell('dropAccessTokens', 'tim');
  tim.wake();
  await until('the refusal', async () =>
    (await rig.gitlab.tell('requests')).some(({ call, status }) => call === 'GET /api/v4/user' && status === 401),
  );
  await holder.startTransaction();
  await holder.query('SELECT 1 FROM gitlab_accounts WHERE id = $1 FOR UPDATE', [tim.accountId]);
  await until('the renewal', async () =>
    (await rig.gitlab.tell('requests')).some(({ call, status }) => call === 'POST /oauth/token' && status === 200),
  );
  await Promise.all(rig.world.processes.filter(({ name }) => name === 'worker').map((one) => one.end('SIGKILL')));
  await until('the end of the store', async () => {
    const rows = await rig.world.query(
      `SELECT 1 FROM pg_stat_activity WHERE application_name = 'lxdm-worker' AND datname = current_database()`,
    );
    if (rows.length > 0)
      await rig.world.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lxdm-worker' AND datname = current_database()`,
      );
    return rows.length === 0;
  });
  await holder.rollbackTransaction();
  await holder.release();
  // The lease of the dead runs out by itself; here time is made to pass.
  await rig.world.query(`UPDATE gitlab_accounts SET lease_until = now() WHERE id = $1`, [tim.accountId]);
  await rig.world.start('worker');
  const row = await tim.until('the words', ({ error }) => SPENT.test(error ?? ''));
  expect(row).toMatchObject({ state: 'active', blocked: false, hasTokens: false });
  expect([await tim.keys(), await tim.hasSession()]).toEqual([['tim'], true]);
  await rig.signIn('tim', tim.gitlabId);
  await settled(tim);
});
