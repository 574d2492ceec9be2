/** What is wrong with a username for an account of our own, or undefined. */
export function usernameFault(name: string): string | undefined {
  return /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$/.test(name)
    ? undefined
    : 'A username has 1 to 64 letters (a-z), digits, dots, hyphens and underscores, and begins and ends with a letter or digit.';
}
