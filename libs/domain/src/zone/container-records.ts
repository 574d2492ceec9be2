import type { ZoneContainer } from './zone-inputs';

/** SSHFP data (RFC 4255 §3.1). */
export interface HostKeyPrint {
  algorithm: number;
  fingerprintType: number;
  /** Hexadecimal digits. */
  fingerprint: string;
}

/** Records of one name and type as plain data; names are relative to their zone, or absolute with their final dot. */
export type PlainRrset = HostRrset | { name: string; ttl: number; type: 'PTR'; records: string[] };

/** Those whose data holds no names. */
export type HostRrset = { name: string; ttl: number } & (
  { type: 'A' | 'AAAA' | 'TXT'; records: string[] } | { type: 'SSHFP'; records: HostKeyPrint[] }
);

/** How long a container's records may be cached, in seconds: short, because containers come and go. */
export const CONTAINER_TTL = 60;

const SHA256 = 2;

/** The addresses of a name, by family: only those of IPv6 have colons, and whatever is none is told when it is encoded. */
export function addressRrsets(name: string, addresses: readonly string[], ttl: number): HostRrset[] {
  const ipv4: string[] = [];
  const ipv6: string[] = [];
  for (const address of addresses) (address.includes(':') ? ipv6 : ipv4).push(address);
  const rrsets: HostRrset[] = [];
  if (ipv4.length > 0) rrsets.push({ name, type: 'A', ttl, records: ipv4 });
  if (ipv6.length > 0) rrsets.push({ name, type: 'AAAA', ttl, records: ipv6 });
  return rrsets;
}

/**
 * The records at a container's name: its published addresses, and what its host keys look like. They are made when somebody wants them,
 * for there may be a hundred thousand of these; columns of addresses and digests can hold nothing that could not be served.
 */
export class ContainerRecords {
  constructor(private readonly container: ZoneContainer) {}

  get name(): string {
    return this.container.name;
  }

  /** How many RRsets there are. */
  get size(): number {
    const { addresses, hostKeys } = this.container;
    let [ipv4, ipv6] = [0, 0];
    for (let start = 0, end = 0; end < addresses.length; start = end + 1) {
      end = addresses.indexOf(' ', start);
      if (end < 0) end = addresses.length;
      const colon = addresses.indexOf(':', start);
      if (colon >= 0 && colon < end) ipv6 = 1;
      else ipv4 = 1;
    }
    return ipv4 + ipv6 + (hostKeys === '' ? 0 : 1);
  }

  /** What they are made of. */
  get likeness(): string {
    return `${this.container.addresses},${this.container.hostKeys}`;
  }

  rrsets(): HostRrset[] {
    const { name, addresses, hostKeys } = this.container;
    const rrsets = addressRrsets(name, words(addresses), CONTAINER_TTL);
    if (hostKeys !== '')
      rrsets.push({ name, type: 'SSHFP', ttl: CONTAINER_TTL, records: words(hostKeys).map(hostKeyPrint) });
    return rrsets;
  }
}

/** The parts of a list with spaces between. */
export function words(list: string): string[] {
  return list === '' ? [] : list.split(' ');
}

function hostKeyPrint(text: string): HostKeyPrint {
  const [algorithm, fingerprint = ''] = text.split(':');
  return { algorithm: Number(algorithm), fingerprintType: SHA256, fingerprint };
}
