// @ts-check
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failuresOf, fromJson, fromTap, line, merged, withExitCode } from './counts.mjs';

const jestReport = (/** @type {object} */ extra) =>
  JSON.stringify({
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
    testResults: [],
    ...extra,
  });
const failedTest = { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] };
const brokenSuite = { status: 'failed', assertionResults: [] };

test('a report is counted', () => assert.deepEqual(fromJson(jestReport({})), { passed: 3, failed: 1, skipped: 3 }));
test('a failed test is counted once', () =>
  assert.equal(fromJson(jestReport({ testResults: [failedTest] })).failed, 1));
test('a suite that could not run is a failure', () =>
  assert.equal(fromJson(jestReport({ testResults: [failedTest, brokenSuite] })).failed, 2));
test('failures are told with their suites, their tests and the beginning of what they say', () => {
  const long = Array.from({ length: 40 }, (_, at) => `line ${at}`).join('\n');
  const test = { status: 'failed', fullName: 'adds up', failureMessages: [long] };
  const text = jestReport({
    testResults: [
      { name: 'a.spec.ts', status: 'failed', assertionResults: [{ status: 'passed', fullName: 'fine' }, test] },
      { name: 'b.spec.ts', status: 'failed', message: 'cannot be read', assertionResults: [] },
      { name: 'c.spec.ts', status: 'passed', assertionResults: [] },
    ],
  });
  const [first = '', second, ...more] = failuresOf(text);
  assert.match(first, /^a\.spec\.ts: adds up\nline 0\n/);
  assert.doesNotMatch(first, /line 30/);
  assert.equal(second, 'b.spec.ts: cannot be read');
  assert.deepEqual(more, []);
});
test('tests of a suite that failed alike are told once, with how many there are', () => {
  const failed = (/** @type {string} */ fullName, /** @type {string} */ message) => ({
    status: 'failed',
    fullName,
    failureMessages: [message],
  });
  const assertionResults = [
    failed('one', 'down\n    at 1'),
    failed('two', 'not equal\n2'),
    failed('three', 'down\n    at 3'),
    failed('four', 'not equal\n4'),
  ];
  assert.deepEqual(failuresOf(jestReport({ testResults: [{ name: 'a', status: 'failed', assertionResults }] })), [
    'a: one\ndown\n    at 1\n(and 1 more like it)',
    'a: two\nnot equal\n2',
    'a: four\nnot equal\n4',
  ]);
});
test('no report has no failures to tell', () => assert.deepEqual(failuresOf(undefined), []));
for (const [name, text] of [
  ['no report', undefined],
  ['half a report', '{"numPassed'],
  ['another document', '{}'],
])
  test(`${name} is a failure`, () => assert.deepEqual(fromJson(text), { passed: 0, failed: 1, skipped: 0 }));

test('tap is counted', () =>
  assert.deepEqual(fromTap('# tests 7\n# pass 4\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n'), {
    passed: 4,
    failed: 2,
    skipped: 1,
  }));
test('no tap is a failure', () => assert.equal(fromTap('Segmentation fault').failed, 1));
test('an exit code without a counted failure is one', () =>
  assert.equal(withExitCode({ passed: 5, failed: 0, skipped: 0 }, 1).failed, 1));
test('an exit code adds nothing to a counted failure', () =>
  assert.equal(withExitCode({ passed: 5, failed: 2, skipped: 0 }, 1).failed, 2));
test('sums', () =>
  assert.deepEqual(
    merged([
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 20, skipped: 30 },
    ]),
    { passed: 11, failed: 22, skipped: 33 },
  ));
test('the line', () => assert.equal(line({ passed: 12, failed: 0, skipped: 0 }), '12 passed, 0 failed'));
test('the line with skipped ones', () =>
  assert.equal(line({ passed: 12, failed: 1, skipped: 4 }), '12 passed, 1 failed, 4 skipped'));
