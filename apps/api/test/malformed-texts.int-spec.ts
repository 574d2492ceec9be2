import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let admin: Browser;
let served: string;
const exported = async () => (await admin.get(`/api/zones/${ZONE}/export`).expect(200)).text;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  const text =
    'taken 60 IN A 192.0.2.1\nalias 60 IN CNAME taken\n*.w 60 IN TXT "any"\nsub 60 IN NS ns.sub\nns.sub 60 IN A 192.0.2.2';
  await admin.post('/api/static-entries', { title: 'good', text }).expect(201);
  served = await exported();
});
afterAll(() => api.stop());

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

/** One bad entry each; where it stands in the text makes the rest of the table. */
const BAD: string[] = [
  'x 60 A',
  'x 60 A nonsense',
  'x 60 A 192.0.2.256',
  'x 60 A 192.0.2.1 192.0.2.2',
  'x 60 A 2001:db8::1',
  'x 60 AAAA 192.0.2.1',
  'x 60 AAAA 2001:db8::1::2',
  'x 60 CNAME',
  'x 60 CNAME 192.0.2.1',
  'x 60 CNAME a..b',
  'x 60 MX mail',
  'x 60 MX 65536 mail',
  'x 60 MX -1 mail',
  'x 60 TXT "unclosed',
  'x 60 TXT unquoted; comment',
  'x 60 TXT "a"b"',
  `x 60 TXT "${'a'.repeat(256)}"`,
  'x 60 TXT "\\999"',
  'x 60 TXT "tab\u0007bell"',
  'x 60 TXT "\u001b[31m"',
  'x 60 TXT',
  'x 60 SRV 1 2 3',
  'x 60 SRV 1 2 65536 y',
  'x 60 CAA 256 issue "ca"',
  'x 60 CAA 0 not-a-tag "ca"',
  'x 60 SSHFP 4 2 abc',
  'x 60 SSHFP 4 2 zz',
  'x 60 TLSA 3 1 1 abcd',
  'x 60 DS 1 13 9 abcd',
  'x 60 NAPTR 1 1 "!" "" "" .',
  'x 60 HTTPS 1 . alpn',
  'x 60 HTTPS 0 . alpn=h2',
  'x 60 HTTPS 1 . port=99999',
  'x 60 TYPE65280 \\# 3 0102',
  'x 60 TYPE65280 \\# nonsense',
  'x 60 TYPE1 \\# 2 0102',
  'x 60 RRSIG A 13 3 60 1 1 1 . AAAA',
  'x 60 DNAME y',
  'x 60 ANY y',
  'x 60 NONSENSE y',
  'x 60 60 A 192.0.2.1',
  'x 2147483648 A 192.0.2.1',
  'x -1 A 192.0.2.1',
  'x 60 CH A 192.0.2.1',
  'x 60 IN IN A 192.0.2.1',
  'a..b 60 A 192.0.2.1',
  '.x 60 A 192.0.2.1',
  `${'l'.repeat(64)} 60 A 192.0.2.1`,
  `${'l.'.repeat(128)} 60 A 192.0.2.1`,
  'x\u00e4 60 A 192.0.2.1',
  '"x" 60 A 192.0.2.1',
  'example.net. 60 A 192.0.2.1',
  'web.ct.example.org 60 A 192.0.2.1',
  'x 60 CNAME y\nx 60 A 192.0.2.1',
  'x 60 CNAME y\nx 60 CNAME z',
  'x 60 A 192.0.2.1\nx 60 A 192.0.2.1',
  'x 60 A 192.0.2.1\nx 61 A 192.0.2.2',
  many(101, (index) => `x 60 A 10.0.0.${index}`),
  'x 60 NS ns.x',
  '*.x 60 NS ns.example.',
  'x 60 NS ns.example.\ny.x 60 TXT "hidden"',
  '@ 60 DS 1 13 2 ' + 'ab'.repeat(32),
  '@ 60 CNAME y',
  '@ 60 SOA ns h 1 2 3 4 5',
  'x 60 SOA ns h 1 2 3 4 5',
  '@ 60 NS ns.example.',
  'nameserver 60 A 192.0.2.9',
  'alias 60 A 192.0.2.9',
  'taken 60 CNAME y',
  'alias 60 CNAME y',
  '$INCLUDE /etc/passwd',
  '$GENERATE 1-10 x$ A 192.0.2.$',
  '$ORIGIN',
  '$ORIGIN example.net.\nx 60 A 192.0.2.1',
  '$TTL nonsense',
  '$NONSENSE 1',
  'x 60 A ( 192.0.2.1',
  'x 60 A 192.0.2.1 )',
  'x 60 A ( ( 192.0.2.1 ) )',
  `x 60 TXT ${'y'.repeat(65_536)}`,
  `x 60 TXT ${'"y" '.repeat(5_000)}`,
];

/** Where the bad entry stands: alone, behind good ones, and behind a comment and a directive. */
const AROUND: [string, (bad: string) => string, number][] = [
  ['alone', (bad) => bad, 0],
  ['behind good lines', (bad) => `good 60 A 192.0.2.7\n  60 TXT "fine"\n${bad}`, 2],
  ['behind a comment and $TTL', (bad) => `; words\n\n$TTL 300\nfine A 192.0.2.8\n${bad}\n`, 4],
];

const table = BAD.flatMap((bad) => AROUND.map(([where, around, lines]) => ({ bad, where, text: around(bad), lines })));

it('has more than two hundred texts', () => {
  expect(table.length).toBeGreaterThan(200);
});

it.each(table.map((row, index) => [`${index}: ${row.bad.slice(0, 40)} ${row.where}`, row] as const))(
  '%s',
  async (_name, { text, lines }) => {
    const rows = await api.rowCounts();
    const { body, type, status } = await admin.post('/api/static-entries', { title: 'bad', text });
    expect([status, type]).toEqual([422, 'application/problem+json']);
    expect(body.code).toBe('unservable-text');
    const [first] = body.problems as { line: number; column: number; severity: string; message: string }[];
    expect(first).toMatchObject({ line: expect.any(Number), column: expect.any(Number), severity: 'error' });
    expect(first?.line).toBeGreaterThan(lines);
    expect(first?.line).toBeLessThanOrEqual(text.split('\n').length);
    expect(first?.message.length).toBeGreaterThan(10);
    expect(await api.rowCounts()).toEqual(rows);
  },
);

it('the zone is served as before', async () => {
  expect(await exported()).toBe(served);
});
