import { Rig } from './rig';

describe.each([{ prefix: '' }, { prefix: '/git/lab' }])('sign-in at a GitLab at "$prefix/"', ({ prefix }) => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await Rig.up({ prefix });
  });
  afterAll(() => rig.down());

  it('brings back code and state, and tokens that say who it is', async () => {
    const { url, codeVerifier } = rig.authorizeUrl({ state: 'a b/c' });
    const callback = new URL(await rig.standIn.tell('signIn', url, 'member'));
    expect(callback.searchParams.get('state')).toBe('a b/c');
    const tokens = await rig.gitlab.exchangeCode({
      code: callback.searchParams.get('code') ?? '',
      redirectUri: `${callback.origin}${callback.pathname}`,
      codeVerifier,
    });
    expect(tokens.refreshToken).toEqual(expect.any(String));
    expect((tokens.expiresAt?.getTime() ?? 0) - Date.now()).toBeGreaterThan(7_100_000);
    expect(await rig.gitlab.currentUser(tokens.accessToken)).toEqual({
      id: rig.member,
      username: 'member',
      name: 'A Member',
      state: 'active',
    });
  });

  it('says so when the person denies', async () => {
    const callback = new URL(await rig.standIn.tell('deny', rig.authorizeUrl().url));
    expect(callback.searchParams.get('error')).toBe('access_denied');
    expect(callback.searchParams.get('state')).toBe('state-of-the-test');
  });

  it('refuses a request without PKCE', async () => {
    const url = new URL(rig.authorizeUrl().url);
    url.searchParams.delete('code_challenge');
    url.searchParams.delete('code_challenge_method');
    const callback = new URL(await rig.standIn.tell('signIn', url.href, 'member'));
    expect(callback.searchParams.get('error')).toBe('invalid_request');
  });

  it('keeps the browser when the callback is not registered', async () => {
    const { url } = rig.authorizeUrl({ redirect_uri: 'http://127.0.0.1:1/elsewhere' });
    await expect(rig.standIn.tell('signIn', url, 'member')).rejects.toThrow('invalid_redirect_uri');
  });

  it.each(['blocked', 'deactivated', 'banned'] as const)('keeps the browser of somebody %s', async (state) => {
    await rig.standIn.tell('addPerson', `is-${state}`, 'X', state);
    await expect(rig.standIn.tell('signIn', rig.authorizeUrl().url, `is-${state}`)).rejects.toThrow(
      `Your account has been ${state}`,
    );
  });

  it('takes a code once', async () => {
    const exchange = await rig.codeOf('member');
    await rig.gitlab.exchangeCode(exchange);
    await expect(rig.gitlab.exchangeCode(exchange)).rejects.toMatchObject({ kind: 'token-refused' });
  });

  it('takes a code only with its verifier', async () => {
    const exchange = await rig.codeOf('member');
    const other = 'x'.repeat(43);
    await expect(rig.gitlab.exchangeCode({ ...exchange, codeVerifier: other })).rejects.toMatchObject({
      kind: 'token-refused',
    });
  });

  it('tells a wrong secret of the application from a spent token', async () => {
    const exchange = await rig.codeOf('member');
    await expect(rig.client({ clientSecret: 'wrong' }).exchangeCode(exchange)).rejects.toMatchObject({
      kind: 'client-refused',
    });
  });
});
