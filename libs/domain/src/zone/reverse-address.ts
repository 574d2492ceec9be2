import { addressOctets, addressText, ReverseZone } from './reverse-name';

/**
 * The address whose PTR record belongs at an owner name of a reverse zone, as text that addressText makes; undefined for names that
 * are no address's, such as the zone's top. The inverse of what ReverseZones tells.
 * @param owner absolute and in lower case
 */
export function addressBehind(owner: string, { name, cidr }: ReverseZone): string | undefined {
  const [text = '', length] = cidr.split('/');
  const network = addressOctets(text);
  const suffix = `.${name}`;
  if (!network || !owner.endsWith(suffix)) return undefined;
  const isIpv4 = network.length === 4;
  const total = isIpv4 ? 4 : 32;
  const closed = Math.floor((Number(length ?? 8 * network.length) * total) / (8 * network.length));
  const open = owner.slice(0, -suffix.length).split('.').reverse();
  if (open.length !== total - closed || !open.every((label) => isUnit(label, isIpv4))) return undefined;
  const units = isIpv4 ? Array.from(network, String) : [...Buffer.from(network).toString('hex')];
  const whole = [...units.slice(0, closed), ...open];
  const octets = isIpv4 ? Uint8Array.from(whole, Number) : Buffer.from(whole.join(''), 'hex');
  return addressText(octets);
}

/** One label of in-addr.arpa (a number without zeros in front) or of ip6.arpa (a hexadecimal digit). */
function isUnit(label: string, isIpv4: boolean): boolean {
  return isIpv4 ? /^(0|[1-9]\d{0,2})$/.test(label) && Number(label) <= 255 : /^[0-9a-f]$/.test(label);
}
