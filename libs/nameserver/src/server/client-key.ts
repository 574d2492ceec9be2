import { ipv6Octets } from '../address';

/** What counts as one client: an IPv4 address, or an IPv6 /64, which one subscriber commonly holds whole. */
export function clientKey(address: string): string {
  const octets = ipv6Octets(address.split('%')[0] ?? '');
  return octets ? octets.toString('hex', 0, 8) : address;
}
