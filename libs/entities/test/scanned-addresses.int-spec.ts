import type { ScanResult } from '../src';
import { TestDatabase } from './database';
import { address, changesOf as changesIn, found, scan as record, seen, storedAddresses } from './scan-builders';

let database: TestDatabase;
let host: string;
beforeAll(async () => {
  database = await TestDatabase.open(16);
});
beforeEach(async () => {
  host = await database.host();
});
afterAll(() => database.close());

const scan = (over: Partial<ScanResult>) => record(database, host, over);
const stored = (id: string) => storedAddresses(database, id);
const changesOf = (work: () => Promise<unknown>) => changesIn(database, work);

it('addresses that are published stay while they are not seen, others go', async () => {
  const id = await database.settled(host);
  const [own, other] = [address(), address({ interface: 'eth0', address: '10.0.0.9', family: 4, published: false })];
  await scan({ matched: [seen(id, { addresses: [own, other] })] });
  await scan({ matched: [seen(id, { status: 'Stopped' })] });
  await expect(stored(id)).resolves.toEqual([{ address: own.address, published: true, present: false }]);
  await expect(changesOf(() => scan({ matched: [seen(id, { addresses: [own] })] }))).resolves.toEqual([
    `container ${id}`,
  ]);
  await expect(stored(id)).resolves.toEqual([{ address: own.address, published: true, present: true }]);
});

it('addresses that another container has published are seen, not published, and do not spoil the scan', async () => {
  const [first, second, third] = [
    await database.settled(host),
    await database.settled(host),
    await database.settled(host),
  ];
  const contested = address();
  const own = address();
  await scan({ matched: [seen(first, { addresses: [contested] })] });
  await scan({ matched: [seen(second, { addresses: [contested] }), seen(third, { addresses: [own] })] });
  await expect(stored(first)).resolves.toEqual([{ address: contested.address, published: true, present: true }]);
  await expect(stored(second)).resolves.toEqual([{ address: contested.address, published: false, present: true }]);
  await expect(stored(third)).resolves.toEqual([{ address: own.address, published: true, present: true }]);
  // Told again and again, it stays so, and is no news.
  await expect(changesOf(() => scan({ matched: [seen(second, { addresses: [contested] })] }))).resolves.toEqual([]);
});

it('addresses that two containers claim in one scan are published once', async () => {
  const [first, second] = [await database.settled(host), await database.settled(host)];
  const contested = address();
  await scan({ matched: [first, second].map((id) => seen(id, { addresses: [contested] })) });
  const all = [...(await stored(first)), ...(await stored(second))];
  expect(all.filter((entry) => entry.published)).toHaveLength(1);
  expect(all).toHaveLength(2);
});

it('addresses that ten hosts claim at the same time are published once, and every scan gets through', async () => {
  for (const known of [false, true]) {
    const contested = address();
    const ids = await Promise.all(
      Array.from({ length: 10 }, async () => ({ hostId: await database.host() })).map(async (entry) => {
        const { hostId } = await entry;
        return { hostId, id: await database.settled(hostId) };
      }),
    );
    // Where they have seen it before, rows are updated; else they are inserted.
    const seenBefore = [{ ...contested, published: false }];
    if (known) for (const { hostId, id } of ids) await scan({ hostId, matched: [seen(id, { addresses: seenBefore })] });
    await Promise.all(ids.map(({ hostId, id }) => scan({ hostId, matched: [seen(id, { addresses: [contested] })] })));
    const all = (await Promise.all(ids.map(({ id }) => stored(id)))).flat();
    expect(all).toHaveLength(10);
    expect(all.filter((entry) => entry.published)).toHaveLength(1);
  }
});

it.each(['::102:304', '::ffff:102:304', '2001:db8:0:1:1:1:1:1', '::', '::5', '2001:db8::1:0:0:1', '64:ff9b::102:304'])(
  'addresses of an odd form are known again in the next scan: %s',
  async (odd) => {
    const id = await database.settled(host);
    const observation = seen(id, { addresses: [address({ address: odd, published: false })] });
    await scan({ matched: [observation] });
    await expect(changesOf(() => scan({ matched: [observation] }))).resolves.toEqual([]);
    await expect(stored(id)).resolves.toHaveLength(1);
  },
);

it('takes a thousand containers in few statements, and no more the second time', async () => {
  const ids = await Promise.all(Array.from({ length: 1_000 }, () => database.settled(host)));
  const gone = await Promise.all(Array.from({ length: 100 }, () => database.settled(host)));
  const result = {
    matched: ids.map((id) =>
      seen(id, { status: 'Stopped', addresses: [address(), address({ interface: 'eth0', published: false })] }),
    ),
    unmanaged: Array.from({ length: 100 }, () => found({ addresses: [address()] })),
    missing: gone,
  };
  const count = async () => {
    const before = database.statements.length;
    await scan(result);
    return database.statements.length - before;
  };
  const [first, second] = [await count(), await count()];
  expect(first).toBeGreaterThan(5);
  expect(first).toBeLessThanOrEqual(20);
  expect(second).toBeLessThanOrEqual(first);
  await expect(
    database.one(
      'SELECT count(*)::int AS n FROM addresses a JOIN containers c ON c.id = a.container_id WHERE c.host_id = $1',
      [host],
    ),
  ).resolves.toEqual({ n: 2_100 });
});
