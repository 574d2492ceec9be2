import { X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AcmeDirectory } from '@lxdm/testing';
import { UpdateBench, UpdateKey } from './updating';

let bench: UpdateBench;
let directory: AcmeDirectory;
let key: UpdateKey;
beforeAll(async () => {
  bench = await UpdateBench.create();
  directory = await AcmeDirectory.start(`127.0.0.1:${bench.port}`);
  await bench.fleet.appear({ name: 'web1', addresses: ['192.0.2.7'] });
  key = await bench.key('acme', ['_acme-challenge.web1.ct.example.org.'], ['TXT']);
}, 60_000);
afterAll(async () => {
  await directory.stop();
  await bench.close();
});

const namesIn = (file: string): string[] =>
  (new X509Certificate(readFileSync(file)).subjectAltName ?? '')
    .split(', ')
    .map((name) => name.replace('DNS:', ''))
    .sort();
const challenges = () => bench.dig('_acme-challenge.web1.ct.example.org', 'TXT');
const names = ['*.web1.ct.example.org', 'web1.ct.example.org'];

it('certbot gets a certificate for a name and its wildcard by dynamic update', async () => {
  const credentials = bench.file(
    'rfc2136.ini',
    [
      'dns_rfc2136_server = 127.0.0.1',
      `dns_rfc2136_port = ${bench.port}`,
      `dns_rfc2136_name = ${key.name}.`,
      `dns_rfc2136_secret = ${key.secret}`,
      'dns_rfc2136_algorithm = HMAC-SHA256',
      '',
    ].join('\n'),
  );
  const home = join(bench.directory, 'certbot');
  const folders = ['config', 'work', 'logs'].flatMap((name) => [`--${name}-dir`, join(home, name)]);
  const plugin = ['--dns-rfc2136', '--dns-rfc2136-credentials', credentials, '--dns-rfc2136-propagation-seconds', '1'];
  const account = ['--server', directory.url, '--non-interactive', '--agree-tos', '--email', 'me@example.org'];
  const wanted = names.flatMap((name) => ['--domain', name]);
  const said = await bench.said(
    'certbot',
    ['certonly', ...account, ...folders, ...plugin, '--cert-name', 'web1', ...wanted],
    '',
    {
      REQUESTS_CA_BUNDLE: directory.caFile,
    },
  );
  expect(said).toMatchObject({ code: 0 });
  expect(namesIn(join(home, 'config', 'live', 'web1', 'cert.pem'))).toEqual(names);
  expect(await challenges()).toEqual([]);
}, 90_000);

it('lego gets one the same way', async () => {
  const home = join(bench.directory, 'lego');
  mkdirSync(home);
  const flags = ['--server', directory.url, '--email', 'me@example.org', '--accept-tos', '--path', home];
  const dns = ['--dns', 'rfc2136', '--dns.disable-cp', '--dns.resolvers', `127.0.0.1:${bench.port}`];
  const wanted = names.flatMap((name) => ['--domains', name]);
  const said = await bench.said('lego', [...flags, ...dns, ...wanted, 'run'], '', {
    LEGO_CA_CERTIFICATES: directory.caFile,
    RFC2136_NAMESERVER: `127.0.0.1:${bench.port}`,
    RFC2136_TSIG_ALGORITHM: 'hmac-sha256.',
    RFC2136_TSIG_KEY: `${key.name}.`,
    RFC2136_TSIG_SECRET: key.secret,
    RFC2136_POLLING_INTERVAL: '1',
    // Between the two values of one name it waits a minute unless told otherwise.
    RFC2136_SEQUENCE_INTERVAL: '1',
  });
  expect(said).toMatchObject({ code: 0 });
  const file = readdirSync(join(home, 'certificates')).find(
    (name) => name.endsWith('.crt') && !name.includes('issuer'),
  );
  expect(namesIn(join(home, 'certificates', file ?? ''))).toEqual(names);
  expect(await challenges()).toEqual([]);
}, 90_000);
