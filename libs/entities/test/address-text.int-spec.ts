import { canonicalAddress } from '@lxdm/domain';
import fc from 'fast-check';
import { TestDatabase } from './database';

let database: TestDatabase;
beforeAll(async () => {
  database = await TestDatabase.open();
});
afterAll(() => database.close());

it('every address that the database writes reads as the address that it was given', async () => {
  const group = fc.oneof(fc.constant(0), fc.constant(0xffff), fc.integer({ min: 0, max: 0xffff }));
  const groups = fc.array(group, { minLength: 8, maxLength: 8 });
  const ipv6 = groups.map((all) => all.map((value) => value.toString(16)).join(':'));
  const odd = ['::', '::1', '::102:304', '::ffff:102:304', '64:ff9b::102:304', '2001:db8:0:1:1:1:1:1'];
  const given = [...odd, ...fc.sample(ipv6, 2_000)].map((text) => canonicalAddress(text) ?? text);
  const rows = await database.db.query<{ text: string }>(
    'SELECT host(a::inet) AS text FROM unnest($1::text[]) WITH ORDINALITY AS t(a, n) ORDER BY n',
    [given],
  );
  expect(rows.map((row) => canonicalAddress(row.text))).toEqual(given);
  // The reason for reading them: as text they are not always the same.
  expect(rows.some((row) => row.text.includes('.'))).toBe(true);
});
