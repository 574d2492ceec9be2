import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let admin: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  await admin.put(`/api/zones/${ZONE}/dnssec`, { enabled: true }).expect(200);
  await admin.post('/api/static-entries', { title: 'One', text: 'one 60 IN A 192.0.2.1' }).expect(201);
});
afterAll(() => api.stop());

describe.each([ZONE, ZONE.slice(0, -1), ZONE.toUpperCase(), 'CT.Example.ORG'])('the zone as %s', (spelling) => {
  const zone = `/api/zones/${spelling}`;

  it('has its keys', async () => {
    const [key] = (await admin.get(`${zone}/keys`).expect(200)).body as { id: string; dnskey: string }[];
    expect(key?.dnskey).toMatch(`${ZONE} 3600 IN DNSKEY`);
    const { body: second } = await admin.post(`${zone}/keys`, {}).expect(201);
    expect(second.ds).toMatch(`${ZONE} 3600 IN DS`);
    await admin.put(`${zone}/keys/${key?.id ?? ''}`, { state: 'active' }).expect(200);
    await admin.delete(`${zone}/keys/${second.id}`).expect(204);
    expect((await admin.put(`${zone}/dnssec`, { enabled: true }).expect(200)).body.name).toBe(ZONE);
  });

  it('has its records', async () => {
    const { body } = await admin.get(`${zone}/records?source=static`).expect(200);
    expect(body.items).toMatchObject([{ owner: `one.${ZONE}` }]);
    expect((await admin.get(`${zone}/trace?name=one`).expect(200)).body.answers).toHaveLength(1);
    expect((await admin.get(`${zone}/export`).expect(200)).text).toContain(`one.${ZONE} 60 IN A 192.0.2.1\n`);
  });

  it('loses what an update made', async () => {
    const sql = `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source) VALUES ($1, 'upd.' || $1, 16, 60, '\\x0161', 'update') RETURNING id`;
    const [{ id }] = await api.db.query(sql, [ZONE]);
    await admin.delete(`${zone}/records/${id}`).expect(204);
    const [act] = await api.db.query(`SELECT target_id FROM audit_events ORDER BY seq DESC LIMIT 1`);
    expect(act.target_id).toBe(ZONE);
  });

  it('takes entries, and lists them', async () => {
    expect((await admin.get(`/api/static-entries?zone=${spelling}`).expect(200)).body).toHaveLength(1);
    const { body } = await admin.post('/api/static-entries', { zone: spelling, title: 'x', text: '' }).expect(201);
    expect(body.zone).toBe(ZONE);
    await admin.delete(`/api/static-entries/${body.id}`).expect(204);
    await admin.delete(zone).expect(409);
  });
});

it.each(['64/26.113.0.203.in-addr.arpa.', '64/26.113.0.203.IN-ADDR.ARPA', '64%2F26.113.0.203.in-addr.arpa'])(
  'a reverse zone goes by %s',
  async (spelling) => {
    await admin.post('/api/zones', { cidr: '203.0.113.64/26', name: '64/26.113.0.203.in-addr.arpa.' }).expect(201);
    await admin.delete(`/api/zones/${spelling.replace('/', '%2F')}`).expect(204);
  },
);

it.each(['a..b', 'x'.repeat(64), '%C3%A9', '%5C'])('what is no zone is not there: %s', async (name) => {
  await admin.get(`/api/zones/${name}/keys`).expect(404);
  await admin.get(`/api/zones/${name}/records`).expect(404);
  await admin.get(`/api/zones/${name}/export`).expect(404);
  await admin.delete(`/api/zones/${name}`).expect(404);
});
