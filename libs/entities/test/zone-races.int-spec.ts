import { randomUUID } from 'node:crypto';
import {
  DynamicEntriesRepository,
  lockZoneText,
  SecondariesRepository,
  TsigKeysRepository,
  Tx,
  ZoneBrowserRepository,
  ZoneKeysRepository,
} from '../src';
import { gate, somebodyWaits, TestDatabase, unique, until, ZONE } from './database';

const REVERSE = '2.0.192.in-addr.arpa.';
let database: TestDatabase;
let keys: TsigKeysRepository;
let secondaries: SecondariesRepository;
beforeAll(async () => {
  database = await TestDatabase.open();
  keys = new TsigKeysRepository(database.db);
  secondaries = new SecondariesRepository(database.db);
});
afterAll(() => database.close());

async function key(): Promise<string> {
  const [id, name] = [randomUUID(), `k${unique()}.example.`];
  const rights = { updateNames: [], updateTypes: [], mayTransfer: true };
  const row = { id, name, algorithm: 'hmac-sha256' as const, secretSealed: 'x', createdById: null, ...rights };
  await database.db.run((tx) => keys.create(tx, row));
  return id;
}
const secondary = (tx: Tx, tsigKeyId: string): Promise<string> =>
  secondaries.create(tx, { name: 'Knot', address: `192.0.2.${unique()}`, port: 53, tsigKeyId });

/** Does one thing, and another one while the first is not committed yet; how both end. */
async function meanwhile(
  first: (tx: Tx) => Promise<unknown>,
  second: (tx: Tx) => Promise<unknown>,
): Promise<PromiseSettledResult<unknown>[]> {
  const [done, go] = [gate(), gate()];
  const one = database.db.run(async (tx) => {
    await first(tx);
    done.open();
    await go.opened;
  });
  await done.opened;
  const other = database.db.run(second);
  await until('the second waits', () => somebodyWaits(database));
  go.open();
  return Promise.allSettled([one, other]);
}
const conflict = { status: 'rejected', reason: expect.objectContaining({ name: 'DomainError', code: 'conflict' }) };
const fine = { status: 'fulfilled' };

describe('a key and a secondary that signs with it', () => {
  it('the key stays for a secondary that was made meanwhile', async () => {
    const id = await key();
    const ends = await meanwhile(
      (tx) => secondary(tx, id),
      async (tx) => expect(await keys.remove(tx, id)).toEqual({ usedBy: 'Knot' }),
    );
    expect(ends).toMatchObject([fine, fine]);
    expect(await keys.find(id)).not.toBeNull();
  });

  it('no secondary is made with a key that was removed meanwhile', async () => {
    const id = await key();
    const ends = await meanwhile(
      (tx) => keys.remove(tx, id),
      (tx) => secondary(tx, id),
    );
    expect(ends).toMatchObject([fine, conflict]);
    expect(await keys.find(id)).toBeNull();
  });
});

it('no entry is given to a person who was removed meanwhile', async () => {
  const entries = new DynamicEntriesRepository(database.db);
  const user = await database.user();
  const id = await database.db.run((tx) =>
    entries.create(tx, {
      zone: ZONE,
      title: 'x',
      template: 'x 60 IN TXT "%s"',
      owner: `x.${ZONE}`,
      type: 16,
      ttl: 60,
      containerId: null,
      networks: [],
      createdById: null,
    }),
  );
  const ends = await meanwhile(
    (tx) => tx.query('DELETE FROM users WHERE id = $1', [user]),
    async (tx) => expect(await entries.setOwners(tx, id, [user])).toEqual([user]),
  );
  expect(ends).toMatchObject([fine, fine]);
});

describe('zones and their keys, while others change what is in the zones', () => {
  const zoneKeys = (): ZoneKeysRepository => new ZoneKeysRepository(database.db);
  const zones = (): ZoneBrowserRepository => new ZoneBrowserRepository(database.db);
  beforeAll(() => database.db.run((tx) => zones().add(tx, { name: REVERSE, cidr: '192.0.2.0/24' })));

  it.each<[string, (tx: Tx) => Promise<unknown>]>([
    ['a zone is signed', async (tx) => (await zoneKeys().lock(tx, ZONE)) && zoneKeys().turn(tx, ZONE, true)],
    ['a zone is removed', async (tx) => (await lockZoneText(tx), zones().remove(tx, REVERSE))],
  ])('%s: neither is undone for the sake of the other', async (_case, change) => {
    const ends = await meanwhile(change, (tx) => Promise.resolve(tx.zoneChanged({ owners: [`a.${ZONE}`] })));
    expect(ends).toMatchObject([fine, fine]);
  });

  it('a key is of a zone that is there', async () => {
    const cidr = '198.51.100.0/24';
    const name = '100.51.198.in-addr.arpa.';
    await database.db.run((tx) => zones().add(tx, { name, cidr }));
    const ends = await meanwhile(
      async (tx) => (await lockZoneText(tx), zones().remove(tx, name)),
      async (tx) => expect(await zoneKeys().lock(tx, name)).toBeNull(),
    );
    expect(ends).toMatchObject([fine, fine]);
  });
});
