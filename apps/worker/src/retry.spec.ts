import { backoffSeconds } from './retry';

describe('backoffSeconds', () => {
  it.each([
    [0, 0, 0.25],
    [0, 1, 0.5],
    [3, 1, 4],
    [6, 1, 20],
    [1_000_000, 1, 20],
    [1_000_000, 0, 10],
  ])('after %d tries with jitter %d it is %d s', (attempts, random, expected) => {
    expect(backoffSeconds(attempts, random)).toBe(expected);
  });
});
