import ipaddr from 'ipaddr.js';

/** A network as we store it: canonical text and its family. */
export interface Subnet {
  cidr: string;
  family: 4 | 6;
}

/**
 * Reads a network in CIDR notation.
 * @returns the canonical form, or a sentence that says what is wrong with the text
 */
export function parseSubnet(text: string): Subnet | { fault: string } {
  // ipaddr.js takes octal, hexadecimal and short IPv4 forms; a network that a person typed has four decimal parts.
  const ipv4 =
    /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text) && ipaddr.IPv4.isValidCIDR(text) && !/(^|[./])0\d/.test(text);
  const [head = '', bits = ''] = text.split('/');
  const ipv6 = isIpv6(head) && !head.includes('.') && /^(0|[1-9]\d{0,2})$/.test(bits) && ipaddr.IPv6.isValidCIDR(text);
  if (!ipv4 && !ipv6)
    return { fault: `"${text}" is not a network in CIDR notation, like 198.51.100.0/24 or 2001:db8:100::/64.` };
  const [address, length] = ipaddr.parseCIDR(text);
  const network = ipv4 ? ipaddr.IPv4.networkAddressFromCIDR(text) : ipaddr.IPv6.networkAddressFromCIDR(text);
  if (address.toNormalizedString() !== network.toNormalizedString())
    return {
      fault: `"${text}" has bits set behind its prefix length; the network is ${canonical(network)}/${length}.`,
    };
  return { cidr: `${canonical(network)}/${length}`, family: ipv4 ? 4 : 6 };
}

/** The one text form of an address (RFC 5952 for IPv6, always without a dotted part), or undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toString();
  const plain = isIpv6(text) ? undotted(text) : undefined;
  return plain === undefined ? undefined : ipaddr.IPv6.parse(plain).toRFC5952String();
}

/** True when the address lies in the network; false also for text that is no address or network. */
export function contains(cidr: string, address: string): boolean {
  const canonicalText = canonicalAddress(address);
  if (!ipaddr.isValidCIDR(cidr) || canonicalText === undefined) return false;
  const parsed = ipaddr.parse(canonicalText);
  const range = ipaddr.parseCIDR(cidr);
  return parsed.kind() === range[0].kind() && parsed.match(range);
}

function isIpv6(text: string): boolean {
  return text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text);
}

/** ipaddr.js takes octal and hexadecimal parts in the dotted end of an address, and reads `::1.2.3.4` as `::ffff:1.2.3.4`. */
function undotted(text: string): string | undefined {
  const end = text.lastIndexOf(':') + 1;
  const dotted = text.slice(end);
  if (!dotted.includes('.')) return text;
  if (!ipaddr.IPv4.isValidFourPartDecimal(dotted)) return undefined;
  const [a = 0, b = 0, c = 0, d = 0] = ipaddr.IPv4.parse(dotted).octets;
  return `${text.slice(0, end)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

function canonical(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}
