import { Rig } from './rig';

const key = (name: string): string => `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${name.padEnd(43, 'A')} ${name}`;

describe('accounts and their keys', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.up();
  });
  afterAll(() => rig.down());
  const person = async (name: string): Promise<string> => String((await rig.standIn.tell('addPerson', name)).id);

  it.each(['blocked', 'deactivated', 'banned', 'ldap_blocked', 'blocked_pending_approval'] as const)(
    'hears that somebody is %s',
    async (state) => {
      const id = await person(`one-${state}`);
      expect(await rig.gitlab.user(id, { token: rig.apiToken })).toMatchObject({ state: 'active' });
      await rig.standIn.tell('setState', `one-${state}`, state);
      expect(await rig.gitlab.user(id, { token: rig.apiToken })).toMatchObject({ state });
    },
  );

  it('knows somebody renamed by the number', async () => {
    const id = await person('before');
    await rig.standIn.tell('renamePerson', 'before', 'after');
    expect(await rig.gitlab.user(id, { token: rig.apiToken })).toMatchObject({ id, username: 'after' });
  });

  it('hears that somebody is gone', async () => {
    const id = await person('leaver');
    await rig.standIn.tell('deletePerson', 'leaver');
    await expect(rig.gitlab.user(id, { token: rig.apiToken })).rejects.toMatchObject({ kind: 'not-found' });
    await expect(rig.gitlab.keysOf(id)).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('needs a token for an account, and none for keys', async () => {
    await expect(rig.gitlab.user(rig.member)).rejects.toMatchObject({ kind: 'forbidden', accountState: undefined });
    expect(await rig.gitlab.keysOf(rig.member)).toMatchObject({ unchanged: false, keys: [] });
  });

  it('asks with the token of somebody else as well', async () => {
    const id = await person('colleague');
    const { accessToken } = await rig.signIn();
    expect(await rig.gitlab.user(id, { token: accessToken })).toMatchObject({ username: 'colleague' });
  });

  it('reads keys with their dates, and leaves out those that only sign', async () => {
    const id = await person('keys');
    await rig.standIn.tell('addKey', 'keys', {
      key: key('laptop'),
      title: 'Laptop',
      expiresAt: '2027-01-02T00:00:00.000Z',
    });
    await rig.standIn.tell('addKey', 'keys', { key: key('signs'), usageType: 'signing' });
    expect(await rig.gitlab.keysOf(id)).toMatchObject({
      keys: [{ title: 'Laptop', key: key('laptop'), expiresAt: new Date('2027-01-02T00:00:00Z') }],
    });
  });

  it('is told that nothing changed, and of every change', async () => {
    const id = await person('etag');
    await rig.standIn.tell('addKey', 'etag', { key: key('one') });
    const first = await rig.gitlab.keysOf(id);
    if (first.unchanged) throw new Error('it never was asked before');
    expect(await rig.gitlab.keysOf(id, { etag: first.etag })).toEqual({ unchanged: true });
    const added = await rig.standIn.tell('addKey', 'etag', { key: key('two') });
    expect(await rig.gitlab.keysOf(id, { etag: first.etag })).toMatchObject({ unchanged: false, keys: [{}, {}] });
    await rig.standIn.tell('removeKey', added.id);
    expect(await rig.gitlab.keysOf(id, { etag: first.etag })).toEqual({ unchanged: true });
  });

  it('reads all pages, with no ETag that would stand for the first alone', async () => {
    const id = await person('many');
    const keys = Array.from({ length: 205 }, (_, n) => ({ key: key(`key-${n}`) }));
    await rig.standIn.tell('addKeys', id, keys);
    const all = await rig.gitlab.keysOf(id, { etag: 'W/"of-before"' });
    if (all.unchanged) throw new Error('the ETag was none of it');
    expect(all.keys.map(({ title }) => title)).toEqual(Array.from({ length: 205 }, (_, n) => `key-${n}`));
    expect(all.etag).toBeNull();
  });
});

describe('groups', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.up();
    await rig.standIn.tell('addGroup', 'platform');
    await rig.standIn.tell('addGroup', 'platform/web', 'Web');
    await rig.standIn.tell('setMember', 'platform', 'member', 30);
  });
  afterAll(() => rig.down());

  it('is found by its path, and by its number', async () => {
    const group = await rig.gitlab.group('platform/web', { token: rig.apiToken });
    expect(group).toEqual({ id: expect.stringMatching(/^\d+$/), name: 'Web', path: 'platform/web' });
    expect(await rig.gitlab.group(group.id, { token: rig.apiToken })).toEqual(group);
  });

  it('has the members of the groups above it, each once with the highest level', async () => {
    const { id } = await rig.gitlab.group('platform/web', { token: rig.apiToken });
    expect(await rig.gitlab.groupMembers(id, { token: rig.apiToken })).toMatchObject([
      { id: rig.member, username: 'member', state: 'active', accessLevel: 30 },
    ]);
    await rig.standIn.tell('setMember', 'platform/web', 'member', 50, '2027-05-06');
    expect(await rig.gitlab.groupMembers(id, { token: rig.apiToken })).toMatchObject([
      { id: rig.member, accessLevel: 50 },
    ]);
    await rig.standIn.tell('setState', 'member', 'blocked');
    expect(await rig.gitlab.groupMembers(id, { token: rig.apiToken })).toMatchObject([{ state: 'blocked' }]);
    await rig.standIn.tell('setState', 'member', 'active');
  });

  it('reads all pages of members', async () => {
    const { id } = await rig.standIn.tell('addGroup', 'crowd');
    for (let n = 0; n < 130; n += 1) {
      await rig.standIn.tell('addPerson', `crowd-${n}`);
      await rig.standIn.tell('setMember', id, `crowd-${n}`, 20);
    }
    expect(await rig.gitlab.groupMembers(String(id), { token: rig.apiToken })).toHaveLength(130);
  });

  it('is not there for the public, nor where there is none, and not allowed with a token of read_user', async () => {
    await expect(rig.gitlab.group('platform')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(rig.gitlab.group('nobody/here', { token: rig.apiToken })).rejects.toMatchObject({ kind: 'not-found' });
    const { accessToken } = await rig.signIn();
    await expect(rig.gitlab.group('platform', { token: accessToken })).rejects.toMatchObject({ kind: 'forbidden' });
  });
});
