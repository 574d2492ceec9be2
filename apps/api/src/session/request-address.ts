import { isIP } from 'node:net';

/** The address of a request as Postgres reads it: IPv4 in its own form, no zone; null when it is none. */
export function inetOf(address: string | undefined): string | null {
  const plain = (address ?? '').replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').split('%')[0] ?? '';
  return isIP(plain) === 0 ? null : plain;
}
