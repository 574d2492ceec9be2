import type { LeasedObservation } from '../src';
import { TestDatabase } from './database';
import { placedIn } from './key-builders';
import { scan, seen } from './scan-builders';

let database: TestDatabase;
let host: string;
beforeAll(async () => {
  database = await TestDatabase.open();
  host = await database.host();
});
afterAll(() => database.close());

/** By a scan, or by whoever holds the container's lease: both see the same things. */
const eyes: [string, (id: string, status: string, boot: string | null) => Promise<void>][] = [
  ['a scan', (id, status, boot) => scan(database, host, { matched: [seen(id, { status, boot })] })],
  [
    'a reconciler',
    async (id, status, boot) => {
      const claim = await database.claim(id);
      const work = await database.work.load(id);
      if (!work) throw new Error('The container is gone.');
      const look: LeasedObservation = { status, boot, uuid: null, image: null, hwaddrEth1: null, addresses: null };
      await database.work.recordObserved(work, claim.fence, look);
      await database.leases.release('containers', id, claim, null);
    },
  ],
];

describe.each(eyes)('the boot of a container, seen by %s', (_who, see) => {
  const bootedAt = async (id: string): Promise<Date | null> =>
    (await database.one<{ at: Date | null }>('SELECT booted_at AS at FROM containers WHERE id = $1', [id])).at;

  it('is dated when it is the first, or another one', async () => {
    const id = await database.settled(host, { observed_status: 'Stopped' });
    await see(id, 'Stopped', null);
    expect(await bootedAt(id)).toBeNull();
    await see(id, 'Running', 'first');
    const first = await bootedAt(id);
    expect(first).not.toBeNull();
    await see(id, 'Running', 'first');
    expect(await bootedAt(id)).toEqual(first);
    await see(id, 'Running', 'second');
    const second = await bootedAt(id);
    expect(second).not.toEqual(first);
    await see(id, 'Stopped', null);
    await see(id, 'Running', 'second');
    expect(await bootedAt(id)).toEqual(second);
  });

  it('is not dated for one that was known to run before anybody looked at boots', async () => {
    const id = await database.settled(host);
    await see(id, 'Running', 'long ago');
    expect(await bootedAt(id)).toBeNull();
    await see(id, 'Running', 'now');
    expect(await bootedAt(id)).not.toBeNull();
  });
});

it('the keys that a new container is given are noted, once, and only under its lease', async () => {
  const id = await database.container(host);
  const { fence } = await database.claim(id);
  const work = await database.work.load(id);
  if (!work) throw new Error('The container is gone.');
  const keys = [{ fingerprint: 'SHA256:a', publicKey: 'ssh-ed25519 AAAAa a' }];
  await database.work.recordGivenKeys(work, fence, keys);
  await database.work.recordGivenKeys(work, fence, keys);
  await database.work.recordGivenKeys(work, fence, []);
  expect(await placedIn(database, id)).toEqual(keys.map((key) => ({ ...key, home: '' })));
  await expect(database.work.recordGivenKeys(work, fence - 1, keys)).rejects.toThrow('lease');
  await database.work.recordRemoved(work, fence);
  expect(await placedIn(database, id)).toEqual([]);
});
