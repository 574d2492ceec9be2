import { isIPv4, isIPv6 } from 'node:net';

/** A zone that tells the names of a subnet's addresses. */
export interface ReverseZone {
  /** Absolute; the subnet's own name in in-addr.arpa or ip6.arpa, or one that the parent leads to by RFC 2317. */
  name: string;
  cidr: string;
}

/** The octets of an address, 4 or 16; undefined when the text is no address. */
export function addressOctets(text: string): Uint8Array | undefined {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  if (!isIPv6(text) || text.includes('%')) return undefined;
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const [front = '', back] = (
    dotted ? `${dotted[1]}${pair(dotted[2], dotted[3])}:${pair(dotted[4], dotted[5])}` : text
  ).split('::');
  const head = front.split(':').filter(Boolean);
  const tail = back?.split(':').filter(Boolean) ?? [];
  const groups = [...head, ...Array<string>(8 - head.length - tail.length).fill('0'), ...tail];
  return Uint8Array.from(groups.flatMap((group) => [parseInt(group, 16) >>> 8, parseInt(group, 16) & 0xff]));
}

/** Text of an address that equal octets have in common. */
export function addressText(octets: Uint8Array): string {
  if (octets.length === 4) return octets.join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    (((octets[2 * index] ?? 0) << 8) | (octets[2 * index + 1] ?? 0)).toString(16),
  );
  return groups.join(':');
}

/** The reverse zones of an installation, asked for the owner name of an address. */
export class ReverseZones {
  private readonly zones: readonly { name: string; network: Uint8Array; bits: number }[];

  constructor(zones: readonly ReverseZone[]) {
    this.zones = zones
      .flatMap(({ name, cidr }) => {
        const [address = '', length] = cidr.split('/');
        const network = addressOctets(address);
        return network ? [{ name, network, bits: Number(length ?? 8 * network.length) }] : [];
      })
      // Of nested subnets the smallest has the name.
      .sort((a, b) => b.bits - a.bits);
  }

  /**
   * Where the PTR record of an address belongs: the labels below the zone are those of in-addr.arpa (RFC 1035 §3.5) and ip6.arpa
   * (RFC 3596 §2.5) that the subnet leaves open, in a zone whose boundary lies within a label that whole label (RFC 2317 §4).
   */
  ownerOf(octets: Uint8Array): { zone: string; owner: string } | undefined {
    for (const { name, network, bits } of this.zones) {
      if (octets.length !== network.length || !sharesBits(octets, network, bits)) continue;
      const labels = octets.length === 4 ? Array.from(octets, String) : Array.from(octets, hexDigits).flat();
      const open = labels.slice(Math.floor((bits * labels.length) / (8 * octets.length))).reverse();
      return { zone: name, owner: [...open, name].join('.') };
    }
    return undefined;
  }
}

function sharesBits(a: Uint8Array, b: Uint8Array, bits: number): boolean {
  for (let index = 0; index * 8 < bits; index += 1) {
    const mask = 0xff00 >> Math.min(8, bits - index * 8);
    if ((((a[index] ?? 0) ^ (b[index] ?? 0)) & mask & 0xff) !== 0) return false;
  }
  return true;
}

function hexDigits(octet: number): string[] {
  return [(octet >>> 4).toString(16), (octet & 0xf).toString(16)];
}

function pair(high: string | undefined, low: string | undefined): string {
  return ((Number(high) << 8) | Number(low)).toString(16);
}
