import { ZoneUpkeepRepository } from '../src';
import { TestDatabase, ZONE } from './database';

let database: TestDatabase;
let upkeep: ZoneUpkeepRepository;
beforeAll(async () => {
  database = await TestDatabase.open(5);
  upkeep = new ZoneUpkeepRepository(database.db);
});
afterAll(() => database.close());

const journal = () =>
  database.db.query<{ owners: string[] | null }>('SELECT owners FROM zone_journal ORDER BY id DESC LIMIT 1');
const put = (owner: string, expires: string | null) =>
  database.db.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source, expires_at) VALUES ($1, $2 || '.' || $1, 16, 60, '\\x0161', 'dynamic', now() + $3::interval)`,
    [ZONE, owner, expires],
  );

it('takes out what has expired, and nothing else, in one bump that names the owners', async () => {
  expect(await upkeep.hasExpired()).toBe(false);
  await put('gone', '-1 second');
  await put('gone', '-1 hour');
  await put('later', '1 hour');
  await put('ever', null);
  expect(await upkeep.hasExpired()).toBe(true);
  const before = await database.serial();
  expect(await upkeep.expire()).toBe(2);
  expect(await database.serial()).toBe(before + 1);
  expect(await journal()).toEqual([{ owners: [`gone.${ZONE}`] }]);
  expect(await upkeep.expire()).toBe(0);
  expect(await database.serial()).toBe(before + 1);
  const left = await database.db.query<{ owner: string }>('SELECT owner FROM zone_records ORDER BY owner');
  expect(left.map(({ owner }) => owner)).toEqual([`ever.${ZONE}`, `later.${ZONE}`]);
});

it('bumps signed zones once a period, and others never', async () => {
  const before = await database.serial();
  const nextMonth = new Date(Date.now() + 30 * 86_400_000);
  expect(await upkeep.resign(nextMonth)).toBe(false);
  await database.db.query('UPDATE zones SET dnssec = true');
  expect(await upkeep.resign(new Date())).toBe(false);
  await database.db.query(`UPDATE zone_journal SET at = now() - interval '30 days'`);
  expect(await upkeep.resign(new Date())).toBe(true);
  expect(await upkeep.resign(new Date())).toBe(false);
  expect(await database.serial()).toBe(before + 1);
  expect(await journal()).toEqual([{ owners: [] }]);
});

it('prunes the journal but for its newest entry', async () => {
  await database.db.run(async (tx) => tx.zoneChanged());
  await database.db.query(`UPDATE zone_journal SET at = now() - interval '2 days'`);
  await upkeep.pruneJournal();
  expect(await database.db.query('SELECT 1 FROM zone_journal')).toHaveLength(1);
});
