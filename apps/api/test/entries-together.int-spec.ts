import { ApiUnderTest, ZONE } from './api-under-test';
import type { Browser } from './browser';
import { whileZonesAreHeld } from './held-zones';

let api: ApiUnderTest;
let admin: Browser;
let owner: Browser & { userId: string };
beforeAll(async () => {
  api = await ApiUnderTest.start();
  admin = await api.signedIn('root', true);
  owner = await api.signedIn('owner');
});
afterAll(() => api.stop());

let made = 0;
const make = async (template: string): Promise<{ id: string; owner: string }> => {
  const body = { title: 'hook', template: `dyn${++made} ${template}`, owners: [owner.userId] };
  const answer = await admin.post('/api/dynamic-entries', body).expect(201);
  return { id: answer.body.id as string, owner: `dyn${made}.${ZONE}` };
};
const records = async (name: string): Promise<string[]> => {
  const rows = await api.db.query('SELECT rdata FROM zone_records WHERE owner = $1 ORDER BY created_at, id', [name]);
  return rows.map(({ rdata }: { rdata: Buffer }) => rdata.toString('latin1').slice(1));
};
const lastOwners = async () =>
  (await api.db.query('SELECT owners FROM zone_journal ORDER BY id DESC LIMIT 1'))[0].owners;

describe('an entry that several change at a time', () => {
  it('takes its values along from where they are, whoever changed it meanwhile', async () => {
    const { id, owner: name } = await make('60 TXT "%s"');
    await owner.put(`/api/dynamicentry/${id}`, { value: 'v' }).expect(200);
    const label = name.split('.')[0] ?? '';
    const change = (template: string) => () =>
      admin.put(`/api/dynamic-entries/${id}`, { title: 'x', template, owners: [owner.userId] });
    const answers = await whileZonesAreHeld(api, [change(`${label}-new 60 TXT "%s"`), change(`${label} 60 TXT "%s"`)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await records(`${label}-new.${ZONE}`)).toEqual([]);
    expect(await records(name)).toEqual(['v']);
    expect(await lastOwners()).toEqual(expect.arrayContaining([name, `${label}-new.${ZONE}`]));
  });

  it('gives a value the template that there is when it is stored', async () => {
    const { id, owner: name } = await make('60 TXT "%s"');
    const template = `${name.split('.')[0]} 60 TXT "new=%s"`;
    const answers = await whileZonesAreHeld(api, [
      () => admin.put(`/api/dynamic-entries/${id}`, { title: 'x', template, owners: [owner.userId] }),
      () => owner.put(`/api/dynamicentry/${id}`, { value: 'v' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await records(name)).toEqual(['new=v']);
  });
});

it('values make no set of more than 100 records or 62,000 octets together with others', async () => {
  const { id, owner: name } = await make('60 A %s');
  const label = name.split('.')[0] ?? '';
  const text = Array.from({ length: 99 }, (_, index) => `${label} 60 IN A 10.9.0.${index}`).join('\n');
  await admin.post('/api/static-entries', { title: label, text }).expect(201);
  await owner.put(`/api/dynamicentry/${id}`, { value: '10.9.0.1' }).expect(200);
  await owner.put(`/api/dynamicentry/${id}`, { value: '10.9.1.1' }).expect(200);
  const more = await owner.post(`/api/dynamicentry/${id}/values`, { value: '10.9.1.2' }).expect(409);
  expect(more.body.detail).toMatch(/100 records/);
  await owner.put(`/api/dynamicentry/${id}`, { value: null }).expect(200);

  const long = await make('60 TXT "%s"');
  const values = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ value: String(index).padStart(4_096, 'x') }));
  await owner.put(`/api/dynamicentry/${long.id}`, { values: values(15) }).expect(200);
  const large = await owner.put(`/api/dynamicentry/${long.id}`, { values: values(16) }).expect(409);
  expect(large.body.detail).toMatch(/octets/);
  expect(await records(long.owner)).toHaveLength(15);
  // A template that makes them longer is no way around it.
  const template = `${long.owner} 60 TXT "${'y'.repeat(100)}" "${'z'.repeat(200)}" "%s"`;
  await admin.put(`/api/dynamic-entries/${long.id}`, { title: 'x', template, owners: [owner.userId] }).expect(409);
});
