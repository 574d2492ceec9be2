import { GitlabStandIn, StandInFault } from '@lxdm/testing';
import { ApiUnderTest, PASSWORD } from './api-under-test';
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
afterEach(() => gitlab.tell('heal'));

const TOKEN = 'POST /oauth/token';
const USER = 'GET /api/v4/user';
const json = (body: string): StandInFault => ({ kind: 'json', body });

it.each<[string, string, StandInFault, string]>([
  ['down before the code is taken', TOKEN, { kind: 'down' }, 'gitlab-unreachable'],
  ['down after it', USER, { kind: 'down' }, 'gitlab-unreachable'],
  ['hanging', TOKEN, { kind: 'hang' }, 'gitlab-unreachable'],
  ['hanging later', USER, { kind: 'hang' }, 'gitlab-unreachable'],
  ['dripping for ever', USER, { kind: 'drip', ms: 100 }, 'gitlab-unreachable'],
  ['answering 500', TOKEN, { kind: 'status', status: 500 }, 'gitlab-unreachable'],
  ['answering 502 later', USER, { kind: 'status', status: 502 }, 'gitlab-unreachable'],
  ['throttling', TOKEN, { kind: 'status', status: 429 }, 'gitlab-unreachable'],
  ['answering a page', TOKEN, { kind: 'html' }, 'gitlab-garbage'],
  ['answering a page later', USER, { kind: 'html' }, 'gitlab-garbage'],
  ['answering null', TOKEN, json('null'), 'gitlab-garbage'],
  ['answering null later', USER, json('null'), 'gitlab-garbage'],
  ['answering no token', TOKEN, json('{}'), 'gitlab-garbage'],
  ['answering a token that is no text', TOKEN, json('{"access_token":{"a":1}}'), 'gitlab-garbage'],
  ['answering nobody', USER, json('{"id":null,"username":"x","state":"active"}'), 'gitlab-garbage'],
  ['answering a user without a state', USER, json('{"id":1,"username":"root"}'), 'gitlab-garbage'],
  ['answering too much', USER, { kind: 'huge' }, 'gitlab-garbage'],
  ['hanging up in the middle', USER, { kind: 'truncate' }, 'gitlab'],
  ['not knowing us', TOKEN, { kind: 'status', status: 401, body: '{"error":"invalid_client"}' }, 'gitlab-settings'],
  ['not taking its own token', USER, { kind: 'status', status: 401, body: '{"message":"401"}' }, 'gitlab-refused'],
])('a GitLab that is %s: the sign-in fails clearly, and nothing is left behind', async (_case, on, fault, code) => {
  const browser = new GitlabVisitor(api, gitlab);
  const back = await browser.agree(await browser.leave(), 'ada');
  await gitlab.tell('inject', fault, { on });
  const began = Date.now();
  const answer = await browser.get(back);
  expect(Date.now() - began).toBeLessThan(5_000);
  expect(answer.status).toBe(302);
  expect(answer.headers['location']).toMatch(new RegExp(`^/sign-in\\?error=${code}`));
  expect(answer.headers['location']).toContain(`request=${answer.headers['x-request-id']}`);
  expect(browser.token).toBeUndefined();
  expect(await api.db.query(`SELECT 1 FROM users WHERE username_key IN ('ada', 'root', 'x')`)).toEqual([]);
});

it('a slow GitLab is waited for', async () => {
  const browser = new GitlabVisitor(api, gitlab);
  const back = await browser.agree(await browser.leave(), 'ada');
  await gitlab.tell('inject', { kind: 'slow', ms: 700 }, { on: TOKEN });
  expect((await browser.get(back)).headers['location']).toBe('/');
});

it('a GitLab that is away does not keep local people out, nor those who are in', async () => {
  const browser = new GitlabVisitor(api, gitlab);
  await browser.signIn('ada');
  await api.seeds.user('local');
  await gitlab.tell('inject', { kind: 'down' });
  try {
    expect((await browser.get('/api/session')).status).toBe(200);
    await api.anonymous().post('/api/session').send({ username: 'local', password: PASSWORD }).expect(200);
    expect(await browser.leave({}, { 'Sec-Fetch-Site': 'same-origin' })).toContain(gitlab.url);
  } finally {
    // The stand-in's own control is not befallen by faults.
    await gitlab.tell('heal');
  }
});

it('the database being away ends on the page for signing in, too', async () => {
  const browser = new GitlabVisitor(api, gitlab);
  const back = await browser.agree(await browser.leave(), 'ada');
  await api.withoutDatabase(async () => {
    expect((await browser.get(back)).headers['location']).toMatch(/^\/sign-in\?error=(not-ready|failed)/);
  });
});

it('a sign-in of somebody whom GitLab shuts out is written down, of a stranger too', async () => {
  await gitlab.tell('addPerson', 'shut');
  const state = (id: number): StandInFault =>
    json(JSON.stringify({ id, username: 'shut', name: '', state: 'blocked' }));
  const attempt = async (id: number): Promise<string> => {
    const browser = new GitlabVisitor(api, gitlab);
    const back = await browser.agree(await browser.leave(), 'shut');
    await gitlab.tell('inject', state(id), { on: USER });
    const { location } = (await browser.get(back)).headers;
    await gitlab.tell('heal');
    return location ?? '';
  };
  expect(await new GitlabVisitor(api, gitlab).signIn('shut')).toBe('/');
  const [known] = await api.db.query(`SELECT user_id, gitlab_id::int FROM gitlab_accounts WHERE username = 'shut'`);
  expect(await attempt(known.gitlab_id)).toMatch(/error=blocked/);
  expect(await attempt(987_654)).toMatch(/error=blocked/);
  const rows = await api.db.query(
    `SELECT target_id, detail->>'state' AS state FROM audit_events WHERE action = 'session.sign-in' AND result = 'failed' ORDER BY seq`,
  );
  expect(rows).toEqual([
    { target_id: known.user_id, state: 'blocked' },
    { target_id: null, state: 'blocked' },
  ]);
});
