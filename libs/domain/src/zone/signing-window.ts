/** From when to when signatures are good, in seconds since 1970. */
export interface SigningWindow {
  inception: number;
  expiration: number;
}

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Zones are signed anew this often; periods begin at the same moments everywhere. */
export const SIGNING_PERIOD = 7 * DAY;
/** How long signatures are good from the beginning of their period: two more periods may fail. */
const VALIDITY = 3 * SIGNING_PERIOD;
/** For validators whose clock is slow. */
const SLOW_CLOCK = HOUR;

/** When the period that a moment lies in began, in seconds since 1970. */
export function signingPeriod(seconds: number): number {
  return Math.floor(seconds / SIGNING_PERIOD) * SIGNING_PERIOD;
}

/** The window of signatures that are made at a moment: the same for every server and throughout a period. */
export function signingWindow(seconds: number): SigningWindow {
  const begin = signingPeriod(seconds);
  return { inception: begin - SLOW_CLOCK, expiration: begin + VALIDITY };
}

/** TTL of a zone's keys, in seconds: how long a rollover waits until nobody remembers the keys without the new one. */
export const KEY_TTL = 3_600;
/** How long a retired key stays published: until no signature of it is in a cache, in seconds. */
export const RETIRED_KEY_STAYS = DAY;
