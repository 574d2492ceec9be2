import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AcmeDirectory } from '@lxdm/testing';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';
import { ServedZone } from './served-zone';

const run = promisify(execFile);

let api: ApiUnderTest;
let served: ServedZone;
let directory: AcmeDirectory;
let operator: Browser & { userId: string };
let folder: string;
let token: string;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  served = await ServedZone.start(api);
  directory = await AcmeDirectory.start(served.address);
  operator = await api.signedIn('operator');
  folder = mkdtempSync(join(tmpdir(), 'lxdm-acme-clients-'));
  const { body } = await operator.post('/api/profile/tokens', { name: 'acme', scope: 'write' }).expect(201);
  token = body.token as string;
  const host = await api.seeds.host('host1');
  const project = await api.seeds.project('team', { [operator.userId]: 'operator' });
  for (const name of ['hooked', 'requested', 'registered'])
    await api.seeds.container(name, { hostId: host, projectId: project });
}, 60_000);
afterAll(async () => {
  await directory.stop();
  await served.stop();
  await api.stop();
  rmSync(folder, { recursive: true, force: true });
});

const url = (): string => `http://127.0.0.1:${api.port}`;
const namesIn = (file: string): string[] =>
  (new X509Certificate(readFileSync(file)).subjectAltName ?? '').split(', ').map((name) => name.replace('DNS:', ''));
const challenges = async (name: string): Promise<number> => {
  const [row] = await api.db.query('SELECT count(*)::int AS count FROM zone_records WHERE owner = $1', [
    `_acme-challenge.${name}.ct.example.org.`,
  ]);
  return row.count as number;
};

/** The hook that users of the manager have had for years: one PUT with curl, and an empty value to clean up. */
const hook = (id: string): string => `#!/bin/sh
set -e
put() {
  curl --fail --silent --show-error --output /dev/null -X PUT "${url()}/api/dynamicentry/${id}/" \\
    -H "Authorization: Token ${token}" -H "Content-Type: application/json" -d "{\\"value\\": \\"$1\\"}"
}
case "$1" in
  deploy_challenge) put "$4" ;;
  clean_challenge) put "" ;;
esac
`;

/** Runs dehydrated with a hook; returns the file of its certificate. */
async function dehydrated(name: string, script: string, domains: readonly string[]): Promise<string> {
  const home = join(folder, name);
  mkdirSync(home);
  writeFileSync(join(home, 'hook.sh'), script);
  chmodSync(join(home, 'hook.sh'), 0o755);
  const settings = {
    BASEDIR: home,
    CA: directory.url,
    CURL_OPTS: `--cacert ${directory.caFile}`,
    CHALLENGETYPE: 'dns-01',
    HOOK: join(home, 'hook.sh'),
    KEY_ALGO: 'prime256v1',
  };
  const config = join(home, 'config');
  const lines = Object.entries(settings).map(([key, value]) => `${key}="${value}"\n`);
  writeFileSync(config, lines.join(''));
  await run('/usr/bin/dehydrated', ['--config', config, '--register', '--accept-terms']);
  const wanted = domains.flatMap((domain) => ['--domain', domain]);
  await run('/usr/bin/dehydrated', ['--config', config, '--cron', '--alias', 'certificate', ...wanted]);
  return join(home, 'certs', 'certificate', 'cert.pem');
}

it('dehydrated gets a certificate by the hook that its users have', async () => {
  const [container] = await api.db.query(`SELECT id FROM containers WHERE name = 'hooked'`);
  const { body } = await operator.put(`/api/containers/${container.id}/acme-entry`, {}).expect(200);
  const certificate = await dehydrated('hook', hook(body.id as string), ['hooked.ct.example.org']);
  expect(namesIn(certificate)).toEqual(['hooked.ct.example.org']);
  expect(await challenges('hooked')).toBe(0);
}, 60_000);

async function lego(provider: string, domains: string[], env: Record<string, string>): Promise<string[]> {
  const home = join(folder, `lego-${provider}`);
  const flags = ['--server', directory.url, '--email', 'me@example.org', '--accept-tos', '--path', home];
  const dns = ['--dns', provider, '--dns.disable-cp', '--dns.resolvers', served.address];
  const names = domains.flatMap((domain) => ['--domains', domain]);
  await run('/usr/bin/lego', [...flags, ...dns, ...names, 'run'], {
    env: { PATH: process.env['PATH'] ?? '', HOME: folder, LEGO_CA_CERTIFICATES: directory.caFile, ...env },
  });
  const certificates = join(home, 'certificates');
  const file = readdirSync(certificates).find((name) => name.endsWith('.crt') && !name.includes('issuer'));
  return namesIn(join(certificates, file ?? ''));
}

it.each(['', 'RAW'])(
  'lego gets a certificate for a name and its wildcard by httpreq (mode %j)',
  async (mode) => {
    const names = ['requested.ct.example.org', '*.requested.ct.example.org'];
    rmSync(join(folder, 'lego-httpreq'), { recursive: true, force: true });
    const env = {
      HTTPREQ_ENDPOINT: `${url()}/api/httpreq`,
      HTTPREQ_USERNAME: 'lego',
      HTTPREQ_PASSWORD: token,
      HTTPREQ_MODE: mode,
      HTTPREQ_POLLING_INTERVAL: '1',
    };
    expect((await lego('httpreq', names, env)).sort()).toEqual(names.sort());
    expect(await challenges('requested')).toBe(0);
  },
  60_000,
);

/** What acme.sh's dns_acmedns and goacmedns send; curl calls its body a form, as acme.sh does. Debian's lego is built without acme-dns. */
const acmeDnsHook = (account: Record<string, string>): string => `#!/bin/sh
set -e
[ "$1" = deploy_challenge ] || exit 0
curl --fail --silent --show-error --output /dev/null -X POST "${url()}/api/acme-dns/update" \\
  -H "X-Api-User: ${account['username'] ?? ''}" -H "X-Api-Key: ${account['password'] ?? ''}" \\
  --data "{\\"subdomain\\": \\"${account['subdomain'] ?? ''}\\", \\"txt\\": \\"$4\\"}"
`;

it('a client of acme-dns gets a certificate for a name and its wildcard, with credentials that open one name', async () => {
  const { body } = await api
    .anonymous()
    .post('/api/acme-dns/register')
    .set('Authorization', `Bearer ${token}`)
    .send({ container: 'registered' })
    .expect(201);
  const names = ['registered.ct.example.org', '*.registered.ct.example.org'];
  const certificate = await dehydrated('acme-dns', acmeDnsHook(body as Record<string, string>), names);
  expect(namesIn(certificate).sort()).toEqual(names.sort());
  expect(await challenges('registered')).toBe(2);
}, 60_000);
