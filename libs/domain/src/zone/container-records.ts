import type { ZoneContainer } from './zone-inputs';

/** SSHFP data (RFC 4255 §3.1). */
export interface HostKeyPrint {
  algorithm: number;
  fingerprintType: number;
  /** Hexadecimal digits. */
  fingerprint: string;
}

/** Records of one name and type as plain data; names are relative to their zone, or absolute with their final dot. */
export type PlainRrset = { name: string; ttl: number } & (
  { type: 'A' | 'AAAA' | 'PTR' | 'TXT'; records: string[] } | { type: 'SSHFP'; records: HostKeyPrint[] }
);

/** How long a container's records may be cached, in seconds: short, because containers come and go. */
export const CONTAINER_TTL = 60;

const SHA256 = 2;

/** The addresses of a name, by family: only those of IPv6 have colons, and whatever is none is told when it is encoded. */
export function addressRrsets(name: string, addresses: readonly string[], ttl: number): PlainRrset[] {
  const ipv4 = addresses.filter((address) => !address.includes(':'));
  const ipv6 = addresses.filter((address) => address.includes(':'));
  const rrsets: PlainRrset[] = [];
  if (ipv4.length > 0) rrsets.push({ name, type: 'A', ttl, records: ipv4 });
  if (ipv6.length > 0) rrsets.push({ name, type: 'AAAA', ttl, records: ipv6 });
  return rrsets;
}

/** The records at a container's name: its published addresses, and what its host keys look like. */
export function containerRrsets({ name, addresses, hostKeys }: ZoneContainer): PlainRrset[] {
  const rrsets = addressRrsets(name, words(addresses), CONTAINER_TTL);
  const records = words(hostKeys).map(hostKeyPrint);
  if (records.length > 0) rrsets.push({ name, type: 'SSHFP', ttl: CONTAINER_TTL, records });
  return rrsets;
}

/** The parts of a list with spaces between. */
export function words(list: string): string[] {
  return list === '' ? [] : list.split(' ');
}

function hostKeyPrint(text: string): HostKeyPrint {
  const [algorithm, fingerprint = ''] = text.split(':');
  return { algorithm: Number(algorithm), fingerprintType: SHA256, fingerprint };
}
