import { randomUUID } from 'node:crypto';
import type { ScanResult } from '../src';
import { gate, somebodyWaits, TestDatabase, unique, until, ZONE } from './database';
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
const row = (id: string) =>
  database.one<{ status: string | null; missing: boolean; removed: boolean; uuid: string | null; created: boolean }>(
    `SELECT observed_status AS status, missing_since IS NOT NULL AS missing, removed_at IS NOT NULL AS removed, observed_uuid AS uuid,
       created_on_host_at IS NOT NULL AS created FROM containers WHERE id = $1`,
    [id],
  );

it('records what it saw, and tells only what is news', async () => {
  const id = await database.container(host);
  const observation = seen(id, { uuid: 'u', image: 'Debian', hwaddrEth1: 'aa' });
  await expect(changesOf(() => scan({ matched: [observation] }))).resolves.toEqual([`container ${id}`]);
  await expect(row(id)).resolves.toEqual({
    status: 'Running',
    missing: false,
    removed: false,
    uuid: 'u',
    created: true,
  });
  await expect(changesOf(() => scan({ matched: [{ ...observation, uuid: null }] }))).resolves.toEqual([]);
  expect((await row(id)).uuid).toBe('u');
  const stopped = { ...observation, status: 'Stopped' };
  await expect(changesOf(() => scan({ matched: [stopped] }))).resolves.toEqual([`container ${id}`]);
});

describe('a row under lease', () => {
  it('is left to its holder: neither seen, nor missing, nor its addresses', async () => {
    const [seenId, missingId] = [await database.settled(host), await database.settled(host)];
    for (const id of [seenId, missingId]) await database.leases.claim('containers', id);
    const observation = seen(seenId, { status: 'Stopped', addresses: [address()] });
    await expect(changesOf(() => scan({ matched: [observation], missing: [missingId] }))).resolves.toEqual([]);
    await expect(row(seenId)).resolves.toMatchObject({ status: 'Running' });
    await expect(row(missingId)).resolves.toMatchObject({ status: 'Running', missing: false });
    await expect(stored(seenId)).resolves.toEqual([]);
  });

  it('that is being taken while the scan writes is left as well', async () => {
    const id = await database.settled(host);
    const held = gate();
    const taken = gate();
    const claiming = database.db.run(async (tx) => {
      await tx.query(
        `UPDATE containers SET lease_until = now() + interval '10 s', lease_fence = lease_fence + 1 WHERE id = $1`,
        [id],
      );
      taken.open();
      await held.opened;
    });
    await taken.opened;
    const scanning = scan({ matched: [seen(id, { status: 'Stopped', addresses: [address()] })] });
    await until('the scan waits for the row', () => somebodyWaits(database));
    held.open();
    await Promise.all([claiming, scanning]);
    await expect(row(id)).resolves.toMatchObject({ status: 'Running' });
    await expect(stored(id)).resolves.toEqual([]);
  });

  it('that has run out is written again', async () => {
    const id = await database.settled(host, { lease_until: new Date(Date.now() - 1_000) });
    await scan({ matched: [seen(id, { status: 'Stopped' })] });
    await expect(row(id)).resolves.toMatchObject({ status: 'Stopped' });
  });
});

describe('a scan that began before', () => {
  it('does not overwrite what a younger one saw', async () => {
    const [id, lost] = [await database.settled(host), await database.settled(host)];
    const early = await database.scans.now();
    // Scans are told apart by the millisecond.
    await until('the clock has moved', async () => (await database.scans.now()) > early);
    await scan({ matched: [seen(id, { status: 'Stopped', addresses: [address()] }), seen(lost)] });
    const before = await stored(id);
    await scan({ startedAt: early, matched: [seen(id, { addresses: [address()] })], missing: [lost] });
    await expect(row(id)).resolves.toMatchObject({ status: 'Stopped' });
    await expect(row(lost)).resolves.toMatchObject({ status: 'Running', missing: false });
    await expect(stored(id)).resolves.toEqual(before);
  });

  it('does not overwrite what the holder of a lease saw', async () => {
    const id = await database.settled(host);
    const early = await database.scans.now();
    const work = await database.work.load(id);
    const claim = await database.claim(id);
    if (!work) throw new Error('The container is gone.');
    const observation = { status: 'Stopped', uuid: null, image: null, hwaddrEth1: null, boot: null, addresses: null };
    await database.work.recordObserved(work, claim.fence, observation);
    await database.leases.release('containers', id, claim, null);
    await scan({ startedAt: early, matched: [seen(id)], missing: [] });
    await expect(row(id)).resolves.toMatchObject({ status: 'Stopped' });
  });
});

describe('what is missing', () => {
  it('of ours is marked, shown, told once, and stays with its published address', async () => {
    const name = `lost-${unique()}`;
    const id = await database.settled(host, { name });
    const [own, other] = [address(), address({ interface: 'eth0', published: false })];
    await scan({ matched: [seen(id, { addresses: [own, other] })] });
    const serial = await database.serial();
    await expect(changesOf(() => scan({ missing: [id] }))).resolves.toEqual([`container ${id}`]);
    await expect(changesOf(() => scan({ missing: [id] }))).resolves.toEqual([]);
    await expect(row(id)).resolves.toMatchObject({ status: null, missing: true, removed: false });
    expect((await database.containers.find(id))?.observed).toMatchObject({ missing: true, created: true });
    expect((await stored(id)).map((entry) => entry.present)).toEqual([false, false]);
    expect((await database.zones.load(ZONE))?.containers).toContainEqual({
      name,
      addresses: own.address,
      hostKeys: '',
    });
    await expect(database.serial()).resolves.toBe(serial);
  });

  it('and comes back is not missing any more, and that is news', async () => {
    const id = await database.settled(host, { observed_status: null, missing_since: new Date() });
    await expect(changesOf(() => scan({ matched: [seen(id)] }))).resolves.toEqual([`container ${id}`]);
    await expect(row(id)).resolves.toMatchObject({ status: 'Running', missing: false });
  });

  it('and was only adopted goes, with its addresses, and the zone is told', async () => {
    const instance = found({ addresses: [address()] });
    await scan({ unmanaged: [instance] });
    const serial = await database.serial();
    await scan({ missing: [instance.id] });
    await expect(row(instance.id)).resolves.toMatchObject({ removed: true });
    await expect(stored(instance.id)).resolves.toEqual([]);
    await expect(database.serial()).resolves.toBe(serial + 1);
  });

  it.each([
    ['belongs to a project', async () => ({ project_id: await database.project() })],
    ['has a wish that is not met', async () => ({ generation: 1 })],
  ])('and adopted stays when it %s, and is told once', async (_, columns) => {
    const id = await database.settled(host, {
      adopted: true,
      generation: 0,
      observed_generation: 0,
      ...(await columns()),
    });
    await expect(changesOf(() => scan({ missing: [id] }))).resolves.toEqual([`container ${id}`]);
    await expect(changesOf(() => scan({ missing: [id] }))).resolves.toEqual([]);
    await expect(row(id)).resolves.toMatchObject({ removed: false, missing: true });
  });
});

describe('what nobody asked for', () => {
  it('is adopted as it is, wishes nothing, and is told once', async () => {
    const instance = found({ name: 'Old_Server.1', uuid: 'u', addresses: [address()] });
    const told = await changesOf(() => scan({ unmanaged: [instance] }));
    expect(told.filter((change) => change.startsWith('container'))).toEqual([`container ${instance.id}`]);
    const [adopted] = await database.scans.rowsOf(host);
    expect(adopted).toMatchObject({ id: instance.id, name: 'Old_Server.1', uuid: 'u', created: true, adopted: true });
    await expect(database.leases.unsettled('containers')).resolves.not.toContain(instance.id);
    expect(await database.containers.find(instance.id)).toMatchObject({
      projectId: null,
      observed: { status: 'Running' },
    });
  });

  it('is adopted once by two scans at a time', async () => {
    const instance = found();
    await Promise.all([scan({ unmanaged: [instance] }), scan({ unmanaged: [{ ...instance, id: randomUUID() }] })]);
    const rows = await database.scans.rowsOf(host);
    expect(rows.map((entry) => entry.name)).toEqual([instance.name]);
  });

  it('waits while a row of ours has the name, and does not touch it', async () => {
    const id = await database.container(host, { name: 'taken' });
    await scan({ unmanaged: [found({ name: 'taken', addresses: [address()] })] });
    await expect(row(id)).resolves.toMatchObject({ status: null, created: false });
    await expect(database.scans.rowsOf(host)).resolves.toHaveLength(1);
  });

  it('may have the name of a container on another host', async () => {
    const name = `twice-${unique()}`;
    await database.settled(await database.host(), { name });
    await scan({ unmanaged: [found({ name: name.toUpperCase() })] });
    await expect(database.scans.rowsOf(host)).resolves.toHaveLength(1);
  });
});

it('does not lose a wish or a lease that come while it writes: fifty scans against fifty workers', async () => {
  const ids = await Promise.all(Array.from({ length: 10 }, () => database.container(host)));
  const rounds = Array.from({ length: 5 }, (_, round) => round);
  await Promise.all([
    ...ids.map(async (id) => {
      for (const _ of rounds) {
        // A scan must never hold a lease.
        const claim = await database.claim(id);
        const work = await database.work.load(id);
        if (!work) throw new Error('The container is gone.');
        const observation = {
          status: `by ${claim.fence}`,
          uuid: null,
          image: null,
          hwaddrEth1: null,
          boot: null,
          addresses: null,
        };
        await database.work.recordObserved(work, claim.fence, observation);
        expect((await row(id)).status).toBe(`by ${claim.fence}`);
        await database.leases.release('containers', id, claim, null);
      }
    }),
    ...rounds.map(async () => {
      for (const _ of ids) await scan({ matched: ids.map((id) => seen(id, { addresses: [] })), missing: [] });
    }),
  ]);
  const fences = await database.db.query<{ fence: number }>(
    'SELECT lease_fence AS fence FROM containers WHERE id = ANY($1)',
    [ids],
  );
  expect(fences.map(({ fence }) => fence)).toEqual(ids.map(() => 5));
});
