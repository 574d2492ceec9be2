const BACKSLASH = 0x5c;

/**
 * Why octets are no NAPTR substitution expression (RFC 3402 §3.2: delimiter, regular expression, delimiter, replacement, delimiter,
 * flags), or undefined when they are one or empty. Name servers refuse to load what is none, so it must not get into a zone.
 */
export function naptrRegexpFault(octets: Uint8Array): string | undefined {
  const [delimiter] = octets;
  if (delimiter === undefined) return undefined;
  if (delimiter === BACKSLASH || delimiter === 0x69 || (delimiter >= 0x30 && delimiter <= 0x39)) {
    return 'the delimiter, its first character, cannot be a digit, a backslash or i';
  }
  const ends: number[] = [0];
  for (let at = 1; at < octets.length; at++) {
    if (octets[at] === BACKSLASH) at += 1;
    else if (octets[at] === delimiter) ends.push(at);
  }
  const [, second = 0, third = 0] = ends;
  if (ends.length !== 3) return 'it needs its delimiter three times: !expression!replacement!';
  if (second === 1) return 'its expression is empty';
  const flags = Buffer.from(octets.subarray(third + 1)).toString('latin1');
  return flags === '' || flags === 'i' ? undefined : 'its only flag is i';
}
