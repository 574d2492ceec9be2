import { randomBytes } from 'node:crypto';
import { openText } from '@lxdm/crypto';
import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';

let api: ApiUnderTest;
let admin: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('admin', true);
});
afterAll(() => api.stop());

const rowOf = async (id: string) => (await api.db.query('SELECT * FROM hosts WHERE id = $1', [id]))[0];

describe('adding', () => {
  it('seals the trust password for exactly this row and tells it to nobody', async () => {
    const trustPassword = 'sesame open now';
    const { body, text } = await admin
      .post('/api/hosts', {
        name: 'host1',
        url: 'Host1.example.org',
        subnets: ['198.51.100.0/24', '2001:db8:100::/64'],
        trustPassword,
        monitoringUrl: 'https://m.example.org/1',
      })
      .expect(202);
    expect(body).toMatchObject({ type: 'host.add', status: 'Pending', target: { kind: 'host', name: 'host1' } });
    const row = await rowOf(body.target.id);
    expect(row).toMatchObject({ url: 'https://host1.example.org:8443', pin: null, trust_kind: 'password' });
    const place = { table: 'hosts', column: 'trust_secret', row: body.target.id };
    expect(openText(api.settings.keyRing, place, row.trust_secret)).toBe(trustPassword);
    const { body: host, text: hostText } = await admin.get(`/api/hosts/${body.target.id}`).expect(200);
    expect(host).toMatchObject({
      state: 'Contacting',
      fingerprint: null,
      subnets: ['198.51.100.0/24', '2001:db8:100::/64'],
      memory: null,
      server: null,
    });
    const everywhere = `${text}${hostText}${JSON.stringify(await api.db.query('SELECT * FROM operations'))}${JSON.stringify(row)}`;
    expect(everywhere).not.toContain(trustPassword);
  });

  it('takes the fingerprint from a trust token', async () => {
    const fingerprint = randomBytes(32).toString('hex');
    const token = Buffer.from(
      JSON.stringify({ client_name: 'm', fingerprint, addresses: ['192.0.2.1:8443'], secret: 's' }),
    ).toString('base64');
    const { body } = await admin
      .post('/api/hosts', { name: 'host2', url: 'https://[2001:db8::1]', subnets: [], trustToken: token })
      .expect(202);
    expect(await rowOf(body.target.id)).toMatchObject({
      pin: fingerprint,
      trust_kind: 'token',
      url: 'https://[2001:db8::1]:8443',
    });
    const other = { name: 'host3', url: 'https://h3', subnets: [], trustToken: token, fingerprint: 'ab'.repeat(32) };
    expect((await admin.post('/api/hosts', other).expect(400)).body.errors[0].field).toBe('fingerprint');
    const both = { name: 'host3', url: 'https://h3', subnets: [], trustToken: token, trustPassword: 'x' };
    expect((await admin.post('/api/hosts', both).expect(400)).body.errors[0].field).toBe('trustToken');
  });

  it('takes a fingerprint as people read it, and refuses a name or an address twice', async () => {
    const fingerprint = 'AB:'.repeat(31) + 'AB';
    const { body } = await admin
      .post('/api/hosts', { name: 'host4', url: 'https://h4:443', subnets: [], fingerprint })
      .expect(202);
    expect(await rowOf(body.target.id)).toMatchObject({ pin: 'ab'.repeat(32), url: 'https://h4:443' });
    await admin.post('/api/hosts', { name: 'HOST4', url: 'https://h5', subnets: [] }).expect(409);
    await admin.post('/api/hosts', { name: 'host5', url: 'H4:443', subnets: [] }).expect(409);
  });

  it('names every fault at once', async () => {
    const { body } = await admin
      .post('/api/hosts', { name: 'h', url: 'http://h/', subnets: ['x'], fingerprint: 'y' })
      .expect(400);
    expect(body.errors.map((error: { field: string }) => error.field)).toEqual(['url', 'subnets', 'fingerprint']);
  });
});

describe('confirming and removing', () => {
  it('accepts the certificate that the host showed', async () => {
    const id = await api.seeds.host('shown');
    await api.db.query('UPDATE hosts SET pin = NULL, trusted = false WHERE id = $1', [id]);
    const { body: host } = await admin.get(`/api/hosts/${id}`).expect(200);
    expect(host).toMatchObject({ state: 'AwaitingConfirmation', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const { body } = await admin.put(`/api/hosts/${id}/pin`, { fingerprint: host.fingerprint }).expect(202);
    expect(body).toMatchObject({ type: 'host.confirm', target: { id } });
    expect((await admin.get(`/api/hosts/${id}`)).body).toMatchObject({
      state: 'Connecting',
      fingerprint: host.fingerprint,
    });
  });

  it('keeps a host that has containers, unless it is meant', async () => {
    const id = await api.seeds.host('full');
    await api.seeds.container('tenant', { hostId: id, projectId: await api.seeds.project('tenants') });
    const { body } = await admin.delete(`/api/hosts/${id}`).expect(409);
    expect(body).toMatchObject({
      code: 'host-has-containers',
      detail: expect.stringContaining('1 container is on "full"'),
    });
    expect((await admin.delete(`/api/hosts/${id}?force=true`).expect(202)).body.type).toBe('host.remove');
    expect((await admin.get(`/api/hosts/${id}`)).body.state).toBe('Removing');
    await admin.delete(`/api/hosts/${id}?force=true`).expect(409);
    await admin.put(`/api/hosts/${id}/pin`, { fingerprint: 'ab'.repeat(32) }).expect(409);
  });
});

it('lists hosts and their images for everybody', async () => {
  const id = await api.seeds.host('with-image');
  const user = await api.signedIn('user');
  const { body } = await user.get('/api/hosts').expect(200);
  expect(body.map((host: { name: string }) => host.name)).toContain('with-image');
  const images = await user.get(`/api/hosts/${id}/images`).expect(200);
  expect(images.body).toEqual([
    {
      id: expect.any(String),
      fingerprint: 'ab'.repeat(32),
      aliases: ['debian'],
      description: '',
      os: '',
      release: '',
      architecture: '',
      sizeBytes: 0,
      observedAt: expect.any(String),
    },
  ]);
});
