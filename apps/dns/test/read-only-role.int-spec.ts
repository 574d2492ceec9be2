import { createDataSource } from '@lxdm/entities';
import { Fleet } from './fleet';

let fleet: Fleet;
let reader: ReturnType<typeof createDataSource>;

beforeAll(async () => {
  fleet = await Fleet.create(process.env['TEST_DATABASE_URL'] ?? '');
  reader = await createDataSource({ url: fleet.readerUrl, poolSize: 1 }).initialize();
});
afterAll(async () => {
  await reader.destroy();
  await fleet.close();
});

it.each(['zones', 'changes', 'containers', 'addresses'])('may read %s', async (table) => {
  await expect(reader.query(`SELECT * FROM ${table} LIMIT 1`)).resolves.toBeDefined();
});

it.each(['users', 'sessions', 'ssh_keys', 'ssh_host_keys', 'key_check', 'hosts', 'operations', 'members', 'projects'])(
  'may not read %s',
  async (table) => {
    await expect(reader.query(`SELECT 1 FROM ${table}`)).rejects.toMatchObject({ code: '42501' });
  },
);

it.each([
  ['insert', `INSERT INTO zones (name) VALUES ('evil.')`],
  ['update', 'UPDATE zones SET serial = 1'],
  ['delete', 'DELETE FROM addresses'],
  ['truncate', 'TRUNCATE changes'],
  ['make tables', 'CREATE TABLE mine (id int)'],
  ['drop tables', 'DROP TABLE changes'],
  ['make roles', 'CREATE ROLE mine'],
  ['read files of the server', `SELECT pg_read_file('postgresql.conf')`],
])('may not %s', async (_what, sql) => {
  await expect(reader.query(sql)).rejects.toMatchObject({ code: '42501' });
});
