import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { DnsServer } from '../src/server/dns-server';
import { RrsetData } from '../src/zone-data';
import { sampleZones, startServer } from './clients';

const run = promisify(execFile);
const missing = spawnSync('dig', ['-v']).error !== undefined;
// Without dig (Debian: bind9-dnsutils) there is nothing to compare with; elsewhere this must not pass unseen.
if (missing && process.env['CI']) throw new Error('dig is missing: install bind9-dnsutils');

const rrsets: RrsetData[] = [
  { name: 'www', ttl: 60, type: 'AAAA', records: ['2001:db8::1'] },
  { name: 'alias', ttl: 60, type: 'CNAME', records: ['www'] },
  { name: '*.wild', ttl: 60, type: 'TXT', records: ['any "name" \\'] },
  { name: 'big', ttl: 60, type: 'TXT', records: ['x'.repeat(1_000), 'y'.repeat(1_000)] },
  { name: 'mail', ttl: 60, type: 'MX', records: [{ preference: 10, exchange: 'www' }] },
  { name: '_ssh._tcp', ttl: 60, type: 'SRV', records: [{ priority: 1, weight: 2, port: 22, target: 'www' }] },
  { name: 'caa', ttl: 60, type: 'CAA', records: [{ tag: 'issue', value: 'letsencrypt.org' }] },
  {
    name: 'keys',
    ttl: 60,
    type: 'SSHFP',
    records: [{ algorithm: 4, fingerprintType: 2, fingerprint: 'ab'.repeat(32) }],
  },
  { name: 'odd', ttl: 60, type: 'TYPE65280', records: [Uint8Array.of(1, 2, 255)] },
  { name: 'a\\.dot', ttl: 60, type: 'A', records: ['192.0.2.7'] },
  { name: 'sub', ttl: 60, type: 'NS', records: ['ns.sub'] },
  { name: 'ns.sub', ttl: 60, type: 'A', records: ['192.0.2.8'] },
];

(missing ? describe.skip : describe)('what dig sees', () => {
  let server: DnsServer;
  let port: number;
  beforeAll(
    async () => ({ server, port } = await startServer({ zones: sampleZones('192.0.2.1', rrsets), nsid: 'dns-1' })),
  );
  afterAll(() => server.close());

  const dig = async (question: string): Promise<string> => {
    const { stdout } = await run('dig', [
      '@127.0.0.1',
      '-p',
      String(port),
      '+norecurse',
      '+tries=1',
      '+time=5',
      ...question.split(' '),
    ]);
    return stdout.replaceAll('\t', ' ').replaceAll(/ +/g, ' ');
  };
  const soa =
    /AUTHORITY SECTION:\nct\.example\.org\. 60 IN SOA ns\.ct\.example\.org\. hostmaster\.ct\.example\.org\. 4275878552 3600 600 864000 60\n/;

  it.each<[string, string, string, RegExp]>([
    ['www.ct.example.org A', 'NOERROR', 'qr aa', /www\.ct\.example\.org\. 60 IN A 192\.0\.2\.1\n/],
    ['www.ct.example.org AAAA', 'NOERROR', 'qr aa', /IN AAAA 2001:db8::1\n/],
    ['www.ct.example.org A +recurse', 'NOERROR', 'qr aa rd', /IN A 192\.0\.2\.1\n/],
    ['www.ct.example.org A +noedns', 'NOERROR', 'qr aa', /ADDITIONAL: 0\n/],
    ['WWW.ct.Example.org A', 'NOERROR', 'qr aa', /WWW\.ct\.Example\.org\. 60 IN A/],
    ['alias.ct.example.org A', 'NOERROR', 'qr aa', /IN CNAME www\.ct\.example\.org\.\nwww\.ct\.example\.org\. 60 IN A/],
    ['ct.example.org SOA', 'NOERROR', 'qr aa', /ct\.example\.org\. 300 IN SOA ns\.ct\.example\.org\. .* 4275878552 /],
    ['ct.example.org NS', 'NOERROR', 'qr aa', /IN NS ns\.ct\.example\.org\.\n/],
    ['x.wild.ct.example.org TXT', 'NOERROR', 'qr aa', /x\.wild\.ct\.example\.org\. 60 IN TXT "any \\"name\\" \\\\"\n/],
    ['mail.ct.example.org MX', 'NOERROR', 'qr aa', /IN MX 10 www\.ct\.example\.org\.\n/],
    ['_ssh._tcp.ct.example.org SRV', 'NOERROR', 'qr aa', /IN SRV 1 2 22 www\.ct\.example\.org\.\n/],
    ['caa.ct.example.org CAA', 'NOERROR', 'qr aa', /IN CAA 0 issue "letsencrypt\.org"\n/],
    ['keys.ct.example.org SSHFP', 'NOERROR', 'qr aa', /IN SSHFP 4 2 (?:ab ?){32}\n/i],
    ['odd.ct.example.org TYPE65280', 'NOERROR', 'qr aa', /IN TYPE65280 \\# 3 0102FF\n/],
    ['a\\.dot.ct.example.org A', 'NOERROR', 'qr aa', /a\\\.dot\.ct\.example\.org\. 60 IN A 192\.0\.2\.7\n/],
    ['dot.ct.example.org A', 'NXDOMAIN', 'qr aa', soa],
    ['nope.ct.example.org A', 'NXDOMAIN', 'qr aa', soa],
    ['www.ct.example.org MX', 'NOERROR', 'qr aa', soa],
    ['wild.ct.example.org TXT', 'NOERROR', 'qr aa', soa],
    [
      'x.sub.ct.example.org A',
      'NOERROR',
      'qr',
      /IN NS ns\.sub\.ct\.example\.org\.\n\n;; ADDITIONAL SECTION:\nns\.sub\.ct\.example\.org\. 60 IN A 192\.0\.2\.8\n/,
    ],
    ['www.ct.example.org ANY +notcp', 'NOERROR', 'qr aa', /ANSWER: 1,/],
    ['example.com A', 'REFUSED', 'qr', /ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1\n/],
    ['. NS', 'REFUSED', 'qr', /ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 1\n/],
    ['CH TXT version.bind', 'REFUSED', 'qr', /ANSWER: 0, AUTHORITY: 0/],
    ['ct.example.org SOA +tcp', 'NOERROR', 'qr aa', /\(TCP\)\n/],
    ['big.ct.example.org TXT +ignore', 'NOERROR', 'qr aa tc', /ANSWER: 0,/],
    ['big.ct.example.org TXT', 'NOERROR', 'qr aa', /Truncated, retrying in TCP mode[^]*\(TCP\)\n/],
    ['big.ct.example.org TXT +bufsize=4096 +ignore', 'NOERROR', 'qr aa tc', /udp: 1232\n/],
    ['www.ct.example.org A +bufsize=512', 'NOERROR', 'qr aa', /IN A 192\.0\.2\.1\n/],
    ['www.ct.example.org A +edns=1 +noednsneg', 'BADVERS', 'qr', /EDNS: version: 0,/],
    ['www.ct.example.org A +ednsopt=65001:abcd', 'NOERROR', 'qr aa', /IN A 192\.0\.2\.1\n/],
    ['www.ct.example.org A +ednsflags=0x7fff', 'NOERROR', 'qr aa', /EDNS: version: 0, flags:; udp/],
    ['www.ct.example.org A +dnssec', 'NOERROR', 'qr aa', /flags: do; udp: 1232/],
    [
      'www.ct.example.org A +cookie=0102030405060708',
      'NOERROR',
      'qr aa',
      /COOKIE: 010203040506070801000000[0-9a-f]{24} \(good\)\n/,
    ],
    ['ct.example.org +header-only +cookie', 'NOERROR', 'qr', /COOKIE: [0-9a-f]{48} \(good\)\n/],
    ['ct.example.org +header-only +nocookie', 'FORMERR', 'qr', /QUERY: 0, ANSWER: 0/],
    ['www.ct.example.org A +keepalive +tcp', 'NOERROR', 'qr aa', /TCP KEEPALIVE: 10\.0 secs\n/],
    ['www.ct.example.org A +nocookie +ednsopt=100', 'NOERROR', 'qr aa', /udp: 1232\n;; QUESTION/],
    [
      'www.ct.example.org A +nsid +expire +subnet=0/0 +cookie',
      'NOERROR',
      'qr aa',
      /NSID: .*\n; COOKIE: \w+ \(good\)\n;; QUESTION/,
    ],
    ['www.ct.example.org A +edns=1 +noednsneg +ednsflags=0x40', 'BADVERS', 'qr', /version: 0, flags:; udp/],
    ['www.ct.example.org A +edns=1 +noednsneg +ednsopt=100', 'BADVERS', 'qr', /version: 0, flags:; udp/],
    ['www.ct.example.org A +edns=1 +noednsneg +dnssec', 'BADVERS', 'qr', /version: 0, flags: do; udp/],
    ['big.ct.example.org TXT +dnssec +bufsize=512 +ignore', 'NOERROR', 'qr aa tc', /version: 0, flags: do; udp/],
    ['-c ANY www.ct.example.org A', 'NOERROR', 'qr', /IN A 192\.0\.2\.1\n/],
    ['CH TXT hostname.bind', 'REFUSED', 'qr', /ANSWER: 0, AUTHORITY: 0/],
    ['ct.example.org TYPE1000', 'NOERROR', 'qr aa', soa],
    [
      '+noedns +noad +opcode=15 +norec +header-only',
      'NOTIMP',
      'qr',
      /QUERY: 0, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 0/,
    ],
    ['www.ct.example.org A +subnet=192.0.2.0/24', 'NOERROR', 'qr aa', /IN A 192\.0\.2\.1\n/],
    ['www.ct.example.org A +nsid', 'NOERROR', 'qr aa', /NSID: .*\("dns-1"\)\n/],
    ['www.ct.example.org A +zflag +adflag +cdflag', 'NOERROR', 'qr aa', /IN A 192\.0\.2\.1\n/],
    ['www.ct.example.org A +opcode=2 +noedns', 'NOTIMP', 'qr', /opcode: STATUS/],
    ['www.ct.example.org A +opcode=15 +noedns', 'NOTIMP', 'qr', /opcode: RESERVED15/],
    ['ct.example.org +header-only +noedns', 'FORMERR', 'qr', /QUERY: 0, ANSWER: 0/],
  ])('%s', async (question, status, flags, text) => {
    const output = await dig(question);
    expect(/status: (\w+)/.exec(output)?.[1]).toBe(status);
    expect(/;; flags: ([a-z ]+)[;\n]/.exec(output)?.[1]).toBe(flags);
    expect(output).toMatch(text);
    expect(output).not.toMatch(/malformed|extra bytes|mismatch|;; Got bad/i);
  });

  it('answers +keepopen questions on one connection', async () => {
    const output = await dig('+tcp +keepopen www.ct.example.org A www.ct.example.org AAAA nope.ct.example.org A');
    expect([...output.matchAll(/status: (\w+)/g)].map(([, status]) => status)).toEqual([
      'NOERROR',
      'NOERROR',
      'NXDOMAIN',
    ]);
  });

  it.each(['AXFR', 'IXFR=1'])('fails the transfer %s', async (type) => {
    expect(await dig(`ct.example.org ${type}`)).toMatch(/Transfer failed/);
  });
});
