import { contains, parseSubnet } from '../network/subnet';
import { addressOctets, ReverseZone } from './reverse-name';
import { absoluteName } from './zone-name';

/**
 * Reads what a reverse zone is to be of.
 * @param name where the parent leads by RFC 2317; needed exactly when the subnet ends within a label
 * @returns the zone, or the field at fault and what is wrong with it
 */
export function reverseZoneOf(text: string, name?: string): ReverseZone | { field: 'cidr' | 'name'; fault: string } {
  const subnet = parseSubnet(text);
  if ('fault' in subnet) return { field: 'cidr', fault: subnet.fault };
  const { cidr, family } = subnet;
  const [address = '', length = ''] = cidr.split('/');
  const bits = Number(length);
  if (bits === 0) return { field: 'cidr', fault: 'The whole address space is nobody’s to name.' };
  const step = family === 4 ? 8 : 4;
  const own = bits % step === 0 ? ownName(address, bits / step, family) : undefined;
  if (name === undefined)
    return own === undefined
      ? {
          field: 'name',
          fault: `A /${bits} ends within a label: give the name to which the parent zone leads (RFC 2317).`,
        }
      : { name: own, cidr };
  const given = absoluteReverseName(name, family);
  if (given === undefined)
    return { field: 'name', fault: `This is no name below ${family === 4 ? 'in-addr.arpa.' : 'ip6.arpa.'}` };
  if (own !== undefined && own !== given) return { field: 'name', fault: `The zone of ${cidr} is ${own}` };
  return { name: given, cidr };
}

/** True when one of two networks lies in the other. */
export function overlaps(a: string, b: string): boolean {
  return contains(a, b.split('/')[0] ?? '') || contains(b, a.split('/')[0] ?? '');
}

function ownName(address: string, labels: number, family: 4 | 6): string {
  const octets = addressOctets(address) ?? new Uint8Array();
  const units = family === 4 ? Array.from(octets, String) : [...Buffer.from(octets).toString('hex')];
  return [...units.slice(0, labels).reverse(), family === 4 ? 'in-addr' : 'ip6', 'arpa', ''].join('.');
}

/** A label may be such as `0/26`, `0-63` or a word (RFC 2317 §4). */
function absoluteReverseName(text: string, family: 4 | 6): string | undefined {
  const lower = text.toLowerCase().replace(/\.?$/, '.');
  if (!lower.endsWith(family === 4 ? '.in-addr.arpa.' : '.ip6.arpa.')) return undefined;
  return absoluteName(lower.replaceAll('/', '-')) === undefined ? undefined : lower;
}
