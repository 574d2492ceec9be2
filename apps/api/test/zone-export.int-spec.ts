import { zoneDocuments } from '@lxdm/domain';
import { Transactor, ZonesRepository } from '@lxdm/entities';
import { buildServableZone, writeZoneFile } from '@lxdm/nameserver';
import { ZoneExportService } from '../src/zones/zone-export.service';
import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';

const CONTAINERS = 10_000;
const REVERSE = '20.10.in-addr.arpa.';

let api: ApiUnderTest;
let admin: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  const hostId = await api.seeds.host('host1');
  await admin.post('/api/zones', { cidr: '10.20.0.0/16' }).expect(201);
  await api.db.query(
    `INSERT INTO containers (id, name, name_key, host_id, image, hwaddr_eth0, hwaddr_eth1, power, generation, observed_generation, observed_status, created_on_host_at, observed_at)
     SELECT gen_random_uuid(), 'c' || n, 'c' || n, $1, 'debian', '00:16:3e:00:00:01', '00:16:3e:00:00:02', 'running', 1, 1, 'Running', now(), now() FROM generate_series(1, $2::int) n`,
    [hostId, CONTAINERS],
  );
  await api.db.query(
    `INSERT INTO addresses (container_id, interface, address, family, present, published, observed_at)
     SELECT id, 'eth0', '10.20.0.0'::inet + (row_number() OVER ())::int, 4, true, true, now() FROM containers
     UNION ALL SELECT id, 'eth1', ('2001:db8:100:0:216:3eff:fe00:' || to_hex(row_number() OVER ()))::inet, 6, true, true, now() FROM containers`,
  );
  await api.db.query(
    `INSERT INTO ssh_host_keys (container_id, type, public_key, private_key_sealed, fingerprint)
     SELECT id, 'ed25519', 'ssh-ed25519 ' || encode(sha256(id::text::bytea), 'base64') || ' c', 'sealed', 'SHA256:x' FROM containers`,
  );
  const text = `www 300 IN CNAME c1
*.w 60 IN TXT "any" "; no comment"
a.b.deep 60 IN A 192.0.2.1
c17 60 IN MX 10 mail.example.
long 60 IN TXT ${Array.from({ length: 30 }, () => `"${'x'.repeat(200)}"`).join(' ')}
odd\\.dot 60 IN A 192.0.2.3
\\255\\(x 60 IN A 192.0.2.4
sub 60 IN NS zz.ns.sub
sub 60 IN NS aa.other
zz.ns.sub 60 IN A 192.0.2.2
other 60 IN NS x.example.
aa.other 60 IN AAAA 2001:db8::1`;
  await admin.post('/api/static-entries', { title: 'Web', text }).expect(201);
  // Nothing of these is served: they are hidden, or in the way.
  await api.db.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source) VALUES ($1, 'x.sub.' || $1, 16, 60, '\\x0161', 'update'), ($1, 'hidden.other.' || $1, 1, 60, '\\xc0000209', 'update'),
       ($1, 'c2.' || $1, 1, 60, '\\xc0000209', 'update'), ($2, '1.0.' || $2, 16, 60, '\\x0161', 'update')`,
    [ZONE, REVERSE],
  );
}, 60_000);
afterAll(() => api.stop());

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '' && !line.startsWith(';'));
const ask = (zone: string) =>
  fetch(`http://127.0.0.1:${api.port}/api/zones/${zone}/export`, { headers: { Cookie: admin.cookie } });

describe.each([ZONE, REVERSE])('%s with 10,000 containers', (name) => {
  it('is exported as the name server serves it', async () => {
    const contents = await new ZonesRepository(new Transactor(api.db)).load(ZONE);
    const document = contents && zoneDocuments(api.settings, contents).find(({ origin }) => origin === name);
    const { zone } = document ? buildServableZone(document) : {};
    if (!zone) throw new Error('There is no zone.');
    const exported = lines(await (await ask(name)).text());
    expect(exported[0]).toMatch(/ IN SOA /);
    expect(exported.sort()).toEqual(lines(writeZoneFile(zone)).sort());
  });

  it('is made a hundred names at a time, and between them others have their turn', async () => {
    const service = new ZoneExportService(new ZonesRepository(new Transactor(api.db)), api.settings);
    let turns = 0;
    let slices = 0;
    for await (const text of service.export({ isAdmin: true, canSudo: true }, name)) {
      if (text.startsWith(';')) continue;
      expect(new Set(lines(text).map((line) => line.split(' ')[0])).size).toBeLessThanOrEqual(100);
      // What was ready before the last slice has run by now.
      expect(turns).toBe(slices);
      slices += 1;
      setImmediate(() => (turns += 1));
    }
    expect(slices).toBeGreaterThan(CONTAINERS / 100);
  });
});

it('several at a time are whole, also behind one that breaks off', async () => {
  const broken = new AbortController();
  const first = fetch(`http://127.0.0.1:${api.port}/api/zones/${ZONE}/export`, {
    headers: { Cookie: admin.cookie },
    signal: broken.signal,
  });
  const others = [ask(ZONE), ask('nowhere.example.'), ask(ZONE)];
  await (await first).body?.getReader().read();
  broken.abort();
  const answers = await Promise.all(others);
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 200]);
  const [one, , two] = await Promise.all(answers.map((answer) => answer.text()));
  expect(lines(one ?? '').length).toBeGreaterThan(3 * CONTAINERS);
  expect(one).toBe(two);
});
