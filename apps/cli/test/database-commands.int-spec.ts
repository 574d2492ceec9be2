import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyLine, newKeyRing, verifyPassword } from '@lxdm/crypto';
import { cli, emptyDatabase, Outcome } from './command-line';

// Migrations up, down and up again, on a machine that has other things to do.
jest.setTimeout(60_000);

let database: Awaited<ReturnType<typeof emptyDatabase>>;
let folder: string;
let environment: Record<string, string>;
const ring = newKeyRing();
const dnsRing = newKeyRing();
const run = (line: string, input?: string, more: Record<string, string> = {}): Promise<Outcome> =>
  cli({ ...environment, ...more }, line, input);

beforeAll(async () => {
  database = await emptyDatabase();
  folder = mkdtempSync(join(tmpdir(), 'cli-database-'));
  writeFileSync(join(folder, 'db_encrypt'), ring);
  writeFileSync(join(folder, 'dns_encrypt'), dnsRing);
  environment = { DATABASE_URL: database.url, LXDM_SECRETS_DIR: folder, DNS_ZONE: 'ct.example.org' };
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

it('tells to migrate before anything else works', async () => {
  for (const line of ['host list', 'container list', 'operation list', 'zone export', 'createsuperuser --if-missing'])
    expect(await run(line)).toMatchObject({
      code: 1,
      err: expect.stringContaining('run "npm run cli -- migrate" first'),
    });
});

it('migrates once, ties the database to the ring, and makes the zone known', async () => {
  const first = await run('migrate');
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toMatch(/^applied Schema/);
  for (const name of ['db_encrypt', 'dns_encrypt'])
    expect(first.out).toContain(`the database is tied to the key ring ${name} now`);
  expect(await run('migrate')).toEqual({ code: 0, out: 'The schema is current; zone ct.example.org.\n', err: '' });
});

it.each([
  ['db_encrypt', dnsRing, 'dns_encrypt'],
  ['dns_encrypt', ring, 'db_encrypt'],
])('refuses another %s with 78 and changes nothing', async (name, right, rightName) => {
  const other = mkdtempSync(join(tmpdir(), 'cli-ring-'));
  writeFileSync(join(other, rightName), right);
  writeFileSync(join(other, name), newKeyRing());
  const before = await database.query('SELECT * FROM key_check');
  expect(await run('migrate', '', { LXDM_SECRETS_DIR: other })).toMatchObject({
    code: 78,
    err: expect.stringContaining(`(secrets/${name}) is not the one that sealed this database`),
  });
  rmSync(join(other, name));
  expect(await run('migrate', '', { LXDM_SECRETS_DIR: other })).toMatchObject({
    code: 78,
    err: expect.stringContaining('is missing'),
  });
  expect(await database.query('SELECT * FROM key_check')).toEqual(before);
  rmSync(other, { recursive: true });
});

it('takes a new key at the end of the ring into use', async () => {
  writeFileSync(join(folder, 'db_encrypt'), `${ring}${newKeyLine()}`);
  expect((await run('migrate')).out).toContain('the newest key of the ring db_encrypt is in use now');
  // The old key alone would not open what the new one seals.
  writeFileSync(join(folder, 'db_encrypt'), ring);
  expect((await run('migrate')).code).toBe(78);
});

it('checks the migrations on a database of its own and removes it', async () => {
  const databases = () => database.query(`SELECT datname FROM pg_database WHERE datname LIKE 'lxdm_check_%'`);
  expect(await run('migrate --check')).toEqual({
    code: 0,
    out: 'The migrations make the schema that the code expects, and can be undone.\n',
    err: '',
  });
  expect((await databases()).filter(({ datname }) => String(datname).includes(`_${process.pid}_`))).toEqual([]);
});

it('makes an admin, and signs the account out when it gets a new password', async () => {
  const user = async () => (await database.query(`SELECT * FROM users WHERE username_key = 'root.admin'`))[0] ?? {};
  const create = 'createsuperuser --username Root.Admin --password-stdin';
  expect(await run(create, 'correct horse battery\nignored')).toMatchObject({ code: 0, out: 'created Root.Admin\n' });
  expect(await verifyPassword(String((await user())['password_hash']), 'correct horse battery')).toBe(true);
  expect(await user()).toMatchObject({ is_admin: true, blocked_at: null });
  expect((await user())['approved_at']).not.toBeNull();
  await database.query(
    `INSERT INTO sessions (token_hash, user_id, address, user_agent, expires_at) SELECT 'x', id, '', '', now() + interval '1 hour' FROM users`,
  );
  await database.query(
    `INSERT INTO api_tokens (token_hash, user_id, name, scope) SELECT 'x', id, 'old', 'admin' FROM users`,
  );
  expect(
    await run('createsuperuser --username root.admin', '', { LXDM_ADMIN_PASSWORD: 'another good one' }),
  ).toMatchObject({
    out: 'updated root.admin\n',
  });
  expect(await verifyPassword(String((await user())['password_hash']), 'another good one')).toBe(true);
  expect(await database.query('SELECT 1 FROM sessions')).toEqual([]);
  expect(await database.query('SELECT 1 FROM api_tokens WHERE revoked_at IS NULL')).toEqual([]);
  expect(await run('createsuperuser --if-missing --password-stdin', 'a third good one')).toMatchObject({
    code: 0,
    out: 'There is an admin already; nothing was changed.\n',
  });
});

it('lists people, blocks and unblocks them, and writes it down', async () => {
  await database.query(`INSERT INTO users (username, username_key) VALUES ('Newcomer', 'newcomer')`);
  expect(await run('user unblock --username NEWCOMER --reason welcome')).toMatchObject({
    code: 0,
    out: 'unblocked NEWCOMER\n',
  });
  expect((await run('user list')).out).toMatch(/Newcomer +person +active .*welcome/);
  await database.query(
    `INSERT INTO sessions (token_hash, user_id, address, user_agent, expires_at) SELECT 'y', id, '', '', now() + interval '1 hour' FROM users WHERE username_key = 'newcomer'`,
  );
  expect(await run('user block --username newcomer')).toMatchObject({ code: 0, out: 'blocked newcomer\n' });
  expect((await run('user block --username newcomer')).out).toContain('nothing was changed');
  expect(await database.query('SELECT 1 FROM sessions')).toEqual([]);
  const people = JSON.parse((await run('user list --json')).out);
  expect(people).toContainEqual(expect.objectContaining({ username: 'Newcomer', standing: 'blocked' }));
  expect(
    await database.query(
      `SELECT action, means, target_name FROM audit_events WHERE target_name = 'Newcomer' ORDER BY seq`,
    ),
  ).toEqual([
    { action: 'user.unblock', means: 'cli', target_name: 'Newcomer' },
    { action: 'user.block', means: 'cli', target_name: 'Newcomer' },
  ]);
  expect(await run('user block --username nobody')).toMatchObject({
    code: 1,
    err: expect.stringContaining('nobody named'),
  });
  expect(await run('user block')).toMatchObject({ code: 2, err: expect.stringContaining('--username') });
});

it.each([
  ['a short password', 'createsuperuser --password-stdin', 'short\n', 1, 'at least 10 characters'],
  ['no password at all', 'createsuperuser --password-stdin', '', 1, 'holds no password'],
  ['more than a password', 'createsuperuser --password-stdin', 'x'.repeat(20_000), 1, 'more than a password'],
  ['no way to ask', 'createsuperuser', '', 2, '--password-stdin'],
  ['a strange name', 'createsuperuser --username ../x --password-stdin', 'correct horse battery', 2, 'A username has'],
  ['an unknown option', 'host list --nonsense', '', 2, '--nonsense'],
  ['a stray word', 'host list extra', '', 2, 'extra'],
  ['an unknown command', 'hosts', '', 2, 'There is no command "hosts"'],
  ['a wrong limit', 'operation list --limit 0', '', 2, '--limit'],
  ['a wrong status', 'operation list --status Done', '', 2, '--status'],
  ['an unknown format', 'zone export --format xml', '', 2, '--format'],
])('refuses %s', async (_what, line, input, code, sentence) => {
  const outcome = await run(line, input);
  expect([outcome.code, outcome.out]).toEqual([code, '']);
  expect(outcome.err).toContain(sentence);
});

it.each([
  ['no URL', { DATABASE_URL: '' }, 78, 'DATABASE_URL is needed'],
  ['a URL of another kind', { DATABASE_URL: 'mysql://root:secret-word@x/y' }, 78, 'DATABASE_URL must be'],
  ['nobody at the port', { DATABASE_URL: 'postgres://a:secret-word@127.0.0.1:1/x' }, 1, 'Nothing listens'],
  ['an impossible zone', { DNS_ZONE: 'secret-word..' }, 78, 'DNS_ZONE must be'],
])('says what is wrong with %s, and no value', async (_what, more, code, sentence) => {
  const outcome = await run('migrate', '', more);
  expect(outcome.code).toBe(code);
  expect(outcome.err).toContain(sentence);
  expect(outcome.err).not.toContain('secret-word');
});

describe('with a host and a container', () => {
  beforeAll(async () => {
    await database.query(
      `INSERT INTO hosts (id, name, name_key, url, pin, seen_fingerprint, trusted, observed_generation, last_seen_at)
       VALUES ('00000000-0000-4000-8000-000000000001', 'north', 'north', 'https://north.example:8443', 'aa', 'aa', true, 1, now())`,
    );
    await database.query(
      `INSERT INTO containers (id, name, name_key, host_id, hwaddr_eth0, hwaddr_eth1, power, observed_status, observed_generation, created_on_host_at)
       VALUES ('00000000-0000-4000-8000-000000000002', 'Web1', 'web1', '00000000-0000-4000-8000-000000000001', '', '', 'running', 'Running', 1, now())`,
    );
    await database.query(
      `INSERT INTO addresses (container_id, interface, address, family, published, present)
       VALUES ('00000000-0000-4000-8000-000000000002', 'eth1', '2001:db8::7', 6, true, true)`,
    );
    await database.query(
      `INSERT INTO operations (type, status, target_kind, target_id, target_name, target_generation, deadline_at)
       VALUES ('container.create', 'Success', 'container', '00000000-0000-4000-8000-000000000002', 'Web1', 1, now())`,
    );
  });

  it.each([
    ['host list', /^NAME .*\nnorth +Online .* 1\/1 .*https:\/\/north\.example:8443/],
    ['container list', /^NAME .*\nWeb1 +Running +- +north +2001:db8::7/],
    ['container list --filter nothing', /^$/],
    ['operation list', /^ACCEPTED .*\n[-0-9]+ [:0-9]+Z +container\.create +Web1 +Success/],
    ['operation list --status failure', /^$/],
    [
      'zone export',
      /^\$ORIGIN ct\.example\.org\.\nct\.example\.org\. 3600 IN SOA .*\nct\.example\.org\. 3600 IN NS ns\.example\.org\.\nweb1\.ct\.example\.org\. 60 IN AAAA 2001:db8::7\n$/,
    ],
  ])('%s', async (line, expected) => {
    const { code, out } = await run(line);
    expect(code).toBe(0);
    expect(out).toMatch(expected);
  });

  it.each(['host list', 'container list', 'operation list'])('%s --json', async (line) => {
    const rows = JSON.parse((await run(`${line} --json`)).out) as { id: string }[];
    expect(rows).toHaveLength(1);
    expect(rows[0]?.id).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not know a zone that was never migrated', async () => {
    expect(await run('zone export', '', { DNS_ZONE: 'other.example.' })).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not know the zone other.example.'),
    });
  });
});

it('helps without a database', async () => {
  for (const line of ['', 'help', '--help'])
    expect(await cli({}, line)).toMatchObject({ code: 0, out: expect.stringContaining('createsuperuser') });
  for (const line of ['help zone export', 'zone export --help'])
    expect(await cli({}, line)).toMatchObject({ code: 0, out: expect.stringContaining('--format') });
});
