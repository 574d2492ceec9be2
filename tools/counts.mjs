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
  const broken = suites(report).filter((suite) => suite.status === 'failed' && failedIn(suite).length === 0).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken,
    skipped: (report.numPendingTests ?? 0) + (report.numTodoTests ?? 0),
  };
}

/** How much of a failure is repeated at the end: its beginning says what was expected and what came. */
const REPEATED_LINES = 15;

/**
 * Every failure of such a report in a few lines, for the end of the output: what tells of a failure thousands of lines before is not read, and
 * not always kept. Tests of a suite that failed alike are told once.
 * @param {string | undefined} text @returns {string[]}
 */
export function failuresOf(text) {
  return suites(parsed(text)).flatMap((suite) => {
    if (suite.status !== 'failed') return [];
    const tests = failedIn(suite);
    if (tests.length === 0) return [shortened(`${suite.name}: ${suite.message ?? 'could not run'}`)];
    /** @type {Map<string, TestReport[]>} */
    const alike = new Map();
    for (const test of tests) {
      const reason = test.failureMessages?.[0]?.split(/\n\s+at /, 1)[0] ?? '';
      alike.set(reason, [...(alike.get(reason) ?? []), test]);
    }
    return [...alike.values()].map(([first, ...others]) => {
      const told = shortened([`${suite.name}: ${first?.fullName}`, ...(first?.failureMessages ?? [])].join('\n'));
      return others.length > 0 ? `${told}\n(and ${others.length} more like it)` : told;
    });
  });
}

/** @param {string} text */
const shortened = (text) => text.split('\n').slice(0, REPEATED_LINES).join('\n');

/** @typedef {{status?: string, fullName?: string, failureMessages?: string[]}} TestReport */
/** @typedef {{name?: string, status?: string, message?: string, assertionResults?: TestReport[]}} SuiteReport */

/** @param {{testResults?: SuiteReport[]} | undefined} report @returns {SuiteReport[]} */
const suites = (report) => report?.testResults ?? [];

/** @param {SuiteReport} suite */
const failedIn = (suite) => (suite.assertionResults ?? []).filter((test) => test.status === 'failed');

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
