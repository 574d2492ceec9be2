import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { DnsServer } from '../src/server/dns-server';
import { TsigAlgorithm, TsigKey } from '../src/tsig/tsig-key';
import { sampleZones, startServer } from './clients';

const run = promisify(execFile);
const missing = spawnSync('dig', ['-v']).error !== undefined;
if (missing && process.env['CI']) throw new Error('dig is missing: install bind9-dnsutils');

const secret = Buffer.from('a secret that both sides know, 32');
const base64 = secret.toString('base64');
const named = (name: string, algorithm: TsigAlgorithm, shortestMac?: number): TsigKey =>
  new TsigKey({ name, algorithm, secret, ...(shortestMac !== undefined && { shortestMac }) });
const keys = [
  named('key256', 'hmac-sha256'),
  named('key384', 'hmac-sha384'),
  named('key512', 'hmac-sha512'),
  named('lenient', 'hmac-sha256', 16),
  // Below the zone, so that dig compresses its name.
  named('key.ct.example.org', 'hmac-sha256'),
];

(missing ? describe.skip : describe)('signatures as dig makes and checks them', () => {
  let server: DnsServer;
  let port: number;
  let ahead = 0;
  beforeAll(async () => {
    const big = { name: 'big', ttl: 60, type: 'TXT', records: ['x'.repeat(1_100)] } as const;
    ({ server, port } = await startServer({
      tsigKeys: keys,
      zones: sampleZones('192.0.2.1', [big]),
      now: () => Date.now() + ahead,
    }));
  });
  beforeEach(() => (ahead = 0));
  afterAll(() => server.close());

  const dig = async (key: string, question = 'www.ct.example.org A'): Promise<string> => {
    const args = [
      '@127.0.0.1',
      '-p',
      String(port),
      '+norecurse',
      '+tries=1',
      '+time=5',
      '-y',
      key,
      ...question.split(' '),
    ];
    const { stdout } = await run('dig', args);
    return stdout.replaceAll('\t', ' ').replaceAll(/ +/g, ' ');
  };

  it.each([
    [`hmac-sha256:key256:${base64}`, 'hmac-sha256', 32],
    [`hmac-sha384:key384:${base64}`, 'hmac-sha384', 48],
    [`hmac-sha512:key512:${base64}`, 'hmac-sha512', 64],
    [`hmac-sha256:KEY256:${base64}`, 'hmac-sha256', 32],
    [`hmac-sha256:key.ct.example.org:${base64}`, 'hmac-sha256', 32],
    [`hmac-sha256-128:lenient:${base64}`, 'hmac-sha256', 16],
  ])('%s', async (key, algorithm, octets) => {
    for (const question of ['www.ct.example.org A', 'nope.ct.example.org A', 'www.ct.example.org A +tcp +noedns']) {
      const output = await dig(key, question);
      expect(output).toMatch(new RegExp(`0 ANY TSIG ${algorithm}\\. \\d+ 300 ${octets} \\S+( \\S+)* \\d+ NOERROR 0`));
      expect(output).not.toMatch(/Couldn't verify|TSIG error|WARNING/i);
    }
  });

  it('truncates with a signature, and dig comes back over TCP', async () => {
    const output = await dig(`hmac-sha256:key256:${base64}`, 'big.ct.example.org TXT +bufsize=1200');
    expect(output).toMatch(/Truncated, retrying in TCP mode[^]*TSIG hmac-sha256[^]*\(TCP\)/);
    expect(output).not.toMatch(/Couldn't verify/);
  });

  it.each<[string, string, number, RegExp]>([
    ['an unknown key', `hmac-sha256:nobody:${base64}`, 0, /status: NOTAUTH[^]*BADKEY/],
    ['another algorithm', `hmac-sha512:key256:${base64}`, 0, /status: NOTAUTH[^]*BADKEY/],
    ['another secret', 'hmac-sha256:key256:AAAA', 0, /status: NOTAUTH[^]*BADSIG/],
    ['our clock ahead', `hmac-sha256:key256:${base64}`, 400_000, /status: NOTAUTH[^]*BADTIME 6/],
    ['our clock behind', `hmac-sha256:key256:${base64}`, -400_000, /status: NOTAUTH[^]*BADTIME 6/],
    ['half a MAC', `hmac-sha256-128:key256:${base64}`, 0, /status: NOTAUTH[^]*BADTRUNC/],
  ])('%s is told', async (_what, key, clock, expected) => {
    ahead = clock;
    expect(await dig(key)).toMatch(expected);
  });
});
