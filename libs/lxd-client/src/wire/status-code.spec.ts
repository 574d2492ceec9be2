import { isFinalCode } from './status-code';

describe('status codes', () => {
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
