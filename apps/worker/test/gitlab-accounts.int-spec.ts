import { GitlabPerson } from './rig/gitlab-person';
import { GitlabWorld } from './rig/gitlab-world';
import { newSshKey } from './rig/ssh-key';

jest.setTimeout(120_000);

let rig: GitlabWorld;

beforeAll(async () => {
  rig = await GitlabWorld.make();
  await Promise.all([rig.world.start('worker'), rig.world.start('scheduler')]);
});
afterAll(() => rig.close());

const settled = (person: GitlabPerson) => person.until('first sync', (row) => row.synced && row.error === null);

it('keys come, stay and go, and each is in the log', async () => {
  const ada = await rig.person('ada');
  const { id } = await rig.gitlab.tell('addKey', 'ada', { key: newSshKey('ada@home') });
  await ada.until('the key', async () => (await ada.keys()).join() === 'ada@home');
  await rig.gitlab.tell('addKey', 'ada', { key: newSshKey('ada@work') });
  await ada.until('both keys', async () => (await ada.keys()).join() === 'ada@home,ada@work');
  await rig.gitlab.tell('removeKey', id);
  await ada.until('one key', async () => (await ada.keys()).join() === 'ada@work');
  expect(await ada.log()).toEqual(['ssh-key.add', 'ssh-key.add', 'ssh-key.remove']);
});

it('what has not changed is not sent again', async () => {
  const ada = await rig.person('etag');
  await rig.gitlab.tell('addKey', 'etag', { key: newSshKey('etag') });
  await ada.until('the key', async () => (await ada.keys()).length === 1);
  await rig.gitlab.tell('requests');
  await ada.looked();
  const asked = await rig.gitlab.tell('requests');
  const keys = asked.filter(({ call }) => call === `GET /api/v4/users/${ada.gitlabId}/keys`);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.every(({ status }) => status === 304)).toBe(true);
  expect(await ada.keys()).toEqual(['etag']);
});

it('bad keys are left out and named for as long as they are there; signing keys are no keys', async () => {
  const eve = await rig.person('eve');
  const bad = await rig.gitlab.tell('addKey', 'eve', { key: 'ssh-dss AAAAB3NzaC1kc3M=', title: 'old one' });
  await rig.gitlab.tell('addKey', 'eve', { key: newSshKey('signs'), usageType: 'signing' });
  await rig.gitlab.tell('addKey', 'eve', { key: newSshKey('good'), expiresAt: '2031-01-01T00:00:00.000Z' });
  await eve.until('the key', async () => (await eve.keys()).join() === 'good');
  // Also when the answer is 304.
  expect((await eve.looked()).error).toMatch(/^"old one" was left out: DSA/);
  const [row] = await rig.world.query<{ at: Date }>('SELECT expires_at AS at FROM ssh_keys WHERE user_id = $1', [
    eve.userId,
  ]);
  expect(row?.at.toISOString()).toBe('2031-01-01T00:00:00.000Z');
  await rig.gitlab.tell('removeKey', bad.id);
  await eve.until('nothing to complain about', (after) => after.error === null);
});

it('keys of the profile are not touched', async () => {
  const pat = await rig.person('pat');
  await rig.world.query(
    `INSERT INTO ssh_keys (user_id, source, type, public_key, comment, fingerprint) VALUES ($1, 'profile', 'ssh-ed25519', 'x', 'mine', 'SHA256:mine')`,
    [pat.userId],
  );
  await settled(pat);
  await pat.looked();
  expect(await rig.world.query('SELECT source FROM ssh_keys WHERE user_id = $1', [pat.userId])).toEqual([
    { source: 'profile' },
  ]);
});

it('a renamed account stays who it is', async () => {
  const joe = await rig.person('joe');
  await settled(joe);
  await rig.gitlab.tell('renamePerson', 'joe', 'joseph');
  expect((await joe.until('the name', (row) => row.username === 'joseph')).blocked).toBe(false);
});

it.each(['blocked', 'deactivated', 'banned', 'ldap_blocked', 'blocked_pending_approval'] as const)(
  'who is %s in GitLab is out, and in again when GitLab says so',
  async (state) => {
    const bob = await rig.person(`bob-${state.replaceAll('_', '-')}`);
    await rig.gitlab.tell('addKey', Number(bob.gitlabId), { key: newSshKey('bob') });
    await bob.until('the key', async () => (await bob.keys()).length === 1);
    await bob.giveSession();
    await rig.gitlab.tell('setState', Number(bob.gitlabId), state);
    const row = await bob.until('the block', ({ blocked }) => blocked);
    expect(row.state).toBe('blocked');
    expect(await bob.hasSession()).toBe(false);
    await bob.looked();
    await rig.gitlab.tell('setState', Number(bob.gitlabId), 'active');
    await bob.until('the return', ({ blocked, state: now }) => !blocked && now === 'active');
    expect(await bob.keys()).toEqual(['bob']);
    expect(await bob.log()).toEqual(['ssh-key.add', 'user.block', 'user.unblock']);
  },
);

it('a block that GitLab tells the person and not the manager is its own trouble with LDAP', async () => {
  const lea = await rig.person('lea');
  await settled(lea);
  await lea.giveSession();
  const body = '{"message":"403 Forbidden - Your account has been blocked."}';
  await rig.gitlab.tell('inject', { kind: 'status', status: 403, body }, { on: 'GET /api/v4/user$' });
  const row = await lea.until('the words', ({ error }) => /refuses the stored sign-in/.test(error ?? ''));
  expect([row.state, row.blocked, await lea.hasSession()]).toEqual(['active', false, true]);
  await rig.gitlab.tell('heal');
  await settled(lea);
});

it('who is gone from GitLab is out: GitLab says so to the token that reads for the manager', async () => {
  const kim = await rig.person('kim');
  await settled(kim);
  await kim.giveSession();
  await rig.gitlab.tell('deletePerson', 'kim');
  expect((await kim.until('the block', ({ blocked }) => blocked)).state).toBe('gone');
  expect(await kim.hasSession()).toBe(false);
});

it('a password of their own lets nobody stay whom GitLab blocks', async () => {
  const ivy = await rig.person('ivy');
  await settled(ivy);
  await rig.world.query(`UPDATE users SET password_hash = 'no hash' WHERE id = $1`, [ivy.userId]);
  await ivy.giveSession();
  await rig.gitlab.tell('setState', 'ivy', 'blocked');
  await ivy.until('the block', ({ blocked }) => blocked);
  expect(await ivy.hasSession()).toBe(false);
});

it("an admin with a password goes on without GitLab's keys: somebody has to be able to get in", async () => {
  const amy = await rig.person('amy');
  await rig.gitlab.tell('addKey', 'amy', { key: newSshKey('amy') });
  await amy.until('the key', async () => (await amy.keys()).length === 1);
  await rig.world.query(`UPDATE users SET password_hash = 'no hash', is_admin = true WHERE id = $1`, [amy.userId]);
  await amy.giveSession();
  await rig.gitlab.tell('setState', 'amy', 'blocked');
  const row = await amy.until('the state', ({ state }) => state === 'blocked');
  expect(row.blocked).toBe(false);
  expect([await amy.hasSession(), await amy.keys()]).toEqual([true, []]);
  await rig.gitlab.tell('setState', 'amy', 'active');
  await amy.until('the keys again', async () => (await amy.keys()).length === 1);
});

it('each change is told to those who listen', async () => {
  const ann = await rig.person('ann');
  await settled(ann);
  const [before] = await rig.world.query<{ seq: string }>('SELECT max(seq) AS seq FROM changes');
  const news = () =>
    rig.world.query(`SELECT 1 FROM changes WHERE kind = 'user' AND entity_id = $1 AND seq > $2`, [
      ann.userId,
      before?.seq,
    ]);
  await ann.looked();
  // A look that finds nothing new is no news.
  expect(await news()).toEqual([]);
  await rig.gitlab.tell('addKey', 'ann', { key: newSshKey('ann') });
  await ann.until('the key', async () => (await ann.keys()).length === 1);
  expect((await news()).length).toBe(1);
});
