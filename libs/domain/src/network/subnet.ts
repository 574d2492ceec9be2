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
    /^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/.test(text) && ipaddr.IPv4.isValidCIDR(text) && !/(^|\.)0\d/.test(text);
  const ipv6 = text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValidCIDR(text);
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

/** The one text form of an address (RFC 5952 for IPv6), or undefined when it is none. */
export function canonicalAddress(text: string): string | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text).toString();
  if (text.includes(':') && !text.includes('%') && ipaddr.IPv6.isValid(text))
    return ipaddr.IPv6.parse(text).toRFC5952String();
  return undefined;
}

/** True when the address lies in the network; false also for text that is no address or network. */
export function contains(cidr: string, address: string): boolean {
  if (!ipaddr.isValidCIDR(cidr) || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  const range = ipaddr.parseCIDR(cidr);
  return parsed.kind() === range[0].kind() && parsed.match(range);
}

function canonical(address: ipaddr.IPv4 | ipaddr.IPv6): string {
  return address instanceof ipaddr.IPv6 ? address.toRFC5952String() : address.toString();
}
