import type {
  ContainerWork,
  ContainerWorkRepository,
  HostObservationsRepository,
  OperationsRepository,
} from '@lxdm/entities';
import type { HostScans } from '../hosts/host-scans';
import type { HeldLease, LeaseKeeper, RetryIn } from '../lease-keeper';
import { ContainerReconciler } from './container-reconciler';
import type { ContainerSteps } from './container-steps';

const work = { id: 'c', hostId: 'h', generation: 2, observedGeneration: 1, attempts: 0 } as ContainerWork;
const host = { id: 'h', name: 'host1', url: 'https://host1:8443', trusted: true };

/** A reconciler whose steps end in a fault, and what it leaves behind. */
async function reconcile(fault: Error, passed: boolean): Promise<{ written: string[]; retryIn: RetryIn }> {
  const written: string[] = [];
  let retryIn: RetryIn = null;
  const lease = { fence: 1, signal: new AbortController().signal, assertHeld: () => undefined };
  const keeper = {
    run: async (_table: string, _id: string, held: (lease: HeldLease) => Promise<RetryIn>) => {
      retryIn = await held(lease);
    },
  };
  const containers = {
    load: () => Promise.resolve(work),
    noteStep: (_work: unknown, _fence: number, name: string, detail: string, before: string) =>
      Promise.resolve(written.push(`${name}: ${detail} (${before})`)),
    recordFailed: (_work: unknown, _fence: number, code: string, message: string) =>
      Promise.resolve(written.push(`failed ${code}: ${message}`)),
  };
  const reconciler = new ContainerReconciler(
    keeper as unknown as LeaseKeeper,
    containers as unknown as ContainerWorkRepository,
    { connection: () => Promise.resolve(host) } as unknown as HostObservationsRepository,
    { deadline: () => Promise.resolve({ passed, secondsLeft: 1 }) } as unknown as OperationsRepository,
    { takeAll: () => Promise.reject(fault) } as unknown as ContainerSteps,
    { request: () => undefined } as unknown as HostScans,
  );
  Object.assign(reconciler, { log: { warn: () => undefined, error: () => undefined } });
  await reconciler.reconcile('c');
  return { written, retryIn };
}

const poolWait = new Error('timeout exceeded when trying to connect');

it('a database that does not answer in time is waited for under its own name', async () => {
  const { written, retryIn } = await reconcile(poolWait, false);
  expect(written).toEqual(["Wait for the database: The manager's database did not answer in time. (failed)"]);
  expect(retryIn).toBeGreaterThan(0);
});

it('what waited for it ends by its time limit all the same', async () => {
  const { written, retryIn } = await reconcile(poolWait, true);
  expect(written).toEqual([
    "failed database: Given up after the time limit. Last answer: The manager's database did not answer in time.",
  ]);
  expect(retryIn).toBeNull();
});

it('a fault of our own is tried again, and not under the name of the host', async () => {
  const { written, retryIn } = await reconcile(new TypeError('undefined is no function'), false);
  expect(written).toEqual([expect.stringMatching(/^Try again: A fault of the manager itself/)]);
  expect(retryIn).toBeGreaterThan(0);
});
