import { setTimeout as pause } from 'node:timers/promises';
import { isPassingDatabaseFault } from '@lxdm/entities/zones';

const FIRST_PAUSE_MS = 25;

/** Does something again while the database has a passing fault, until the time is up; then the fault is thrown. */
export async function withRetries<T>(work: () => Promise<T>, milliseconds: number): Promise<T> {
  const deadline = performance.now() + milliseconds;
  for (let wait = FIRST_PAUSE_MS; ; wait *= 2) {
    try {
      return await work();
    } catch (error) {
      // Apart from each other, or two that met once meet again.
      const next = wait * (0.5 + Math.random());
      if (!isPassingDatabaseFault(error) || performance.now() + next > deadline) throw error;
      await pause(next);
    }
  }
}
