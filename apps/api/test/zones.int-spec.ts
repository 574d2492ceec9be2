import { open } from '@lxdm/crypto';
import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';
import { whileZonesAreHeld } from './held-zones';

/** As many as the application has to the database. */
const CONNECTIONS = 12;

let api: ApiUnderTest;
let admin: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
});
afterAll(() => api.stop());

describe('zones', () => {
  it('tell what the parent zone has to say', async () => {
    const { body } = await admin.get('/api/zones').expect(200);
    expect(body).toEqual([
      {
        name: ZONE,
        kind: 'forward',
        cidr: null,
        serial: expect.any(Number),
        dnssec: false,
        records: 3,
        nameserver: `nameserver.${ZONE}`,
        addresses: ['192.0.2.53'],
        delegation: {
          ns: [`${ZONE} 3600 IN NS nameserver.${ZONE}`],
          glue: [`nameserver.${ZONE} 3600 IN A 192.0.2.53`],
          ds: [],
        },
      },
    ]);
  });

  it.each([
    ['10.1.0.0/16', undefined, '1.10.in-addr.arpa.'],
    ['203.0.113.64/26', '64/26.113.0.203.In-Addr.Arpa', '64/26.113.0.203.in-addr.arpa.'],
    ['2001:DB8:7::/48', undefined, '7.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.'],
    ['2001:db8:8:8::/64', '8.0.0.0.8.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa', '8.0.0.0.8.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.'],
  ])('of %s (%s) is %s, until it is removed', async (cidr, name, expected) => {
    const { body } = await admin.post('/api/zones', { cidr, ...(name && { name }) }).expect(201);
    expect(body).toMatchObject({ name: expected, kind: 'reverse', cidr: cidr.toLowerCase(), records: 2 });
    const { body: zones } = await admin.get('/api/zones').expect(200);
    expect(new Set(zones.map(({ serial }: { serial: number }) => serial)).size).toBe(1);
    await admin.post('/api/zones', { cidr, ...(name && { name }) }).expect(409);
    await admin.delete(`/api/zones/${encodeURIComponent(expected)}`).expect(204);
    await admin.delete(`/api/zones/${encodeURIComponent(expected)}`).expect(404);
  });

  it.each([
    ['192.0.2.1/24', undefined, 'cidr'],
    ['0.0.0.0/0', undefined, 'cidr'],
    ['192.0.2.0', undefined, 'cidr'],
    ['192.0.2.0/25', undefined, 'name'],
    ['192.0.2.0/25', 'x.example.org', 'name'],
    ['192.0.2.0/24', '3.0.192.in-addr.arpa', 'name'],
    ['2001:db8::/33', undefined, 'name'],
  ])('not of %s (%s)', async (cidr, name, field) => {
    const { body } = await admin.post('/api/zones', { cidr, ...(name && { name }) }).expect(400);
    expect(body.errors[0].field).toBe(field);
  });

  it('are added by many at a time, more than there are connections', async () => {
    const subnets = Array.from({ length: 24 }, (_, index) => `172.16.${index}.0/24`);
    const add = (cidr: string) => admin.post('/api/zones', { cidr });
    const answers = await whileZonesAreHeld(
      api,
      subnets.map((cidr) => () => add(cidr)),
      CONNECTIONS,
    );
    expect(answers.map(({ status }) => status)).toEqual(subnets.map(() => 201));
    for (const { body } of answers) await admin.delete(`/api/zones/${body.name}`).expect(204);
  });

  it('do not overlap, and the forward one stays', async () => {
    await admin.post('/api/zones', { cidr: '10.2.0.0/16' }).expect(201);
    await admin.post('/api/zones', { cidr: '10.2.3.0/24' }).expect(409);
    await admin.post('/api/zones', { cidr: '10.0.0.0/8' }).expect(409);
    await admin.delete(`/api/zones/${ZONE}`).expect(409);
    await admin.delete('/api/zones/2.10.in-addr.arpa.').expect(204);
  });
});

describe('TSIG keys', () => {
  it('show their secret once, sealed for their row', async () => {
    const wanted = {
      name: 'Certbot.Example',
      updateNames: ['_acme-challenge.WWW.ct.example.org', '*.dyn.ct.example.org.'],
      updateTypes: ['txt'],
    };
    const { body } = await admin.post('/api/tsig-keys', wanted).expect(201);
    expect(body.key).toEqual({
      id: expect.any(String),
      name: 'certbot.example.',
      algorithm: 'hmac-sha256',
      updateNames: ['_acme-challenge.www.ct.example.org.', '*.dyn.ct.example.org.'],
      updateTypes: ['TXT'],
      mayTransfer: false,
      createdAt: expect.any(String),
      lastUsedAt: null,
    });
    expect(Buffer.from(body.secret, 'base64')).toHaveLength(32);
    const [row] = await api.db.query('SELECT secret_sealed FROM tsig_keys WHERE id = $1', [body.key.id]);
    const place = { table: 'tsig_keys', column: 'secret', row: body.key.id };
    expect(open(api.settings.dnsKeyRing, place, row.secret_sealed).toString('base64')).toBe(body.secret);
    const everywhere = JSON.stringify([
      (await admin.get('/api/tsig-keys').expect(200)).body,
      await api.db.query('SELECT * FROM audit_events'),
    ]);
    expect(everywhere).not.toContain(body.secret);
    const changed = await admin.put(`/api/tsig-keys/${body.key.id}`, { mayTransfer: true }).expect(200);
    expect(changed.body).toMatchObject({ updateNames: [], updateTypes: [], mayTransfer: true });
    await admin.post('/api/tsig-keys', { name: 'CERTBOT.example.' }).expect(409);
    await admin.delete(`/api/tsig-keys/${body.key.id}`).expect(204);
  });

  it('have their types by mnemonic, as updates are held against them', async () => {
    const wanted = { name: 'types.example.', updateTypes: ['type16', 'TXT', 'TYPE1', 'AAAA'] };
    const { body } = await admin.post('/api/tsig-keys', wanted).expect(201);
    expect(body.key.updateTypes).toEqual(['TXT', 'A', 'AAAA']);
    await admin.delete(`/api/tsig-keys/${body.key.id}`).expect(204);
  });

  it.each([
    [{ name: '' }, 'name'],
    [{ name: '.' }, 'name'],
    [{ name: 'a..b' }, 'name'],
    [{ secret: 'short' }, 'secret'],
    [{ secret: Buffer.alloc(15).toString('base64') }, 'secret'],
    [{ secret: 'not base64!' }, 'secret'],
    [{ algorithm: 'hmac-md5' }, 'algorithm'],
    [{ updateNames: ['a..b'] }, 'updateNames'],
    [{ updateTypes: ['SOA'] }, 'updateTypes'],
    [{ updateTypes: ['NONSENSE'] }, 'updateTypes'],
    [{ updateTypes: ['TYPE6'] }, 'updateTypes'],
    [{ updateTypes: ['TYPE255'] }, 'updateTypes'],
    [{ updateTypes: ['TYPE65536'] }, 'updateTypes'],
  ])('not %j', async (given, field) => {
    const { body } = await admin.post('/api/tsig-keys', { name: 'k.example.', ...given }).expect(400);
    expect(body.errors[0].field).toBe(field);
  });
});

describe('secondaries', () => {
  it('are told of changes while they are there; their key stays as long', async () => {
    const secret = Buffer.alloc(16, 7).toString('base64');
    const { body: made } = await admin.post('/api/tsig-keys', { name: 'xfr.', secret, mayTransfer: true }).expect(201);
    expect(made.secret).toBe(secret);
    const { body } = await admin
      .post('/api/secondaries', { name: 'Knot', address: '2001:DB8::0:54', tsigKeyId: made.key.id })
      .expect(201);
    expect(body).toEqual({
      id: expect.any(String),
      name: 'Knot',
      address: '2001:db8::54',
      port: 53,
      tsigKey: { id: made.key.id, name: 'xfr.' },
      notifiedSerial: null,
      notifiedAt: null,
      transferredSerial: null,
      transferredAt: null,
      error: null,
      createdAt: expect.any(String),
    });
    await admin.post('/api/secondaries', { name: 'again', address: '2001:db8::54' }).expect(409);
    await admin.delete(`/api/tsig-keys/${made.key.id}`).expect(409);
    expect((await admin.get('/api/secondaries').expect(200)).body).toEqual([body]);
    await admin.delete(`/api/secondaries/${body.id}`).expect(204);
    await admin.delete(`/api/secondaries/${body.id}`).expect(404);
    await admin.delete(`/api/tsig-keys/${made.key.id}`).expect(204);
  });

  it.each([
    [{ address: 'ns.example.org' }, 'address'],
    [{ address: '0.0.0.0' }, 'address'],
    [{ address: '224.0.0.1' }, 'address'],
    [{ address: '255.255.255.255' }, 'address'],
    [{ address: 'fe80::1' }, 'address'],
    [{ address: '::' }, 'address'],
    [{ port: 0 }, 'port'],
    [{ port: 65_536 }, 'port'],
    [{ tsigKeyId: '00000000-0000-4000-8000-000000000000' }, 'tsigKeyId'],
  ])('not %j', async (given, field) => {
    const { body } = await admin.post('/api/secondaries', { name: 'x', address: '10.0.0.1', ...given }).expect(400);
    expect(body.errors[0].field).toBe(field);
  });
});
