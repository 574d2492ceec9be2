import { slaacAddress } from './slaac';
import { canonicalAddress, contains } from './subnet';

/** An address as a host reports it on an interface of an instance. */
export interface SeenAddress {
  interface: string;
  address: string;
  prefixLength: number;
}

/** An address with our judgement on it. */
export interface JudgedAddress extends SeenAddress {
  family: 4 | 6;
  /** Whether the zone may answer with it. */
  published: boolean;
}

/**
 * Which of the addresses that were seen in a container may be published.
 * What a container claims proves nothing: whoever is root in it can take any address. So only the SLAAC address of the
 * hardware address that we gave to eth1, in a network that the host is known to have, counts; and IPv4 addresses that were assigned.
 * @param hwaddr of eth1, from the instance's configuration, never from inside the container
 */
export function judgeAddresses(
  seen: readonly SeenAddress[],
  hwaddr: string | null,
  subnets: readonly string[],
  assigned: readonly string[] = [],
): JudgedAddress[] {
  const expected = hwaddr ? subnets.map((subnet) => slaacAddress(subnet, hwaddr)) : [];
  const own = new Set([...assigned.map(canonicalAddress), ...expected]);
  const judged = new Map<string, JudgedAddress>();
  for (const entry of seen) {
    const address = canonicalAddress(entry.address);
    if (!address || isLocal(address)) continue;
    const published =
      entry.interface === 'eth1' && own.has(address) && subnets.some((subnet) => contains(subnet, address));
    judged.set(`${entry.interface} ${address}`, {
      ...entry,
      address,
      family: address.includes(':') ? 6 : 4,
      published,
    });
  }
  return [...judged.values()].sort(
    (a, b) => a.interface.localeCompare(b.interface) || a.family - b.family || a.address.localeCompare(b.address),
  );
}

function isLocal(address: string): boolean {
  return (
    address === '::1' ||
    contains('127.0.0.0/8', address) ||
    contains('fe80::/10', address) ||
    contains('169.254.0.0/16', address)
  );
}
