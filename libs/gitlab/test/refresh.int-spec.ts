import { Rig } from './rig';

describe('refreshing tokens', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.up();
  });
  afterEach(() => rig.standIn.tell('heal'));
  afterAll(() => rig.down());

  it('rotates: the new ones are taken, the old access token is not', async () => {
    const first = await rig.signIn();
    const second = await rig.gitlab.refreshToken(first.refreshToken ?? '');
    expect(await rig.gitlab.currentUser(second.accessToken)).toMatchObject({ username: 'member' });
    await expect(rig.gitlab.currentUser(first.accessToken)).rejects.toMatchObject({ kind: 'unauthorized' });
    const third = await rig.gitlab.refreshToken(second.refreshToken ?? '');
    expect(await rig.gitlab.currentUser(third.accessToken)).toMatchObject({ username: 'member' });
  });

  it('refuses a refresh token the second time', async () => {
    const { refreshToken } = await rig.signIn();
    await rig.gitlab.refreshToken(refreshToken ?? '');
    await expect(rig.gitlab.refreshToken(refreshToken ?? '')).rejects.toMatchObject({
      kind: 'token-refused',
      temporary: false,
    });
  });

  it('refuses it for somebody who was blocked, and takes it when that is over', async () => {
    const { accessToken, refreshToken } = await rig.signIn();
    await rig.standIn.tell('setState', 'member', 'blocked');
    await expect(rig.gitlab.currentUser(accessToken)).rejects.toMatchObject({
      kind: 'forbidden',
      accountState: 'blocked',
    });
    await expect(rig.gitlab.refreshToken(refreshToken ?? '')).rejects.toMatchObject({ kind: 'token-refused' });
    await rig.standIn.tell('setState', 'member', 'active');
    expect(await rig.gitlab.refreshToken(refreshToken ?? '')).toMatchObject({ accessToken: expect.any(String) });
  });

  it('is told that a token has expired', async () => {
    await rig.standIn.tell('tokensLast', 1);
    const { accessToken, expiresAt } = await rig.signIn();
    expect((expiresAt?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(1000);
    const ask = (): Promise<unknown> => rig.gitlab.currentUser(accessToken).catch((error: unknown) => error);
    for (const end = Date.now() + 5000; Date.now() < end && !((await ask()) instanceof Error););
    expect(await ask()).toMatchObject({ kind: 'unauthorized' });
  });

  it('can be refused by order, and healed', async () => {
    const { refreshToken } = await rig.signIn();
    await rig.standIn.tell('refuseRefresh', true);
    await expect(rig.gitlab.refreshToken(refreshToken ?? '')).rejects.toMatchObject({ kind: 'token-refused' });
    await rig.standIn.tell('heal');
    expect(await rig.gitlab.refreshToken(refreshToken ?? '')).toMatchObject({ accessToken: expect.any(String) });
  });

  it.each([500, 502, 503])('is no word about the token when GitLab fails with %s', async (status) => {
    const { refreshToken } = await rig.signIn();
    await rig.standIn.tell('inject', { kind: 'status', status }, { on: '/oauth/token', times: 1 });
    await expect(rig.gitlab.refreshToken(refreshToken ?? '')).rejects.toMatchObject({
      kind: 'server',
      temporary: true,
    });
    expect(await rig.gitlab.refreshToken(refreshToken ?? '')).toMatchObject({ accessToken: expect.any(String) });
  });

  it.each([
    ['a 401 of somebody else', { kind: 'status', status: 401 }],
    ['a 400 of somebody else', { kind: 'status', status: 400 }],
    ['a page', { kind: 'html' }],
    ['JSON without a token', { kind: 'json', body: '{"expires_in": 7200}' }],
  ] as const)('takes %s for garbage', async (_what, fault) => {
    await rig.standIn.tell('inject', fault, { on: '/oauth/token' });
    await expect(rig.gitlab.refreshToken('anything')).rejects.toMatchObject({ kind: 'garbage', temporary: true });
  });
});
