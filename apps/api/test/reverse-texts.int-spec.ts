import { ApiUnderTest } from './api-under-test';
import type { Browser } from './browser';
import { whileZonesAreHeld } from './held-zones';

let api: ApiUnderTest;
let admin: Browser;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  await api.seeds.container('web1', { hostId: await api.seeds.host('host1'), projectId: null });
});
afterAll(() => api.stop());

type Problem = { line: number; column: number; severity: string; code: string };
const problemsOf = (problems: Problem[]) =>
  problems.map(({ line, column, severity, code }) => `${line}:${column} ${severity} ${code}`);

it('a zone that goes while its text is saved is told', async () => {
  await admin.post('/api/zones', { cidr: '172.16.0.0/16' }).expect(201);
  const zone = '16.172.in-addr.arpa.';
  const [gone, saved] = await whileZonesAreHeld<{ status: number; body: { errors?: { field: string }[] } }>(api, [
    () => admin.delete(`/api/zones/${zone}`),
    () => admin.post('/api/static-entries', { zone, title: 'late', text: '1.0 60 IN PTR a.example.' }),
  ]);
  expect(gone?.status).toBe(204);
  expect(saved).toMatchObject({ status: 400, body: { errors: [{ field: 'zone' }] } });
});

it('an alias or a delegation cannot stand where a container’s address has its name', async () => {
  const zone = '10.in-addr.arpa.';
  await admin.post('/api/zones', { cidr: '10.0.0.0/8' }).expect(201);
  await api.db.query(`UPDATE addresses SET published = true WHERE address = '10.0.0.1'`);
  const check = async (text: string) =>
    problemsOf((await admin.post('/api/static-entries/check', { zone, text }).expect(200)).body.problems);
  expect(await check('1.0.0 60 IN CNAME x.example.')).toEqual(['1:1 error address-name']);
  expect(await check('2.0.0 60 IN PTR a.example.\n1.0.0 60 IN NS ns.example.')).toEqual(['2:1 error address-name']);
  expect(await check('2.0.0 60 IN CNAME x.example.\n1.0.0 60 IN TXT "x"\n1.0.0 60 IN PTR a.example.')).toEqual([]);
  const { body } = await admin
    .post('/api/static-entries', { zone, title: 'x', text: '1.0.0 60 IN CNAME x.example.' })
    .expect(422);
  expect(body.problems[0].message).toContain('container');
  await admin.delete(`/api/zones/${zone}`).expect(204);
});
