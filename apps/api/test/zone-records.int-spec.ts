import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let admin: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  const hostId = await api.seeds.host('host1');
  const projectId = await api.seeds.project('team');
  const web1 = await api.seeds.container('web1', { hostId, projectId });
  await api.db.query('UPDATE addresses SET published = true WHERE container_id = $1', [web1]);
  await api.db.query(
    `INSERT INTO ssh_host_keys (container_id, type, public_key, private_key_sealed, fingerprint) VALUES ($1, 'ed25519', $2, 'sealed', 'SHA256:x')`,
    [web1, `ssh-ed25519 ${Buffer.alloc(51, 1).toString('base64')} c`],
  );
  await admin.post('/api/zones', { cidr: '10.0.0.0/8' }).expect(201);
  const text = `www 300 IN CNAME web1
*.w 60 IN TXT "any"
a.b.deep 60 IN A 192.0.2.1
sub 60 IN NS ns.sub
ns.sub 60 IN A 192.0.2.2
out 60 IN CNAME x.example.`;
  await admin.post('/api/static-entries', { title: 'Web', text }).expect(201);
  await api.db.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source) VALUES ($1, $2, 16, 60, $3, 'update'), ($1, $4, 1, 60, $5, 'update'), ($1, $6, 16, 60, $3, 'update')`,
    [ZONE, `upd.${ZONE}`, Buffer.from('\u0001x'), `web1.${ZONE}`, Buffer.from([192, 0, 2, 9]), `x.sub.${ZONE}`],
  );
});
afterAll(() => api.stop());

type Row = {
  id: string | null;
  owner: string;
  type: string;
  data: string;
  source: string;
  origin: { name: string } | null;
  served: boolean;
  reason: string | null;
};
const list = async (query = '', zone = ZONE): Promise<{ items: Row[]; total: number }> =>
  (await admin.get(`/api/zones/${zone}/records?${query}`).expect(200)).body;
const short = ({ owner, type, source, served }: Row) =>
  `${owner.replace(`.${ZONE}`, '')} ${type} ${source}${served ? '' : ' not served'}`;

it('shows everything, and what is served of it', async () => {
  const { items, total } = await list();
  expect(total).toBe(15);
  expect(items.slice(0, 2).map(short)).toEqual([`${ZONE} NS apex`, `${ZONE} SOA apex`]);
  expect(items.map(short).sort()).toEqual(
    [
      `${ZONE} NS apex`,
      `${ZONE} SOA apex`,
      '*.w TXT static',
      'a.b.deep A static',
      'nameserver A apex',
      'ns.sub A static',
      'out CNAME static',
      'sub NS static',
      'upd TXT update',
      'web1 A container',
      'web1 A update not served',
      'web1 AAAA container',
      'web1 SSHFP container',
      'www CNAME static',
      'x.sub TXT update not served',
    ].sort(),
  );
  const reasons = items.flatMap(({ reason }) => reason ?? []);
  expect(reasons).toEqual(
    expect.arrayContaining([
      expect.stringContaining('container'),
      expect.stringContaining(`delegation of sub.${ZONE}`),
    ]),
  );
  expect(items.find(({ type }) => type === 'CNAME')?.origin?.name).toBe('Web');
});

it('pages, filters and names the total', async () => {
  const all = (await list()).items.map(short);
  const pages = await Promise.all([1, 2, 3, 4].map((page) => list(`page=${page}&pageSize=5`)));
  expect(pages.flatMap(({ items }) => items.map(short))).toEqual(all);
  expect(pages.map(({ total }) => total)).toEqual([15, 15, 15, 15]);
  expect((await list('filter=WEB1')).items.map(short)).toHaveLength(4);
  expect((await list('filter=10.0.0.1')).items.map(short)).toEqual(['web1 A container']);
  expect((await list('type=cname')).total).toBe(2);
  expect((await list('source=update')).total).toBe(3);
  await admin.get(`/api/zones/${ZONE}/records?type=NONSENSE`).expect(400);
  await admin.get('/api/zones/example.net./records').expect(404);
});

it('shows the names of addresses in a reverse zone', async () => {
  const { items } = await list('', '10.in-addr.arpa.');
  expect(items.find(({ type }) => type === 'PTR')).toMatchObject({
    owner: '1.0.0.10.in-addr.arpa.',
    data: `web1.${ZONE}`,
    source: 'reverse',
    origin: { name: 'web1' },
    served: true,
  });
});

it('takes away what an update made, and nothing else', async () => {
  const { items } = await list();
  const row = items.find(({ owner }) => owner === `upd.${ZONE}`) as Row;
  const fixed = items.find(({ source }) => source === 'static') as Row;
  await admin.delete(`/api/zones/${ZONE}/records/${fixed.id}`).expect(404);
  await admin.delete(`/api/zones/${ZONE}/records/${row.id}`).expect(204);
  const [journal] = await api.db.query('SELECT owners FROM zone_journal ORDER BY id DESC LIMIT 1');
  expect(journal.owners).toEqual([`upd.${ZONE}`]);
});

describe('traces', () => {
  const trace = async (name: string, type = 'A') =>
    (await admin.get(`/api/zones/${ZONE}/trace?name=${encodeURIComponent(name)}&type=${type}`).expect(200)).body;

  it.each<[string, string, string, string[], string]>([
    ['web1', 'A', 'NOERROR', ['A 10.0.0.1 container'], `web1.${ZONE} has A`],
    [
      'WWW.ct.example.org',
      'A',
      'NOERROR',
      [`CNAME web1.${ZONE} static`, 'A 10.0.0.1 container'],
      `www.${ZONE} is an alias`.replace('www', 'WWW'),
    ],
    ['x.w', 'TXT', 'NOERROR', ['TXT "any" static'], `the wildcard *.w.${ZONE} answers in its place`],
    ['b.deep', 'A', 'NOERROR', [], `b.deep.${ZONE} has no records of its own`],
    ['x.sub', 'A', 'NOERROR', [], `sub.${ZONE} is delegated`],
    ['out', 'A', 'NOERROR', ['CNAME x.example. static'], 'x.example. is not in this zone'],
    ['nobody', 'A', 'NXDOMAIN', [], 'the answer is that the name does not exist'],
    ['@', 'MX', 'NOERROR', [], `${ZONE} exists without MX`],
  ])('%s %s', async (name, type, rcode, answers, step) => {
    const body = await trace(name, type);
    expect(body.rcode).toBe(rcode);
    expect(body.answers.map((row: Row) => `${row.type} ${row.data} ${row.source}`)).toEqual(answers);
    expect(body.steps.map(({ text }: { text: string }) => text.toLowerCase())).toContain(step.toLowerCase());
  });

  it('know where a record comes from whose name a thousand others end with', async () => {
    const others = Array.from({ length: 1_001 }, (_, index) => `n${index}x 60 IN A 192.0.2.7`).join('\n');
    await admin.post('/api/static-entries', { title: 'Many', text: `${others}\nx 60 IN A 192.0.2.8` }).expect(201);
    const { answers } = await trace('x');
    expect(answers).toMatchObject([{ data: '192.0.2.8', source: 'static', origin: { name: 'Many' } }]);
  });

  it('only of names in the zone', async () => {
    await admin.get(`/api/zones/${ZONE}/trace?name=example.net.`).expect(400);
    await admin.get(`/api/zones/${ZONE}/trace?name=a..b`).expect(400);
  });
});

describe('a signed zone', () => {
  beforeAll(() => admin.put(`/api/zones/${ZONE}/dnssec`, { enabled: true }).expect(200));
  afterAll(() => admin.put(`/api/zones/${ZONE}/dnssec`, { enabled: false, dsRemoved: true }).expect(200));

  it.each<[string, string, string, string, number]>([
    ['web1', 'A', 'NOERROR', 'the zone is signed', 1],
    ['nobody', 'A', 'NXDOMAIN', 'the zone is signed', 0],
    ['nobody', 'NSEC', 'NXDOMAIN', 'the zone is signed', 0],
    ['web1', 'DNSKEY', 'NOERROR', 'the zone is signed', 0],
    ['web1', 'RRSIG', 'NOERROR', 'records of this type are made by the name server when it signs the zone', 0],
    ['@', 'NSEC', 'NOERROR', 'records of this type are made by the name server when it signs the zone', 0],
    ['@', 'DNSKEY', 'NOERROR', 'records of this type are made by the name server when it signs the zone', 0],
  ])('is traced without its signatures, and says so: %s %s', async (name, type, rcode, last, answers) => {
    const path = `/api/zones/${ZONE}/trace?name=${encodeURIComponent(name)}&type=${type}`;
    const { body } = await admin.get(path).expect(200);
    expect(body.rcode).toBe(rcode);
    expect(body.steps.at(-1)).toEqual({ text: last, detail: expect.stringContaining('not shown here') });
    expect(body.answers).toHaveLength(answers);
    const texts = body.steps.map(({ text }: { text: string }) => text);
    expect(texts).not.toContainEqual(expect.stringMatching(/without (RRSIG|NSEC)|^ct.* without DNSKEY/));
  });

  it('is exported without its signatures, and says so', async () => {
    const { text } = await admin.get(`/api/zones/${ZONE}/export`).expect(200);
    expect(text.split('\n')[1]).toMatch(/^; It is served signed; .* left out\.$/);
    expect(text).not.toMatch(/ IN (RRSIG|NSEC|DNSKEY) /);
  });
});

it('exports what is served', async () => {
  const { text, headers } = await admin.get(`/api/zones/${ZONE}/export`).expect(200);
  expect(headers['content-type']).toContain('text/dns');
  expect(text).toContain(`web1.${ZONE} 60 IN A 10.0.0.1\n`);
  expect(text).toContain(`sub.${ZONE} 60 IN NS ns.sub.${ZONE}\n`);
  expect(text).not.toContain('192.0.2.9');
  await admin.get('/api/zones/example.net./export').expect(404);
});
