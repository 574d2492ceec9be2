/** The longest pause between two tries, in seconds. */
const LONGEST = 20;

/**
 * How long to wait before the next try, in seconds: doubling, with jitter so that many do not come back at once.
 * @param attempts how often it was tried in vain before
 * @param random a number from 0 to 1
 */
export function backoffSeconds(attempts: number, random: number = Math.random()): number {
  const full = Math.min(LONGEST, 0.5 * 2 ** Math.min(attempts, 10));
  return full * (0.5 + random / 2);
}
