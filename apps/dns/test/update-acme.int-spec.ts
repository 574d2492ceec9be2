import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AcmeDirectory } from '@lxdm/testing';
import { Said, UpdateBench, UpdateKey } from './updating';

let bench: UpdateBench;
let directory: AcmeDirectory;
let key: UpdateKey;

beforeAll(async () => {
  bench = await UpdateBench.create();
  directory = await AcmeDirectory.start(`127.0.0.1:${bench.port}`);
  key = await bench.key('acme', ['*.ct.example.org.'], ['TXT'], 'hmac-sha512');
  await bench.fleet.appear({ name: 'web', addresses: ['192.0.2.7'] });
}, 60_000);
afterAll(async () => {
  await directory.stop();
  await bench.close();
});

const namesIn = (file: string): string[] =>
  (new X509Certificate(readFileSync(file)).subjectAltName ?? '').split(', ').map((name) => name.replace('DNS:', ''));
const challenges = () =>
  bench.fleet.db
    .query(`SELECT 1 FROM zone_records WHERE owner LIKE '\\_acme-challenge.%'`)
    .then((found) => found.length);

describe('certbot with its plugin for RFC 2136', () => {
  const certbot = (given: UpdateKey, ...domains: string[]): Promise<Said> => {
    const credentials = bench.file(
      `${given.name}.ini`,
      `dns_rfc2136_server = 127.0.0.1\ndns_rfc2136_port = ${bench.port}\ndns_rfc2136_name = ${given.name}.\n` +
        `dns_rfc2136_secret = ${given.secret}\ndns_rfc2136_algorithm = HMAC-SHA512\n`,
    );
    const folders = ['config', 'work', 'logs'].flatMap((name) => [`--${name}-dir`, join(bench.directory, name)]);
    const plugin = [
      '--dns-rfc2136',
      '--dns-rfc2136-credentials',
      credentials,
      '--dns-rfc2136-propagation-seconds',
      '0',
    ];
    const account = ['--agree-tos', '--register-unsafely-without-email', '--non-interactive', '--cert-name', 'test'];
    const words = ['certonly', '--server', directory.url, ...folders, ...plugin, ...account];
    const wanted = domains.flatMap((domain) => ['-d', domain]);
    return bench.said('certbot', [...words, ...wanted], '', { REQUESTS_CA_BUNDLE: directory.caFile });
  };

  it('gets a certificate for a container and all below it, and clears up', async () => {
    const domains = ['web.ct.example.org', '*.web.ct.example.org'];
    const said = await certbot(key, ...domains);
    expect(said).toMatchObject({ code: 0, text: expect.stringContaining('Successfully received certificate') });
    expect(namesIn(join(bench.directory, 'config/live/test/cert.pem')).sort()).toEqual(domains.sort());
    expect(await challenges()).toBe(0);
  }, 60_000);

  it('hears of a key that may not do it', async () => {
    const other = await bench.key('other', ['_acme-challenge.db.ct.example.org.'], ['TXT'], 'hmac-sha512');
    const said = await certbot(other, 'app.ct.example.org');
    expect(said).toMatchObject({ code: 1, text: expect.stringContaining('REFUSED') });
    expect(await challenges()).toBe(0);
  }, 60_000);
});

it('lego gets a certificate in the same way, asking for the record right after its update', async () => {
  const path = join(bench.directory, 'lego');
  const words = ['--server', directory.url, '--accept-tos', '--email', 'me@example.org', '--path', path];
  const dns = ['--dns', 'rfc2136', '--dns.resolvers', `127.0.0.1:${bench.port}`, '--domains', 'lego.ct.example.org'];
  const said = await bench.said('lego', [...words, ...dns, '--dns.disable-cp', 'run'], '', {
    LEGO_CA_CERTIFICATES: directory.caFile,
    RFC2136_NAMESERVER: `127.0.0.1:${bench.port}`,
    RFC2136_TSIG_KEY: `${key.name}.`,
    RFC2136_TSIG_SECRET: key.secret,
    RFC2136_TSIG_ALGORITHM: 'hmac-sha512.',
    RFC2136_TTL: '60',
  });
  expect(said).toMatchObject({ code: 0 });
  expect(namesIn(join(path, 'certificates/lego.ct.example.org.crt'))).toEqual(['lego.ct.example.org']);
  expect(await challenges()).toBe(0);
}, 60_000);
