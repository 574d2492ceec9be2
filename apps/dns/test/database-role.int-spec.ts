import { randomUUID } from 'node:crypto';
import { createDataSource, Transactor } from '@lxdm/entities';
import { Fleet, ZONE } from './fleet';

let fleet: Fleet;
let role: ReturnType<typeof createDataSource>;

beforeAll(async () => {
  fleet = await Fleet.create(process.env['TEST_DATABASE_URL'] ?? '');
  role = await createDataSource({ url: fleet.readerUrl, poolSize: 1 }).initialize();
  await fleet.appear({ name: 'web1', addresses: ['192.0.2.1'] });
  await fleet.db.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source)
     SELECT $1, source || '.' || $1, 16, 60, '\\x0161', source FROM unnest(ARRAY['static', 'dynamic', 'update']) AS s(source)`,
    [ZONE],
  );
  await fleet.db.query(
    `INSERT INTO tsig_keys (name, algorithm, secret_sealed) VALUES ('key.', 'hmac-sha256', 'sealed')`,
  );
  await fleet.db.query(`INSERT INTO secondaries (name, address) VALUES ('second', '192.0.2.53')`);
});
afterAll(async () => {
  await role.destroy();
  await fleet.close();
});

const record = (source: string, columns = '', values = ''): string =>
  `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source${columns}) VALUES ('${ZONE}', 'x.${ZONE}', 16, 60, '\\x0161', '${source}'${values})`;
const audit = (means: string): string =>
  `INSERT INTO audit_events (actor_name, means, action, target_kind, target_name, result) VALUES ('key.', '${means}', 'zone.update', 'zone', '${ZONE}', 'done')`;
const change = (kind: string): string => `INSERT INTO changes (kind, entity_id) VALUES ('${kind}', '${randomUUID()}')`;

it.each([
  ...[
    'zones',
    'zone_journal',
    'zone_records',
    'zone_keys',
    'tsig_keys',
    'secondaries',
    'changes',
    'containers',
    'addresses',
  ].map((table) => [`read ${table}`, `SELECT * FROM ${table}`]),
  ['read which names dynamic entries have', 'SELECT id, owner, zone, type FROM dynamic_entries'],
  ['read the titles of static entries', 'SELECT id, title FROM static_entries'],
  ['read public host keys', 'SELECT container_id, type, public_key FROM ssh_host_keys'],
  ['add a record of an update', record('update')],
  ['remove a record of an update', `DELETE FROM zone_records WHERE source = 'update'`],
  ['remove the value of a dynamic entry', `DELETE FROM zone_records WHERE source = 'dynamic'`],
  ['bump the serial', 'UPDATE zones SET serial = (serial + 1) % 4294967296'],
  ['write the journal', 'INSERT INTO zone_journal (owners) VALUES (NULL)'],
  ['announce a change of the zone', change('zone')],
  ['write down an update', audit('dns')],
  ['note that a key was used', 'UPDATE tsig_keys SET last_used_at = now()'],
  [
    'note what it observes of secondaries',
    'UPDATE secondaries SET notified_serial = 1, notified_at = now(), transferred_serial = 1, transferred_at = now(), error = NULL',
  ],
])('may %s', async (_what, sql) => {
  const runner = role.createQueryRunner();
  await runner.startTransaction();
  try {
    const result: unknown = await runner.query(sql);
    // DELETE answers with the number of rows: a rule that hides them would be silent.
    if (sql.startsWith('DELETE')) expect(result).toEqual([[], 1]);
    expect(result).toBeDefined();
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
});

it('may change a zone as everybody does', async () => {
  const before = await fleet.serial();
  await new Transactor(role).run(async (tx) => tx.zoneChanged({ owners: [`x.${ZONE}`] }));
  expect(await fleet.serial()).toBe(before + 1);
});

it('sees no texts of admins vanish: it cannot remove them, and is not told that it did', async () => {
  expect(await role.query(`DELETE FROM zone_records WHERE source = 'static'`)).toEqual([[], 0]);
  expect(await fleet.db.query(`SELECT 1 FROM zone_records WHERE source = 'static'`)).toHaveLength(1);
});

const hidden = [
  'users',
  'sessions',
  'api_tokens',
  'ssh_keys',
  'key_check',
  'hosts',
  'operations',
  'members',
  'projects',
  'dynamic_tokens',
  'dynamic_entry_owners',
  'gitlab_accounts',
  'heartbeats',
];

it.each([
  ...hidden.map((table) => [`read ${table}`, `SELECT 1 FROM ${table}`]),
  ['read the log of acts', 'SELECT 1 FROM audit_events'],
  ['read private host keys', 'SELECT private_key_sealed FROM ssh_host_keys'],
  ['read the texts of admins', 'SELECT text FROM static_entries'],
  ['read from where values may be set', 'SELECT networks FROM dynamic_entries'],
  ['add a record as an admin', record('static')],
  ['add the value of a dynamic entry', record('dynamic')],
  ['change a record', 'UPDATE zone_records SET ttl = 1'],
  ['empty the records', 'TRUNCATE zone_records'],
  ['make a zone', `INSERT INTO zones (name) VALUES ('evil.')`],
  ['remove a zone', 'DELETE FROM zones'],
  ['rename a zone', `UPDATE zones SET name = 'evil.'`],
  ['unsign a zone', 'UPDATE zones SET dnssec = false'],
  ['rewrite the journal', 'UPDATE zone_journal SET owners = NULL'],
  ['prune the journal', 'DELETE FROM zone_journal'],
  ['announce that a user changed', change('user')],
  ['forget a change', 'DELETE FROM changes'],
  ['truncate the changes', 'TRUNCATE changes'],
  ['write down what an admin did', audit('session')],
  ['rewrite the log of acts', `UPDATE audit_events SET actor_name = 'root'`],
  ['remove from the log of acts', 'DELETE FROM audit_events'],
  ['give a key more rights', `UPDATE tsig_keys SET update_names = '{*.}'`],
  ['replace the secret of a key', `UPDATE tsig_keys SET secret_sealed = 'mine'`],
  ['make a key', `INSERT INTO tsig_keys (name, algorithm, secret_sealed) VALUES ('mine.', 'hmac-sha256', '')`],
  ['remove a key', 'DELETE FROM tsig_keys'],
  ['make a signing key', `INSERT INTO zone_keys (zone, dnskey, private_key_sealed) VALUES ('${ZONE}', '', '')`],
  ['activate a signing key', 'UPDATE zone_keys SET active_at = now()'],
  ['let somebody else transfer', `UPDATE secondaries SET address = '192.0.2.66'`],
  ['add a secondary', `INSERT INTO secondaries (name, address) VALUES ('mine', '192.0.2.66')`],
  ['publish an address', 'UPDATE addresses SET published = true'],
  ['remove addresses', 'DELETE FROM addresses'],
  ['rename containers', `UPDATE containers SET name_key = 'mine'`],
  ['make tables', 'CREATE TABLE mine (id int)'],
  ['drop tables', 'DROP TABLE changes'],
  ['switch off the rules for rows', 'ALTER TABLE zone_records DISABLE ROW LEVEL SECURITY'],
  ['make roles', 'CREATE ROLE mine'],
  ['read files of the server', `SELECT pg_read_file('postgresql.conf')`],
])('may not %s', async (_what, sql) => {
  await expect(role.query(sql)).rejects.toMatchObject({ code: '42501' });
});
