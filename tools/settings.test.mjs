// @ts-check
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSettings, settingNames } from './settings.mjs';

/** @type {(path: string) => string} */
const noFile = () => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' });
};
const faultsOf = (/** @type {Record<string, string>} */ env, readFile = noFile) => readSettings(env, readFile).faults;

test('nothing set is right', () => {
  const { settings, faults } = readSettings({}, noFile);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    [settings.httpPort, settings.dnsPort, settings.bind, settings.zone, settings.databaseUrl],
    [8080, 5300, '127.0.0.1', 'ct.example.org.', undefined],
  );
});
test('an empty variable is one that is not set', () =>
  assert.deepEqual(faultsOf({ LXDM_HTTP_PORT: '', DATABASE_URL: '' }), []));
test('a zone gets its dot and small letters', () =>
  assert.equal(readSettings({ DNS_ZONE: 'Ct.Example.COM' }, noFile).settings.zone, 'ct.example.com.'));

for (const [name, value] of [
  ['LXDM_HTTP_PORT', '0'],
  ['LXDM_HTTP_PORT', '65536'],
  ['LXDM_HTTP_PORT', '80a'],
  ['LXDM_DNS_PORT', '-1'],
  ['LXDM_METRICS_PORT', '65534'],
  ['LXDM_BIND', 'localhost'],
  ['LXDM_BIND', '127.0.0.256'],
  ['DATABASE_URL', 'mysql://host/db'],
  ['DATABASE_URL', 'postgres:///only-a-path'],
  ['REDIS_URL', 'queue.example:6379'],
  ['DNS_ZONE', 'ct..example.org'],
  ['DNS_ZONE', '-x.example'],
  ['DNS_NAMESERVER', 'ns example'],
  ['DNS_NAMESERVER_ADDRESSES', '192.0.2.1,elsewhere'],
  ['DNS_COOKIE_SECRETS', 'too-short'],
  ['DNS_RATE_LIMIT', 'all'],
  ['DNS_RATE_EXEMPT', 'home'],
  ['DNS_UDP_OCTETS', '65535'],
  ['LXDM_PUBLIC_HOSTS', 'console.example.org,'],
  ['LXDM_TRUSTED_PROXIES', 'proxy/8'],
  ['LXDM_LOG_LEVEL', 'loud'],
  ['GITLAB_URL', 'git.example.net'],
  ['GITLAB_URL', 'https://user:pass@gitlab.example.org/'],
  ['GITLAB_URL', 'https://a.example/ https://b.example/'],
  ['GITLAB_SYNC_SECONDS', '0'],
  ['LXDM_AUDIT_DAYS', '7'],
  ['LXDM_ADMIN_PASSWORD', 'short-one'],
  ['LXDM_ADMIN_PASSWORD', 'with\ncontrol-character'],
]) {
  test(`${name}=${JSON.stringify(value)} is refused by name, not by value`, () => {
    const faults = faultsOf({ [`${name}`]: `${value}` });
    assert.equal(faults.length, 1);
    assert.match(faults[0] ?? '', new RegExp(`^${name} must`));
    if (`${value}`.length > 3) assert.ok(!faults[0]?.includes(`${value}`));
  });
}

for (const value of ['https://a.example', 'main=https://a.example/git other=http://b.example:8080/'])
  test(`GITLAB_URL=${value} is taken`, () =>
    assert.equal(readSettings({ GITLAB_URL: value }, noFile).settings.gitlabUrl, value));
test('every fault is named at once', () =>
  assert.equal(faultsOf({ LXDM_HTTP_PORT: 'x', DNS_ZONE: '', LXDM_BIND: 'y', REDIS_URL: 'z' }).length, 3));
test('two uses of one port are refused', () =>
  assert.match(faultsOf({ LXDM_HTTP_PORT: '5300' })[0] ?? '', /LXDM_HTTP_PORT and LXDM_DNS_PORT/));
test('a port among the four of the metrics is refused', () =>
  assert.match(faultsOf({ LXDM_HTTP_PORT: '9103' })[0] ?? '', /LXDM_METRICS_PORT/));
test('a file gives the value, its line end is not part of it', () =>
  assert.equal(
    readSettings({ LXDM_ADMIN_PASSWORD_FILE: '/f' }, () => 'correct horse \n').settings.adminPassword,
    'correct horse ',
  ));
test('a file that cannot be read is named with the reason', () =>
  assert.deepEqual(faultsOf({ REDIS_URL_FILE: '/f' }), ['REDIS_URL_FILE cannot be read (ENOENT).']));
test('a value and a file exclude each other', () =>
  assert.match(faultsOf({ REDIS_URL: 'redis://h', REDIS_URL_FILE: '/f' }, () => 'redis://h')[0] ?? '', /both set/));
test('docs/running.md lists every setting', () => {
  const page = readFileSync(new URL('../docs/running.md', import.meta.url), 'utf8');
  assert.deepEqual(
    settingNames.filter((name) => !page.includes(`\`${name}\``)),
    [],
  );
});
