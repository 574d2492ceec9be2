import { open } from '@lxdm/crypto';
import { SigningKey } from '@lxdm/nameserver';
import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';

const zone = `/api/zones/${ZONE}`;
let api: ApiUnderTest;
let admin: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
});
afterAll(() => api.stop());

const keys = async () =>
  (await admin.get(`${zone}/keys`).expect(200)).body as { id: string; state: string; ds: string }[];
const states = async () => (await keys()).map(({ state }) => state);
const serial = async () => Number((await api.db.query('SELECT serial FROM zones WHERE name = $1', [ZONE]))[0].serial);

it('takes a zone through all of DNSSEC: on, a rollover step by step, off', async () => {
  await admin.post(`${zone}/keys`, {}).expect(409);
  const before = await serial();
  const { body: signed } = await admin.put(`${zone}/dnssec`, { enabled: true }).expect(200);
  expect(signed.dnssec).toBe(true);
  const [first] = await keys();
  expect(first).toMatchObject({ state: 'active', algorithm: 'ECDSAP256SHA256', earliestNext: null });
  expect(signed.delegation.ds).toEqual([first?.ds]);
  expect((await admin.get('/api/zones').expect(200)).body).toMatchObject([
    { name: ZONE, dnssec: true, delegation: { ds: [first?.ds] } },
  ]);
  expect(await serial()).toBeGreaterThan(before);

  const { body: second } = await admin.post(`${zone}/keys`, {}).expect(201);
  expect(second).toMatchObject({ state: 'standby', activeAt: null });
  await admin.put(`${zone}/keys/${second.id}`, { state: 'active' }).expect(409);
  await admin.put(`${zone}/keys/${second.id}`, { state: 'active', force: true }).expect(200);
  expect(await states()).toEqual(['retired', 'active']);
  await admin.delete(`${zone}/keys/${second.id}`).expect(409);
  await admin.delete(`${zone}/keys/${first?.id ?? ''}`).expect(409);
  await api.db.query(`UPDATE zone_keys SET retired_at = now() - interval '25 hours' WHERE id = $1`, [first?.id]);
  await admin.delete(`${zone}/keys/${first?.id ?? ''}`).expect(204);
  expect(await states()).toEqual(['active']);

  await admin.put(`${zone}/dnssec`, { enabled: false }).expect(409);
  const { body: bare } = await admin.put(`${zone}/dnssec`, { enabled: false, dsRemoved: true }).expect(200);
  expect(bare.dnssec).toBe(false);
  // The key stays: whoever turns it on again has the same DS record.
  await admin.put(`${zone}/dnssec`, { enabled: true }).expect(200);
  expect((await keys()).map(({ id }) => id)).toEqual([second.id]);
});

it('stores private keys sealed for their row, opened by the ring of the name server', async () => {
  const [row] = await api.db.query('SELECT id, dnskey, private_key_sealed FROM zone_keys');
  const place = { table: 'zone_keys', column: 'private', row: row.id };
  const key = SigningKey.open(row.dnskey, open(api.settings.dnsKeyRing, place, row.private_key_sealed), 'active');
  expect((await keys())[0]).toMatchObject({ keyTag: key.tag });
});

it('writes down who did what, and nothing secret', async () => {
  const rows = await api.db.query(`SELECT action, detail FROM audit_events WHERE action LIKE 'zone.%' ORDER BY seq`);
  const actions = rows.map(({ action }: { action: string }) => action);
  expect(actions).toEqual(
    expect.arrayContaining(['zone.sign', 'zone.add-key', 'zone.activate-key', 'zone.remove-key', 'zone.unsign']),
  );
  expect(JSON.stringify(rows)).not.toContain('v1.');
});

it('has at most four keys, and tells of zones and keys that are not there', async () => {
  for (let count = (await keys()).length; count < 4; count++) await admin.post(`${zone}/keys`, {}).expect(201);
  await admin.post(`${zone}/keys`, {}).expect(409);
  await admin.get('/api/zones/nowhere.example./keys').expect(404);
  await admin.put('/api/zones/nowhere.example./dnssec', { enabled: true }).expect(404);
  await admin.delete(`${zone}/keys/00000000-0000-4000-8000-000000000000`).expect(404);
});
