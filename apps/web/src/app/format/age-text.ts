const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The age in the largest whole unit; older than a month it is the date. Clocks may differ: the future is "just now". */
export function ageText(at: string, now: number): string {
  const then = Date.parse(at);
  if (Number.isNaN(then)) return 'unknown';
  const age = now - then;
  if (age < 45_000) return 'just now';
  if (age < hour) return `${Math.max(1, Math.round(age / minute))} min ago`;
  if (age < day) return `${Math.round(age / hour)} h ago`;
  if (age < 30 * day) {
    const days = Math.round(age / day);
    return days === 1 ? 'yesterday' : `${days} days ago`;
  }
  return dateText(at);
}

/** A day: "3 Jan 2026". */
export function dateText(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

export function exactTime(at: string): string {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? '' : time.toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'long' });
}

/** How long something took, for people. */
export function durationText(from: string, to: string): string {
  const milliseconds = Date.parse(to) - Date.parse(from);
  if (Number.isNaN(milliseconds) || milliseconds < 0) return '';
  if (milliseconds < 950) return `${milliseconds} ms`;
  const seconds = Math.round(milliseconds / 100) / 10;
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** How long until then, in the largest whole unit; farther than a month it is the date. */
export function untilText(at: string, now: number): string {
  const then = Date.parse(at);
  if (Number.isNaN(then)) return 'unknown';
  const left = then - now;
  if (left <= 0) return 'now';
  if (left < minute) return 'less than a minute';
  if (left < hour) return `in ${Math.round(left / minute)} min`;
  if (left < day) return `in ${Math.round(left / hour)} h`;
  if (left < 30 * day) return `in ${Math.round(left / day)} days`;
  return dateText(at);
}
