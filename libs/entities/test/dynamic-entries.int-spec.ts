import { DynamicEntriesRepository } from '../src';
import { TestDatabase, ZONE } from './database';

let database: TestDatabase;
let entries: DynamicEntriesRepository;
beforeAll(async () => {
  database = await TestDatabase.open();
  entries = new DynamicEntriesRepository(database.db);
});
afterAll(() => database.close());

const owner = (name: string) => `_acme-challenge.${name}.${ZONE}`;

/** A container's own entry with a value. */
async function entryOf(containerId: string, name: string): Promise<string> {
  return database.db.run(async (tx) => {
    const id = await entries.create(tx, {
      zone: ZONE,
      title: name,
      template: `_acme-challenge.${name} 60 IN TXT "%s"`,
      owner: owner(name),
      type: 16,
      ttl: 60,
      containerId,
      networks: [],
      createdById: null,
    });
    await entries.values.addValue(tx, id, { value: 'x', rdata: Buffer.from('\x01x'), expiresAt: null });
    return id;
  });
}
const recordsAt = async (name: string): Promise<number> =>
  (
    await database.one<{ count: number }>('SELECT count(*)::int AS count FROM zone_records WHERE owner = $1', [
      owner(name),
    ])
  ).count;
const lastOwners = async (): Promise<string[] | null> =>
  (
    await database.one<{ owners: string[] | null }>(
      'SELECT owners FROM zone_journal WHERE id = (SELECT max(id) FROM zone_journal)',
    )
  ).owners;

it.each<[string, (id: string, hostId: string) => Promise<void>]>([
  [
    'is removed',
    async (id) => {
      const work = await database.work.load(id);
      if (!work) throw new Error('The container is gone.');
      await database.work.recordRemoved(work, (await database.claim(id)).fence);
    },
  ],
  [
    'goes with its host',
    async (_id, hostId) => {
      const connection = await database.hostObservations.connection(hostId);
      if (!connection) throw new Error('The host is gone.');
      await database.hostObservations.recordRemoved(connection, (await database.claim(hostId, 'hosts')).fence);
    },
  ],
])('the entry of a container that %s goes with it, and its records', async (_case, remove) => {
  const hostId = await database.host();
  const name = `web-${hostId.slice(0, 8)}`;
  const id = await database.settled(hostId, { name });
  const entry = await entryOf(id, name);
  expect(await lastOwners()).toEqual([owner(name)]);
  expect(await recordsAt(name)).toBe(1);
  const before = await database.serial();
  await remove(id, hostId);
  expect(await entries.find(entry)).toBeNull();
  expect(await recordsAt(name)).toBe(0);
  expect(await database.serial()).toBe(before + 1);
  expect((await lastOwners())?.sort()).toEqual([owner(name), name].sort());
});

it('what has expired is no value any more, though it is still there', async () => {
  const hostId = await database.host();
  const id = await database.settled(hostId, { name: 'expiring' });
  const entry = await entryOf(id, 'expiring');
  await database.db.query(
    `UPDATE zone_records SET expires_at = now() - interval '1 second' WHERE dynamic_entry_id = $1`,
    [entry],
  );
  expect((await entries.find(entry))?.values).toEqual([]);
});
