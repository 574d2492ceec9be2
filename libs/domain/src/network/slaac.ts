import ipaddr from 'ipaddr.js';

/** A MAC address under LXD's prefix (00:16:3e, Xen's OUI, as LXD uses it) from three random octets. */
export function hwaddrFrom(random: Uint8Array): string {
  if (random.length < 3) throw new RangeError('A hardware address needs three random octets.');
  return ['00', '16', '3e', ...Array.from(random.slice(0, 3), hex)].join(':');
}

/**
 * The address that SLAAC gives an interface in a /64, by modified EUI-64 (RFC 4291 appendix A, RFC 4862 §5.5.3).
 * @returns undefined when the prefix is not an IPv6 /64 or the hardware address is malformed: such a subnet has no SLAAC
 */
export function slaacAddress(cidr: string, hwaddr: string): string | undefined {
  if (!ipaddr.IPv6.isValidCIDR(cidr) || !/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(hwaddr)) return undefined;
  const [network, length] = ipaddr.IPv6.parseCIDR(cidr);
  if (length !== 64) return undefined;
  const mac = hwaddr.split(':').map((octet) => parseInt(octet, 16));
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = mac;
  const bytes = [...network.toByteArray().slice(0, 8), a ^ 0x02, b, c, 0xff, 0xfe, d, e, f];
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

function hex(octet: number): string {
  return octet.toString(16).padStart(2, '0');
}
