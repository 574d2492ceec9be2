import { randomInt } from 'node:crypto';

const ALPHANUMERICS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Letters and digits only: such a password needs no quoting in a URL, a shell or a configuration file. */
export function randomPassword(length = 50): string {
  return Array.from({ length }, () => ALPHANUMERICS[randomInt(ALPHANUMERICS.length)]).join('');
}

/**
 * The key ring of what only the name server reads: keys of its clients, keys that sign zones. Made where it is missing, in older
 * installations too, which have nothing sealed with it; a database that has refuses a new one when it is migrated.
 */
export const dnsKeyRingFile = 'dns_encrypt';

/** The key ring's file: made first, so that a setup that was interrupted can be told from a ring that was lost. */
export const keyRingFile = 'db_encrypt';

/** The other files of the secrets folder, and what a missing one is made of. */
export const passwordFiles: readonly { name: string; make: () => string }[] = [
  { name: 'ct_postgres', make: () => `${randomPassword()}\n` },
  { name: 'dns_postgres', make: () => `${randomPassword()}\n` },
  { name: 'redis', make: () => `${randomPassword()}\n` },
  { name: 'session', make: () => `${randomPassword()}\n` },
];
