import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newKeyRing } from '@lxdm/crypto';
import { loadApiSettings, reservedNames } from './api-settings';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'lxdm-api-settings-'));
  writeFileSync(join(dir, 'session'), 's'.repeat(43));
  for (const name of ['db_encrypt', 'dns_encrypt']) writeFileSync(join(dir, name), newKeyRing());
});
afterEach(() => rmSync(dir, { recursive: true }));

const needed = () => ({
  DATABASE_URL: 'postgres://u:p@localhost/db',
  REDIS_URL: 'redis://localhost/0',
  LXDM_SECRETS_DIR: dir,
});

it('reads settings and secrets', async () => {
  const settings = await loadApiSettings({
    ...needed(),
    LXDM_METRICS_PORT: '9201',
    LXDM_PUBLIC_HOSTS: 'LXD.example.org, other.example.org',
    DNS_ZONE: 'CT.example.org',
  });
  expect(settings).toMatchObject({
    httpPort: 8080,
    bind: '127.0.0.1',
    zone: 'ct.example.org.',
    dnsHealthUrl: 'http://127.0.0.1:9204/health/ready',
    publicHosts: ['lxd.example.org', 'other.example.org'],
    trustedProxies: [],
  });
});

it('names every fault at once, and no value', async () => {
  const fault = loadApiSettings({
    LXDM_SECRETS_DIR: dir,
    REDIS_URL: 'http://secret',
    LXDM_HTTP_PORT: 'secret',
    DNS_ZONE: 'a b',
  });
  await expect(fault).rejects.toThrow(/DATABASE_URL[^]*REDIS_URL[^]*LXDM_HTTP_PORT[^]*DNS_ZONE/);
  await expect(fault).rejects.not.toThrow(/secret/);
});

it.each(['session', 'db_encrypt', 'dns_encrypt'])('does not start without the secret %s', async (name) => {
  rmSync(join(dir, name));
  await expect(loadApiSettings(needed())).rejects.toThrow();
});

it('does not start with a session secret that can be guessed', async () => {
  writeFileSync(join(dir, 'session'), 'short');
  await expect(loadApiSettings(needed())).rejects.toThrow('too short');
});

it.each([
  ['ct.example.org.', 'ns.example.org.', []],
  ['ct.example.org.', 'dns.ct.example.org.', ['dns']],
  ['ct.example.org.', 'a.dns.ct.example.org.', ['dns']],
  ['ct.example.org.', 'ct.example.org.', []],
  ['ct.example.org.', 'notct.example.org.', []],
])('in %s, the name server %s reserves %j', (zone, nameserver, names) =>
  expect(reservedNames(zone, nameserver)).toEqual(names),
);
