import { randomUUID } from 'node:crypto';
import { TestDatabase, unique, ZONE } from './database';

let database: TestDatabase;
let host: string;
beforeAll(async () => {
  database = await TestDatabase.open(5);
  host = await database.host();
});
afterAll(() => database.close());

const create = (name: string) => {
  const wanted = { id: randomUUID(), name, description: '', projectId: null, hostId: host, image: 'i', nesting: false };
  const rest = { hwaddrEth0: 'a', hwaddrEth1: 'b', power: 'running' } as const;
  return database.db.run((tx) => database.containers.create(tx, { ...wanted, ...rest }));
};

async function record(owner: string, type: number, source: 'static' | 'update'): Promise<void> {
  const [entry] =
    source === 'static'
      ? await database.db.query<{ id: string }>(
          `INSERT INTO static_entries (zone, title, text) VALUES ($1, 'Web site', '') RETURNING id`,
          [ZONE],
        )
      : [];
  await database.db.query(
    `INSERT INTO zone_records (zone, owner, type, ttl, rdata, source, static_entry_id) VALUES ($1, $2 || '.' || $1, $3, 60, '\\x00', $4, $5)`,
    [ZONE, owner, type, source, entry?.id ?? null],
  );
}

it.each([
  ['A', 1, 'static', 'of the static entry "Web site"'],
  ['a delegation', 2, 'static', 'of the static entry "Web site"'],
  ['CNAME', 5, 'update', 'put there by a dynamic update'],
  ['AAAA', 28, 'update', 'put there by a dynamic update'],
  ['SSHFP', 44, 'static', 'of the static entry "Web site"'],
] as const)('a name that has %s in the zone is taken', async (_what, type, source, words) => {
  const name = `Taken-${unique()}`;
  await record(name.toLowerCase(), type, source);
  await expect(create(name)).rejects.toMatchObject({
    code: 'name-taken',
    message: `The zone already has a record named "${name}", ${words}.`,
  });
  expect(await database.db.query('SELECT 1 FROM containers WHERE name_key = $1', [name.toLowerCase()])).toEqual([]);
});

it.each([
  ['TXT', 16, ''],
  ['MX', 15, ''],
  ['an address below it', 1, 'www.'],
])('a name that has %s in the zone is free', async (_what, type, below) => {
  const name = `free-${unique()}`;
  await record(`${below}${name}`, type, 'static');
  await expect(create(name)).resolves.toBeUndefined();
});
