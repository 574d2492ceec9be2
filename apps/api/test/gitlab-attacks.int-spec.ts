import { GitlabStandIn } from '@lxdm/testing';
import { ApiUnderTest } from './api-under-test';
import { clientOf, GitlabVisitor } from './gitlab-visitor';

jest.setTimeout(30_000);

let gitlab: GitlabStandIn;
let api: ApiUnderTest;
beforeAll(async () => {
  gitlab = await GitlabStandIn.start();
  api = await ApiUnderTest.start({ gitlabs: [clientOf(gitlab)] });
  await gitlab.tell('addPerson', 'ada');
});
afterAll(async () => {
  await api.stop();
  await gitlab.stop();
});

const visitor = (): GitlabVisitor => new GitlabVisitor(api, gitlab);
const locationOf = async (browser: GitlabVisitor, path: string): Promise<string> => {
  const answer = await browser.get(path);
  expect(answer.status).toBe(302);
  return answer.headers['location'] ?? '';
};

describe('a state', () => {
  it('is good once, also when the browser keeps its cookie', async () => {
    const browser = visitor();
    const back = await browser.agree(await browser.leave(), 'ada');
    const kept = new Map(browser.cookies);
    expect(await locationOf(browser, back)).toBe('/');
    const replay = visitor();
    for (const [name, value] of kept) replay.cookies.set(name, value);
    expect(await locationOf(replay, back)).toMatch(/error=state/);
    expect(replay.token).toBeUndefined();
  });

  it('is good once, also at the same moment', async () => {
    const browser = visitor();
    const back = await browser.agree(await browser.leave(), 'ada');
    const copies = [1, 2, 3, 4].map(() => {
      const copy = visitor();
      for (const [name, value] of browser.cookies) copy.cookies.set(name, value);
      return copy;
    });
    const ends = await Promise.all(copies.map((copy) => locationOf(copy, back)));
    expect(ends.filter((end) => end === '/')).toHaveLength(1);
    expect(ends.filter((end) => end.includes('error=state'))).toHaveLength(3);
  });

  it('is worth nothing in another browser, so that nobody can be signed in as somebody else', async () => {
    const attacker = visitor();
    const back = await attacker.agree(await attacker.leave(), 'ada');
    const victim = visitor();
    expect(await locationOf(victim, back)).toMatch(/error=state/);
    // Nor with a sign-in of the victim's own under way.
    await victim.leave();
    expect(await locationOf(victim, back)).toMatch(/error=state/);
    expect(victim.token).toBeUndefined();
  });

  it.each(['', 'x', 'st_', `st_${'A'.repeat(43)}`, 'st_%00', "' OR 1=1 --"])('of %j is refused', async (state) => {
    const browser = visitor();
    await browser.leave();
    const query = new URLSearchParams({ code: 'x', state });
    expect(await locationOf(browser, `/social-auth/complete/gitlab/?${query}`)).toMatch(/error=state/);
  });

  it('twice in one address is refused', async () => {
    const browser = visitor();
    const back = await browser.agree(await browser.leave(), 'ada');
    const { state } = Object.fromEntries(new URLSearchParams(back.split('?')[1]));
    expect(await locationOf(browser, `${back}&state=${state}`)).toMatch(/error=state/);
  });

  it('that is too old is refused', async () => {
    const browser = visitor();
    const back = await browser.agree(await browser.leave(), 'ada');
    const now = Date.now;
    try {
      Date.now = () => now() + 11 * 60_000;
      expect(await locationOf(browser, back)).toMatch(/error=expired/);
    } finally {
      Date.now = now;
    }
  });

  it('of an error is looked at, too', async () => {
    expect(await locationOf(visitor(), '/social-auth/complete/gitlab/?error=access_denied')).toMatch(/error=state/);
    const browser = visitor();
    const address = await browser.leave();
    await gitlab.tell('allowRedirect', new URL(address).searchParams.get('redirect_uri') ?? '');
    const back = new URL(await gitlab.tell('deny', address));
    expect(await locationOf(browser, `${back.pathname}${back.search}`)).toMatch(/error=denied/);
  });
});

it('a code is good once, and only with the verifier of its own sign-in', async () => {
  const [one, two] = [visitor(), visitor()];
  const first = new URLSearchParams((await one.agree(await one.leave(), 'ada')).split('?')[1]);
  const second = new URLSearchParams((await two.agree(await two.leave(), 'ada')).split('?')[1]);
  // The code of one sign-in, injected into the other, whose state is right.
  second.set('code', first.get('code') ?? '');
  expect(await locationOf(two, `/social-auth/complete/gitlab/?${second}`)).toMatch(/error=code/);
  expect(two.token).toBeUndefined();
});

describe('the way on after a sign-in', () => {
  it.each([
    ['/containers?x=1#y', '/containers?x=1#y'],
    ['/', '/'],
    ['', '/'],
    ['//evil.example', '/'],
    ['//evil.example/%2f..', '/'],
    ['/\\evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['/\n/evil.example', '/'],
    ['/.//evil.example', '/'],
    ['/x/..//evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
    ['evil.example', '/'],
    ['/x\r\nSet-Cookie: a=b', '/'],
    ['/social-auth/login/gitlab/', '/'],
    ['/api/session', '/'],
    [`/${'a'.repeat(3000)}`, '/'],
  ])('from %j leads to %j', async (next, end) => {
    const answer = await visitor().signIn('ada', { next });
    expect(answer).toBe(end);
  });

  it('is ours after a failure, too', async () => {
    const browser = visitor();
    const address = await browser.leave({ next: '//evil.example' });
    await gitlab.tell('allowRedirect', new URL(address).searchParams.get('redirect_uri') ?? '');
    const back = new URL(await gitlab.tell('deny', address));
    expect(await locationOf(browser, `${back.pathname}${back.search}`)).toMatch(
      /^\/sign-in\?error=denied&request=[\w-]+$/,
    );
  });
});

it('a session that was planted before the sign-in is worth nothing after it', async () => {
  const victim = visitor();
  const planted = await api.signedIn('planter');
  victim.cookies.set('lxdm_session', planted.session.token);
  await victim.signIn('ada', {}, { 'Sec-Fetch-Site': 'same-origin' });
  expect(victim.token).toBeDefined();
  expect(victim.token).not.toBe(planted.session.token);
  await planted.get('/api/session').expect(401);
});

it.each([
  ['a link on another site', { 'Sec-Fetch-Site': 'cross-site' }],
  ['a page that hides where it is', {}],
])('a session that is there is not replaced by %s', async (_case, headers) => {
  const browser = visitor();
  const person = await api.signedIn(`at-work-${Object.keys(headers).length}`);
  browser.cookies.set('lxdm_session', person.session.token);
  const before = new Map(browser.cookies);
  expect(await browser.leave({ next: '/profile' }, headers)).toBe('/');
  expect(browser.cookies).toEqual(before);
  await person.get('/api/session').expect(200);
  // Without a session a link from elsewhere begins a sign-in, as any link to the console does.
  expect(await visitor().leave({}, headers)).toContain('/oauth/authorize');
});

it('keeps the cookie of a sign-in from scripts, other hosts and plain HTTP', async () => {
  const plain = await api.anonymous().get('/social-auth/login/gitlab/').expect(302);
  expect(String(plain.headers['set-cookie'])).toMatch(
    /^lxdm_sign_in=[^;]+; Max-Age=600; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/,
  );
  const tls = await api.anonymous().get('/social-auth/login/gitlab/').set('X-Forwarded-Proto', 'https').expect(302);
  expect(String(tls.headers['set-cookie'])).toMatch(
    /^__Host-lxdm_sign_in=[^;]+; Max-Age=600; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(tls.headers['location']).toContain(
    encodeURIComponent(`https://127.0.0.1:${api.port}/social-auth/complete/gitlab/`),
  );
  expect(plain.headers['cache-control']).toBe('no-store');
});

it('tells a stranger who guesses codes to wait', async () => {
  const ends: string[] = [];
  for (let n = 0; n < 62; n++) {
    const browser = visitor();
    const state = new URL(await browser.leave()).searchParams.get('state') ?? '';
    ends.push(
      await locationOf(browser, `/social-auth/complete/gitlab/?${new URLSearchParams({ code: `guess${n}`, state })}`),
    );
  }
  expect(ends[0]).toMatch(/error=code/);
  expect(ends.at(-1)).toMatch(/error=too-many/);
});
