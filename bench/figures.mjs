// @ts-check
/** Numbers from samples, and the table that a run ends with. */

/** @param {number[]} samples @param {number} share 0.5 is the median */
export function percentile(samples, share) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Milliseconds that something takes, a number of times. @param {number} times @param {() => Promise<unknown>} work @returns {Promise<number[]>} */
export async function timed(times, work) {
  const samples = [];
  for (let round = 0; round < times; round++) {
    const start = performance.now();
    await work();
    samples.push(performance.now() - start);
  }
  return samples;
}

/**
 * Two ways to do a thing, taken in turns, so that whatever else the machine does hits both alike.
 * @param {number} times @param {() => Promise<unknown>} one @param {() => Promise<unknown>} other @returns {Promise<{one: number[], other: number[]}>}
 */
export async function sideBySide(times, one, other) {
  const result = { one: /** @type {number[]} */ ([]), other: /** @type {number[]} */ ([]) };
  for (let round = 0; round < times; round++) {
    result.one.push(...(await timed(1, one)));
    result.other.push(...(await timed(1, other)));
  }
  return result;
}

/** @typedef {{what: string, figure: string, limit: string, met: boolean}} Line */

/** @param {Line[]} lines */
export function print(lines) {
  const width = Math.max(...lines.map((line) => line.what.length));
  const figures = Math.max(...lines.map((line) => line.figure.length));
  for (const line of lines)
    console.log(
      `${line.met ? 'ok  ' : 'MISS'}  ${line.what.padEnd(width)}  ${line.figure.padStart(figures)}  ${line.limit}`,
    );
}
