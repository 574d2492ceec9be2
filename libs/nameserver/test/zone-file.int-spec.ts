import * as fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Zone } from '../src/zone';
import { buildServableZone, buildZone } from '../src/zone-builder';
import { readZoneFile } from '../src/zone-file/zone-file-reader';
import { writeZoneFile } from '../src/zone-file/zone-file-writer';
import { anyZone } from './any-zone';

const ORIGIN = 'ct.example.org';
const tools = { 'named-checkzone': 'bind9-utils', kzonecheck: 'knot-dnssecutils' };
const missing = Object.entries(tools).filter(([tool]) => spawnSync(tool, ['-h']).error !== undefined);
// Without them there is nothing to compare with; elsewhere this must not pass unseen.
if (missing.length > 0 && process.env['CI']) throw new Error(`install ${missing.map(([, name]) => name).join(', ')}`);

const sample = String.raw`
$TTL 1h
@ IN SOA ns hostmaster ( 4000000000 ; a serial beyond 2^31
                         1h 15m 1w 60 )
  NS ns
  MX 10 mail
  CAA 0 issue "letsencrypt.org; validationmethods=dns-01"
ns A 192.0.2.53
   AAAA 2001:DB8::53
web 60 IN A 192.0.2.1
web IN 60 AAAA 2001:db8::1
WWW CNAME web
mail A 192.0.2.9
txt TXT "a b" c "\"q\" \\ \195\169" ("x" ; a comment
  y)
_acme-challenge.web TXT "LoqXcYV8q5ONbJQxbmR7SCTNo3tiAXDfowyjxAjEuX0"
_ssh._tcp SRV 1 2 22 web
ptr PTR host.example.com.
keys SSHFP 4 2 ABABABABABABABABABABABABABABABAB ABABABABABABABABABABABABABABABAB
_443._tcp.web TLSA 3 1 1 abababababababababababababababababababababababababababababababab
na NAPTR 100 10 "u" "E2U+sip" "!^(.*)[[:digit:]]{2}$!sip:\\1@example.com!i" .
h HTTPS 1 . alpn="h2,h3" port=443 ipv4hint=192.0.2.1,192.0.2.2 ipv6hint=2001:db8::1 mandatory=port,alpn key65333=\001x
  HTTPS 2 web ech=AAEC
svc SVCB 16 web alpn="f\\\\oo\\,bar,h2" no-default-alpn dohpath=/q{?dns}
sub NS ns.sub
ns.sub A 192.0.2.77
sub DS 1 8 2 abababababababababababababababababababababababababababababababab
raw TYPE65280 \# 3 01 02ff
a\.b\@\$\;\(\032\255 TXT ""
$ORIGIN deep
x A 192.0.2.8
* TXT wild
`;
/** Types that BIND writes in forms of their own, which are not read here. */
const checked = String.raw`
hinfo TYPE13 \# 4 0161 0162
rp TYPE17 \# 2 0000
uri TYPE256 \# 5 0001000161
smimea TYPE53 \# 4 00010161
pgp TYPE61 \# 1 61
eui TYPE108 \# 6 010203040506
cert TYPE37 \# 6 000100010161
afsdb TYPE18 \# 3 000100
`;

(missing.length > 0 ? describe.skip : describe)('zone files beside BIND and Knot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lxdm-zone-file-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** All that a program says of a text: nothing, or nothing but that it is well. */
  function run(text: string, program: string, ...args: string[]): { status: number | null; said: string } {
    const file = join(folder, 'zone');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync(program, [...args, file], { encoding: 'utf8' });
    return { status, said: stdout + stderr };
  }
  const kzonecheck = (text: string): unknown => run(text, 'kzonecheck', '-o', ORIGIN);

  it('load what is written, without a warning', () => {
    const text = writeZoneFile(buildZone(readZoneFile(sample + checked, { origin: ORIGIN })));
    expect(kzonecheck(text)).toEqual({ status: 0, said: '' });
    const bind = run(text, 'named-checkzone', '-i', 'local', ORIGIN);
    expect(bind).toEqual({ status: 0, said: 'zone ct.example.org/IN: loaded serial 4000000000\nOK\n' });
  });

  it('mean by a text what is read here', () => {
    expect(contents(readZone(compiled(sample)))).toEqual(contents(readZone(sample)));
  });

  it('mean by any zone that is written what was written', () => {
    fc.assert(
      fc.property(anyZone, (data) => {
        const { zone } = buildServableZone(data);
        if (!zone) throw new Error('the zone cannot be built');
        const text = writeZoneFile(zone);
        expect(kzonecheck(text)).toEqual({ status: 0, said: '' });
        expect(contents(readZone(compiled(text)))).toEqual(contents(zone));
      }),
      { numRuns: Number(process.env['LXDM_FUZZ_TEXTS'] ?? 60) },
    );
  }, 600_000);

  /** The text as BIND writes it again; names that no host has are not its business here. */
  function compiled(text: string): string {
    const flags = ['-i', 'none', '-k', 'ignore', '-s', 'full', '-o', '-', ORIGIN];
    const file = join(folder, 'zone');
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync('named-compilezone', ['-q', ...flags, file], { encoding: 'utf8' });
    if (status !== 0 || stderr !== '') throw new Error(`named-compilezone: ${stderr}\n${text}`);
    return stdout;
  }
});

function readZone(text: string): Zone {
  return buildZone(readZoneFile(text, { origin: ORIGIN }));
}

/** Every record by its octets, letters in lower case: BIND writes a name as it first met it. */
function contents(zone: Zone): string[] {
  return [...zone.nodes.entries()]
    .flatMap(([key, node]) =>
      [...node.rrsets.values()].flatMap(({ type, ttl, rdatas }) =>
        rdatas.map((rdata) => `${Buffer.from(key, 'latin1').toString('hex')} ${type} ${ttl} ${rdata.toString('hex')}`),
      ),
    )
    .sort();
}
