/** Names that carry a meaning of their own in a DNS zone; no container may have them (RFC 6761, RFC 8615, common practice). */
const RESERVED = new Set([
  'www',
  'ns',
  'ns0',
  'ns1',
  'ns2',
  'ns3',
  'ns4',
  'localhost',
  'localdomain',
  'broadcasthost',
  'mail',
  'smtp',
  'imap',
  'mta-sts',
  'autoconfig',
  'autodiscover',
  'wpad',
  'isatap',
  'postmaster',
  'hostmaster',
  'example',
  'invalid',
  'test',
]);

const PATTERN = /^[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$/;

/** A name in DNS, as text without its final dot (RFC 1035 §2.3.4: 255 octets on the wire). */
const MOST_OCTETS = 253;

/** How long a name may be so that it can be served under a zone, whatever else is wrong with it. */
export function roomUnder(zone: string): number {
  return MOST_OCTETS - 1 - zone.replace(/\.$/, '').length;
}

/** A container's name that cannot be used, and why. */
export interface NameFault {
  code: 'invalid' | 'name-reserved';
  message: string;
}

/** The form of a name under which it is unique: DNS compares without regard to ASCII case (RFC 4343). */
export function nameKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/**
 * What is wrong with a container's name, or undefined when LXD and DNS both take it.
 * Strict on purpose: it is used when we create; names found on a host are adopted as they are.
 * @param extraReserved further names, as keys, that the zone needs itself (its name server)
 * @param zone that the name is going to be in; without one its length there is not looked at
 */
export function containerNameFault(
  name: string,
  extraReserved: readonly string[] = [],
  zone?: string,
): NameFault | undefined {
  if (name.length < 2) return { code: 'invalid', message: 'A name needs at least 2 characters.' };
  if (name.length > 63) return { code: 'invalid', message: 'A name has at most 63 characters: it is one DNS label.' };
  if (zone !== undefined && name.length > roomUnder(zone))
    return {
      code: 'invalid',
      message: `Under the zone ${zone} a name has at most ${roomUnder(zone)} characters: a DNS name has at most ${MOST_OCTETS} in all.`,
    };
  if (!PATTERN.test(name))
    return {
      code: 'invalid',
      message:
        'A name starts with a letter, ends with a letter or digit, and has only letters, digits and hyphens (a-z, 0-9, -).',
    };
  if (/^..--/.test(name))
    return {
      code: 'invalid',
      message: 'Hyphens as third and fourth character are reserved for internationalised names (RFC 5891).',
    };
  if (RESERVED.has(nameKey(name)) || extraReserved.includes(nameKey(name)))
    return { code: 'name-reserved', message: `"${name}" is reserved in the zone; choose another name.` };
  return undefined;
}
