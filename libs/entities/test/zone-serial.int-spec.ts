import { randomUUID } from 'node:crypto';
import type { JudgedAddress } from '@lxdm/domain';
import { ContainerWork, LeasedObservation } from '../src';
import { TestDatabase, unique, ZONE } from './database';

let database: TestDatabase;
let host: string;
beforeAll(async () => {
  database = await TestDatabase.open(20);
  host = await database.host();
});
afterAll(() => database.close());

const address = (over: Partial<JudgedAddress> = {}): JudgedAddress => ({
  interface: 'eth1',
  address: `2001:db8::${unique().toString(16)}`,
  prefixLength: 64,
  family: 6,
  published: true,
  ...over,
});
const seen = (containerId: string, addresses: JudgedAddress[]): LeasedObservation => ({
  status: 'Running',
  uuid: null,
  image: null,
  hwaddrEth1: null,
  boot: null,
  addresses: { containerId, addresses },
});
async function held(id: string): Promise<[ContainerWork, number]> {
  const work = await database.work.load(id);
  await database.db.query('UPDATE containers SET lease_until = NULL WHERE id = $1', [id]);
  if (!work) throw new Error('The container is gone.');
  return [work, (await database.claim(id)).fence];
}
/** By how much the serial grows during some work. */
async function bumps(work: () => Promise<unknown>): Promise<number> {
  const before = await database.serial();
  await work();
  return (await database.serial()) - before;
}
/** The names that have addresses. */
const names = async () =>
  ((await database.zones.load(ZONE))?.containers ?? [])
    .filter(({ addresses }) => addresses !== '')
    .map(({ name }) => name);

it('grows once in a transaction, however much changed in it', async () => {
  await expect(
    bumps(() =>
      database.db.run(async (tx) => {
        tx.zoneChanged();
        tx.zoneChanged();
        tx.changed('container', randomUUID());
      }),
    ),
  ).resolves.toBe(1);
});

it('grows by twenty in twenty transactions at once', async () => {
  const run = () => database.db.run(async (tx) => tx.zoneChanged());
  await expect(bumps(() => Promise.all(Array.from({ length: 20 }, run)))).resolves.toBe(20);
});

it('does not grow when the transaction fails', async () => {
  const failing = () =>
    database.db.run(async (tx) => {
      tx.zoneChanged();
      await tx.announce();
      throw new Error('no');
    });
  await expect(bumps(() => expect(failing()).rejects.toThrow('no'))).resolves.toBe(0);
});

it('begins again at 0 behind 2^32 - 1 (RFC 1982 §3)', async () => {
  await database.db.query('UPDATE zones SET serial = 4294967295');
  await database.db.run(async (tx) => tx.zoneChanged());
  await expect(database.serial()).resolves.toBe(0);
  await database.db.run(async (tx) => tx.zoneChanged());
  await expect(database.serial()).resolves.toBe(1);
});

it('grows with what is published, and with nothing else that is seen of a container', async () => {
  const id = await database.settled(host);
  const [work, fence] = await held(id);
  const own = address();
  const privately = address({ interface: 'eth0', address: '10.0.0.7', family: 4, published: false });
  const record = (addresses: JudgedAddress[]) => () => database.work.recordObserved(work, fence, seen(id, addresses));
  await expect(bumps(record([privately]))).resolves.toBe(0);
  await expect(bumps(record([privately, own]))).resolves.toBe(1);
  await expect(bumps(record([privately, own]))).resolves.toBe(0);
  // Not seen for a while, as in a restart: it stays published.
  await expect(bumps(record([]))).resolves.toBe(0);
  await expect(bumps(record([own]))).resolves.toBe(0);
  await expect(bumps(() => database.work.noteStep(work, fence, 'Start'))).resolves.toBe(0);
  await expect(bumps(() => database.work.recordSettled(work, fence, seen(id, [own])))).resolves.toBe(0);
  await expect(bumps(() => database.work.recordFailed(work, fence, 'x', 'y'))).resolves.toBe(0);
});

it('grows when an address that was only seen is published', async () => {
  const id = await database.settled(host);
  const [work, fence] = await held(id);
  const later = address({ published: false });
  await database.work.recordObserved(work, fence, seen(id, [later]));
  const published = { ...later, published: true };
  await expect(bumps(() => database.work.recordObserved(work, fence, seen(id, [published])))).resolves.toBe(1);
});

it.each([
  ['with a published address', true, 1],
  // Its name is its own, with host keys or without.
  ['without one', false, 1],
])('when a container %s is removed', async (_, published, times) => {
  const id = await database.settled(host);
  const [work, fence] = await held(id);
  await database.work.recordObserved(work, fence, seen(id, [address({ published })]));
  await expect(bumps(() => database.work.recordRemoved(work, fence))).resolves.toBe(times);
});

it.each([
  ['with published addresses', true, 1],
  ['without them', false, 1],
])('when a host whose containers are %s is removed', async (_, published, times) => {
  const leaving = await database.host();
  for (let number = 0; number < 2; number++) {
    const id = await database.settled(leaving);
    const [work, fence] = await held(id);
    await database.work.recordObserved(work, fence, seen(id, [address({ published })]));
  }
  const connection = await database.hostObservations.connection(leaving);
  if (!connection) throw new Error('The host is gone.');
  const { fence } = await database.claim(leaving, 'hosts');
  await expect(bumps(() => database.hostObservations.recordRemoved(connection, fence))).resolves.toBe(times);
});

describe('a name that two containers have', () => {
  async function adoptedWithAddress(name: string): Promise<string> {
    const id = await database.settled(await database.host(), { name, adopted: true });
    const [work, fence] = await held(id);
    await database.work.recordObserved(work, fence, seen(id, [address()]));
    return id;
  }

  it('belongs to ours, and the serial tells when it changes hands, though none of its own addresses do', async () => {
    const name = `Shared-${unique()}`;
    await adoptedWithAddress(name);
    await expect(names()).resolves.toContain(name.toLowerCase());
    const id = randomUUID();
    const wanted = { id, name, description: '', projectId: null, hostId: host, image: 'i', nesting: false };
    const hwaddrs = { hwaddrEth0: 'a', hwaddrEth1: 'b', power: 'running' } as const;
    const create = () => database.db.run((tx) => database.containers.create(tx, { ...wanted, ...hwaddrs }));
    await expect(bumps(create)).resolves.toBe(1);
    await expect(names()).resolves.not.toContain(name.toLowerCase());
    const [work, fence] = await held(id);
    await expect(bumps(() => database.work.recordRemoved(work, fence))).resolves.toBe(1);
    await expect(names()).resolves.toContain(name.toLowerCase());
  });
});

it('of many containers of one name, one has it: ours, else the oldest, however the zone is read', async () => {
  const name = `many-${unique()}`;
  const found = (day: number, columns: Record<string, unknown> = {}) =>
    database.host().then(async (on) => {
      const created = new Date(Date.UTC(2026, 0, day));
      const id = await database.settled(on, { name, adopted: true, created_at: created, ...columns });
      await database.db.query(
        `INSERT INTO addresses (container_id, interface, address, family, published) VALUES ($1, 'eth1', '2001:db8:77::'::inet + $2, 6, true)`,
        [id, unique()],
      );
      return id;
    });
  const heldBy = async () => {
    const since = (await database.zones.load(ZONE))?.journal ?? NaN;
    const told = (await database.zones.load(ZONE))?.containers.filter((one) => one.name === name) ?? [];
    await database.db.run((tx) => Promise.resolve(tx.zoneChanged({ owners: [`${name}.${ZONE}`] })));
    const news = await database.zones.loadNews(ZONE, since, () => ({ owners: [], addresses: [] }));
    // A look at the names that changed finds the same as a look at everything.
    expect(news?.containers).toEqual(told);
    const [first] = await database.db.query<{ id: string }>(
      'SELECT container_id AS id FROM addresses WHERE published AND host(address) = $1',
      [told[0]?.addresses],
    );
    return [told.length, first?.id];
  };
  const [second, first] = [await found(2), await found(1)];
  await found(3);
  expect(await heldBy()).toEqual([1, first]);
  await database.db.query('UPDATE containers SET removed_at = now() WHERE id = $1', [first]);
  expect(await heldBy()).toEqual([1, second]);
  const ours = await found(9, { adopted: false });
  expect(await heldBy()).toEqual([1, ours]);
});

it('serial and contents belong together: each serial has one content, under concurrent changes', async () => {
  const contents = new Map<number, Set<string>>();
  const ids = await Promise.all(Array.from({ length: 10 }, () => database.settled(host)));
  let writing = true;
  const reading = (async () => {
    while (writing) {
      const zone = await database.zones.load(ZONE);
      if (!zone) throw new Error('The zone is gone.');
      const serial = zone.zones[0]?.serial ?? NaN;
      const known = contents.get(serial) ?? new Set<string>();
      // They come in no order.
      contents.set(serial, known.add(JSON.stringify(zone.containers.map((one) => JSON.stringify(one)).sort())));
    }
  })();
  await Promise.all(
    ids.map(async (id) => {
      const [work, fence] = await held(id);
      for (let number = 0; number < 5; number++) await database.work.recordObserved(work, fence, seen(id, [address()]));
    }),
  );
  writing = false;
  await reading;
  expect([...contents.values()].filter((known) => known.size > 1)).toEqual([]);
  expect(contents.size).toBeGreaterThan(1);
});
