/** For how many minutes a value may stay; 0 stands for ever. */
export const valueLifetimes = [
  { minutes: 0, label: 'Until it is replaced' },
  { minutes: 60, label: 'One hour' },
  { minutes: 1440, label: 'One day' },
  { minutes: 43_200, label: '30 days' },
];

export function expiryIn(minutes: number, now: number): string | undefined {
  return minutes === 0 ? undefined : new Date(now + minutes * 60_000).toISOString();
}
