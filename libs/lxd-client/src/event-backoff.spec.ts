import { reconnectDelay } from './event-backoff';

describe('reconnectDelay', () => {
  it.each([
    [0, 0, 250],
    [0, 1, 500],
    [1, 1, 1_000],
    [3, 1, 4_000],
    [6, 1, 30_000],
    [1_000_000, 0, 15_000],
    [Number.MAX_SAFE_INTEGER, 1, 30_000],
  ])('attempt %i with luck %i → %i ms', (attempt, luck, delay) => {
    expect(reconnectDelay(attempt, 500, 30_000, () => luck)).toBe(delay);
  });
});
