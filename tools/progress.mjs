// @ts-check
/** What the person at the terminal sees while something long goes on. */

const terminal = process.stderr.isTTY === true;
const started = performance.now();

/** One line on the terminal; everything that is not a result goes to standard error. @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @param {number} since */
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** How long this command has been running. */
export const sinceStart = () => seconds(started);

/** @typedef {(detail: string) => void} Report says how far a step is */

/**
 * Runs one step and shows that it runs, how far it is and how long it took.
 * @template T
 * @param {string} name @param {(report: Report) => Promise<T> | T} work @returns {Promise<T>}
 */
export async function step(name, work) {
  const since = performance.now();
  let last = '';
  const draw = (/** @type {string} */ detail) => {
    if (terminal)
      process.stderr.write(
        `\r\x1b[2K  … ${name}${detail ? `: ${detail}` : ''} (${seconds(since)})`.slice(
          0,
          (process.stderr.columns ?? 100) + 4,
        ),
      );
    else if (detail !== last) say(`    ${name}: ${detail}`);
    last = detail;
  };
  const tick = terminal ? setInterval(() => draw(last), 1000) : undefined;
  if (terminal) draw('');
  try {
    const result = await work(draw);
    process.stderr.write(`${terminal ? '\r\x1b[2K' : ''}  ✓ ${name} (${seconds(since)})\n`);
    return result;
  } catch (error) {
    process.stderr.write(`${terminal ? '\r\x1b[2K' : ''}  ✗ ${name} (${seconds(since)})\n`);
    throw error;
  } finally {
    clearInterval(tick);
  }
}
