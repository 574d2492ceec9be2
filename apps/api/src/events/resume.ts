import { invalid } from '@lxdm/domain';

/** Where a stream begins, and whether the viewer has to load everything again. */
export interface Beginning {
  position: number;
  reset: boolean;
}

/** More than this is faster loaded anew than told change by change. */
const MAX_BEHIND = 5_000;

/**
 * Where to go on after the last event that a browser got.
 * @param bounds the entries that the change feed still has
 */
export function beginningOf(lastEventId: number | null, bounds: { first: number; last: number }): Beginning {
  if (lastEventId === null || lastEventId === bounds.last) return { position: bounds.last, reset: false };
  const tooOld = lastEventId < bounds.first - 1 || bounds.last - lastEventId > MAX_BEHIND;
  // A number that was never given out: the database was restored from a backup.
  const unknown = lastEventId > bounds.last;
  return tooOld || unknown ? { position: bounds.last, reset: true } : { position: lastEventId, reset: false };
}

/**
 * The sequence number that a browser sends back.
 * @throws DomainError `invalid`
 */
export function lastEventIdOf(header: string | string[] | undefined, query: unknown): number | null {
  const given = header ?? query;
  if (given === undefined || given === '') return null;
  if (typeof given === 'string' && /^\d{1,15}$/.test(given)) return Number(given);
  throw invalid('lastEventId', 'This is no number of an event.');
}
