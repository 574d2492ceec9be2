import { setTimeout as sleep } from 'node:timers/promises';

/** No single pause counts for more than this: when the whole machine stands still, nobody had the time that passes. */
const LONGEST_STEP_MS = 1_000;

/** A deadline in time that could be used. */
function patience(milliseconds: number): () => boolean {
  let left = milliseconds;
  let last = performance.now();
  return () => {
    const now = performance.now();
    left -= Math.min(LONGEST_STEP_MS, now - last);
    last = now;
    return left < 0;
  };
}

/** Asks again and again until the answer is something; what it throws meanwhile counts as "not yet". */
export async function until<T>(
  what: string,
  look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  milliseconds = 30_000,
): Promise<T> {
  const isOver = patience(milliseconds);
  for (;;) {
    let trouble = '';
    try {
      const found = await look();
      if (found !== undefined && found !== null && found !== false) return found;
    } catch (error) {
      trouble = ` (${error instanceof Error ? error.message : String(error)})`;
    }
    if (isOver()) throw new Error(`not within ${milliseconds} ms: ${what}${trouble}`);
    await sleep(40);
  }
}

/** Asks until there is nothing left to complain about; after the deadline the complaints are the result. */
export async function untilNone(look: () => string[] | Promise<string[]>, milliseconds = 15_000): Promise<string[]> {
  const isOver = patience(milliseconds);
  for (;;) {
    let complaints: string[];
    try {
      complaints = await look();
    } catch (error) {
      complaints = [error instanceof Error ? error.message : String(error)];
    }
    if (complaints.length === 0 || isOver()) return complaints;
    await sleep(80);
  }
}

/** Like `Promise.all` over `map`, a few at a time: a test must not starve itself of connections. */
export async function each<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++)
      results[index] = await work(items[index] as T, index);
  };
  await Promise.all(Array.from({ length: 5 }, lane));
  return results;
}
