import { Claim, LEASE_SECONDS, LeaseLostError, LeasesRepository } from '@lxdm/entities';
import { HeldLease, LeaseKeeper } from './lease-keeper';

/** Leases of one row, without a database. */
class FakeLeases {
  fence = 0;
  held = false;
  unsettled = false;
  readonly released: (number | null)[] = [];
  readonly claim = (): Promise<Claim | null> => {
    if (this.held) return Promise.resolve(null);
    this.held = true;
    return Promise.resolve({ fence: ++this.fence, generation: 1 });
  };
  readonly renew = (): Promise<boolean> => Promise.resolve(this.held);
  readonly release = (_table: string, _id: string, _claim: Claim, retryIn: number | null): Promise<boolean> => {
    this.held = false;
    this.released.push(retryIn);
    const again = this.unsettled;
    this.unsettled = false;
    return Promise.resolve(again);
  };
}

function rig(): {
  leases: FakeLeases;
  keeper: LeaseKeeper;
  run: (work: (lease: HeldLease) => Promise<number | null>) => Promise<boolean>;
} {
  const leases = new FakeLeases();
  const keeper = new LeaseKeeper(leases as unknown as LeasesRepository);
  return { leases, keeper, run: (work) => keeper.run('containers', 'x', work) };
}

const aborted = ({ signal }: HeldLease): Promise<never> =>
  new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new Error('broken off')), { once: true }),
  );

describe('LeaseKeeper', () => {
  it('works once, or again for a wish that came meanwhile', async () => {
    const { leases, run } = rig();
    leases.unsettled = true;
    const fences: number[] = [];
    expect(await run(({ fence }) => (fences.push(fence), Promise.resolve(null)))).toBe(true);
    expect([fences, leases.released]).toEqual([
      [1, 2],
      [null, null],
    ]);
  });

  it('leaves a row alone that somebody else holds', async () => {
    const { leases, run } = rig();
    leases.held = true;
    expect(await run(() => Promise.reject(new Error('not to be called')))).toBe(false);
  });

  it('gives the lease back after a fault, for a try in two seconds, and passes the fault on', async () => {
    const { leases, run } = rig();
    await expect(run(() => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
    expect(leases.released).toEqual([2]);
  });

  it('goes on at once after a fault when a wish came meanwhile', async () => {
    const { leases, run } = rig();
    const fences: number[] = [];
    leases.unsettled = true;
    const work = ({ fence }: HeldLease): Promise<null> => {
      fences.push(fence);
      return fence === 1 ? Promise.reject(new Error('a fault')) : Promise.resolve(null);
    };
    expect(await run(work)).toBe(true);
    expect([fences, leases.released]).toEqual([
      [1, 2],
      [2, null],
    ]);
  });

  it('says nothing and gives nothing back when the lease is lost', async () => {
    const { leases, run } = rig();
    expect(await run(() => Promise.reject(new LeaseLostError('containers', 'x')))).toBe(true);
    expect(leases.released).toEqual([]);
  });

  it('breaks off at the end of the worker, gives the lease back for at once, and takes no other', async () => {
    const { leases, keeper, run } = rig();
    const work = run(aborted);
    await new Promise((resolve) => setImmediate(resolve));
    leases.unsettled = true;
    keeper.end();
    await work;
    expect(leases.released).toEqual([null]);
    expect(await run(() => Promise.reject(new Error('not to be called')))).toBe(false);
  });

  it('knows without the database that a lease has run out while the process stood still', async () => {
    const { leases, keeper, run } = rig();
    let now = 1_000;
    keeper.now = () => now;
    const changes: string[] = [];
    await run(({ assertHeld }) => {
      now += LEASE_SECONDS * 1000 - 1;
      assertHeld();
      changes.push('in time');
      now += 2;
      assertHeld();
      changes.push('too late');
      return Promise.resolve(null);
    });
    expect([changes, leases.released]).toEqual([['in time'], []]);
  });
});
