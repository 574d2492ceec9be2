// @ts-check
/** The results of all test runners as one line. */

/** @typedef {{passed: number, failed: number, skipped: number}} Counts */

/** @type {Readonly<Counts>} */
export const nothing = { passed: 0, failed: 0, skipped: 0 };

/** @param {readonly Counts[]} all @returns {Counts} */
export function merged(all) {
  return all.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
    }),
    nothing,
  );
}

/** The last line of `npm test`. @param {Counts} counts */
export function line({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * What jest --json and vitest's json reporter write; a suite that could not even run counts as one failure.
 * @param {string | undefined} text undefined: the runner ended without a report @returns {Counts}
 */
export function fromJson(text) {
  const report = parsed(text);
  if (!report || typeof report.numPassedTests !== 'number') return { ...nothing, failed: 1 };
  const suites = /** @type {{status?: string, assertionResults?: {status?: string}[]}[]} */ (report.testResults ?? []);
  const broken = suites.filter(
    (suite) => suite.status === 'failed' && !suite.assertionResults?.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/** @param {string | undefined} text */
function parsed(text) {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What node --test prints with the tap reporter. @param {string} text @returns {Counts} */
export function fromTap(text) {
  const total = (/** @type {string} */ what) =>
    Number(new RegExp(`^# ${what} (\\d+)$`, 'm').exec(text)?.[1] ?? Number.NaN);
  const counts = {
    passed: total('pass'),
    failed: total('fail') + total('cancelled'),
    skipped: total('skipped') + total('todo'),
  };
  return Object.values(counts).some(Number.isNaN) ? { ...nothing, failed: 1 } : counts;
}

/** A runner that says it failed although it counted no failure (a leak, a crash at the end) has failed. @param {Counts} counts @param {number} exitCode @returns {Counts} */
export function withExitCode(counts, exitCode) {
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}
