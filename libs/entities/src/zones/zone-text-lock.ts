import type { Tx } from '../database/sql-transactor';

/** Who writes records or names that could be in each other's way takes turns, a whole transaction each. */
const ZONE_TEXT_LOCK = 0x7a6f6e65;

/** Waits until nobody else changes what stands in the zones; taken before anything is read that a decision rests on. */
export async function lockZoneText(tx: Tx): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [ZONE_TEXT_LOCK]);
}
