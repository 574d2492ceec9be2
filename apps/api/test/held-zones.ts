import type { ApiUnderTest } from './api-under-test';

/** The lock of those who write into the zones (libs/entities/src/zones/zone-text-lock.ts). */
const ZONE_TEXT_LOCK = 0x7a6f6e65;

/**
 * Starts pieces of work while the zones are held, each as soon as those before it wait, and lets them go when all do: they go on in
 * their order, and what they read before they waited is old by then.
 * @param waiting how many wait when all do; fewer than there is work where the application has no more connections
 */
export async function whileZonesAreHeld<T>(
  { db }: ApiUnderTest,
  work: readonly (() => PromiseLike<T>)[],
  waiting = work.length,
): Promise<T[]> {
  const holder = db.createQueryRunner();
  await holder.startTransaction();
  await holder.query('SELECT pg_advisory_xact_lock($1)', [ZONE_TEXT_LOCK]);
  const begun: Promise<T>[] = [];
  try {
    for (const one of work) {
      begun.push(Promise.resolve(one()));
      await waitersReach(db, Math.min(begun.length, waiting));
    }
  } finally {
    await holder.commitTransaction();
    await holder.release();
  }
  return Promise.all(begun);
}

async function waitersReach(db: ApiUnderTest['db'], wanted: number): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const [row] = await db.query(
      `SELECT count(*)::int AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = $1
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [ZONE_TEXT_LOCK],
    );
    if (row.waiting >= wanted) return;
    if (Date.now() > deadline) throw new Error(`${row.waiting} wait for the zones, not ${wanted}.`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
