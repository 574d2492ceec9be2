import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '@lxdm/entities';
import { cli, emptyDatabase } from './command-line';

const ZONE = 'ct.example.org.';
let database: Awaited<ReturnType<typeof emptyDatabase>>;
let folder: string;
let environment: Record<string, string>;
beforeAll(async () => {
  database = await emptyDatabase();
  await migrate(database.url, ZONE, null);
  folder = await mkdtemp(join(tmpdir(), 'lxdm-zone-'));
  environment = {
    DATABASE_URL: database.url,
    DNS_ZONE: ZONE,
    DNS_NAMESERVER: `ns.${ZONE}`,
    DNS_NAMESERVER_ADDRESSES: '192.0.2.53',
  };
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await database.drop();
});
afterEach(() => database.query('DELETE FROM static_entries'));

const run = (line: string, input?: string) => cli(environment, line, input);
const FILE = `$TTL 300
@ SOA ns hostmaster ( 7 3600
    600 86400 60 )
  NS ns ; ours
  NS ns2.example.
  MX 10 mail
mail A 192.0.2.25
  TXT "a;b" "c"
sub NS ns.sub
ns.sub A 192.0.2.2
www CNAME mail
`;

it('imports a file without its SOA and NS; what is exported then can be imported again', async () => {
  const file = join(folder, 'zone');
  await writeFile(file, FILE);
  expect(await run(`zone check ${file}`)).toEqual({ code: 0, out: '9 records, nothing wrong\n', err: '' });
  expect(await run(`zone import ${file} --dry-run`)).toMatchObject({
    code: 0,
    out: `6 records can be imported into ${ZONE}\n`,
  });
  expect(await database.query('SELECT 1 FROM static_entries')).toEqual([]);
  expect(await run(`zone import ${file} --title Mail`)).toEqual({
    code: 0,
    out: `6 records imported into ${ZONE} as "Mail"\n`,
    err: ['2:1: skipped: the SOA', '4:3: skipped: the NS', '5:3: skipped: the NS']
      .map((words) => `${file}:${words} of the zone is made by the name server\n`)
      .join(''),
  });
  expect(await database.query('SELECT owner, type, ttl, line FROM zone_records ORDER BY line')).toEqual([
    { owner: ZONE, type: 15, ttl: 300, line: 1 },
    { owner: `mail.${ZONE}`, type: 1, ttl: 300, line: 2 },
    { owner: `mail.${ZONE}`, type: 16, ttl: 300, line: 3 },
    { owner: `sub.${ZONE}`, type: 2, ttl: 300, line: 4 },
    { owner: `ns.sub.${ZONE}`, type: 1, ttl: 300, line: 5 },
    { owner: `www.${ZONE}`, type: 5, ttl: 300, line: 6 },
  ]);
  expect(await database.query(`SELECT means, action FROM audit_events ORDER BY seq DESC LIMIT 1`)).toEqual([
    { means: 'cli', action: 'static-entry.create' },
  ]);
  const { out } = await run('zone export');
  expect(out).toContain(`mail.${ZONE} 300 IN TXT "a;b" "c"\n`);
  await database.query('DELETE FROM static_entries');
  // The name server's own address is in the export, too, and is nobody's to import.
  const again = out
    .split('\n')
    .filter((line) => !line.startsWith(`ns.${ZONE}`))
    .join('\n');
  expect(await run('zone import -', again)).toMatchObject({
    code: 0,
    out: `6 records imported into ${ZONE} as "imported"\n`,
  });
  expect((await run('zone export')).out.replace(/SOA .*/, '')).toBe(out.replace(/SOA .*/, ''));
});

it('keeps a text as it is where nothing is skipped', async () => {
  expect(await run('zone import -', '; words\na 60 A 192.0.2.1\n')).toMatchObject({ code: 0 });
  expect(await database.query('SELECT text FROM static_entries')).toEqual([{ text: '; words\na 60 A 192.0.2.1\n' }]);
});

it('is all or nothing, and tells every problem with its place', async () => {
  await run('zone import -', 'taken 60 CNAME x.example.');
  expect(
    await run(
      'zone import - --title other',
      'a 60 A 192.0.2.1\nb 60 A nonsense\ntaken 60 A 192.0.2.1\nns 60 A 192.0.2.2',
    ),
  ).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^-:2:8: .*\n-:3:1: .*CNAME.*\n-:4:1: .*name server.*\n$/),
  });
  expect(await database.query('SELECT title FROM static_entries')).toEqual([{ title: 'imported' }]);
  expect(await run('zone import -', 'x 60 MX 1 nobody')).toMatchObject({
    code: 0,
    err: expect.stringContaining('-:1:1: warning: '),
  });
});

it.each([
  ['zone import', '', 2, 'Name a file'],
  ['zone import a b', '', 2, 'one word too many'],
  ['zone import /no/such/file', '', 1, 'cannot be read (ENOENT)'],
  ['zone import - --zone 2.0.192.in-addr.arpa', '', 1, 'does not know the zone'],
  ['zone import - --zone a..b', '', 2, 'is no zone'],
  ['zone check -', 'x 60 A nonsense', 1, '-:1:8: '],
  ['zone check -', '"', 1, '-:1:1: '],
  ['zone trace', '', 2, 'Name a name'],
  ['zone trace x NONSENSE', '', 2, 'is no type'],
  ['zone trace a..b', '', 2, 'is no name'],
  ['zone trace example.net.', '', 1, 'REFUSED'],
  ['zone export --zone example.net.', '', 1, 'does not know the zone'],
])('%s %j: %i', async (line, input, code, words) => {
  expect(await run(line, input)).toMatchObject({ code, out: '', err: expect.stringContaining(words) });
});

it('checks a file without a database', async () => {
  expect(await cli({}, 'zone check -', 'a 60 A 192.0.2.1')).toMatchObject({
    code: 0,
    out: '1 records, nothing wrong\n',
  });
});

it('checks the zone of the database', async () => {
  expect(await run('zone check')).toMatchObject({ code: 0, out: expect.stringContaining('all of them served') });
  await database.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source) VALUES ('${ZONE}', 'ns.${ZONE}', 1, 60, '\\x01020304', 'update')`,
  );
  expect(await run('zone check')).toMatchObject({
    code: 1,
    err: expect.stringContaining(`not served: ns.${ZONE} A: `),
  });
  await database.query('DELETE FROM zone_records');
});

it('traces a name', async () => {
  await run('zone import -', 'www 60 CNAME web\nweb 60 A 192.0.2.80');
  const { code, out } = await run('zone trace www.ct.example.org');
  expect(code).toBe(0);
  expect(out).toContain(`www.${ZONE} is an alias: web.${ZONE}\n`);
  expect(out).toMatch(/\nNOERROR, serial \d+\nwww.*CNAME.*\nweb.*A 192\.0\.2\.80\n$/);
  expect((await run('zone trace nobody AAAA')).out).toContain('NXDOMAIN');
});

it('says of a signed zone what it does not show', async () => {
  await database.query('UPDATE zones SET dnssec = true');
  expect((await run('zone trace @ DNSKEY')).out).toContain(
    'are made by the name server when it signs the zone: They are',
  );
  expect((await run('zone trace nobody')).out).toMatch(/the zone is signed: .* not shown here\.\n\nNXDOMAIN/);
  expect((await run('zone export')).err).toContain('The zone is served signed;');
  await database.query('UPDATE zones SET dnssec = false');
  expect((await run('zone trace nobody')).out).not.toContain('signed');
});
