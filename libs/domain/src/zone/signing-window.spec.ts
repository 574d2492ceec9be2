import { SIGNING_PERIOD, signingPeriod, signingWindow } from './signing-window';

const DAY = 86_400;
const begin = signingPeriod(1_800_000_000);

it.each([0, 1, DAY, SIGNING_PERIOD - 1])('is the same %d seconds into a period', (later) => {
  expect(signingWindow(begin + later)).toEqual({ inception: begin - 3_600, expiration: begin + 21 * DAY });
});

it('moves on by a period, and leaves signatures two weeks at least', () => {
  expect(signingWindow(begin + SIGNING_PERIOD).inception).toBe(begin + SIGNING_PERIOD - 3_600);
  const last = begin + SIGNING_PERIOD - 1;
  expect(signingWindow(last).expiration - last).toBeGreaterThan(14 * DAY);
});
