import { isFinalCode, isRunningCode } from './status-code';

describe('status codes', () => {
  it.each([
    [103, true],
    [113, true],
    [102, false],
    [106, false],
    [110, false],
    [112, false],
    [0, false],
  ])('%i runs: %s', (code, runs) => {
    expect(isRunningCode(code)).toBe(runs);
  });

  it.each([
    [200, true],
    [400, true],
    [401, true],
    [103, false],
    [105, false],
    [104, false],
  ])('%i is final: %s', (code, final) => {
    expect(isFinalCode(code)).toBe(final);
  });
});
