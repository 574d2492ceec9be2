import { ExtendedRegexp } from './extended-regexp';

/**
 * Why octets are no NAPTR substitution expression (RFC 3402 §3.2: delimiter, regular expression, delimiter, replacement, delimiter,
 * flags), or undefined when they are one or empty. Name servers refuse to load what is none, so it must not get into a zone.
 */
export function naptrRegexpFault(octets: Uint8Array): string | undefined {
  const text = Buffer.from(octets).toString('latin1');
  const [delimiter] = text;
  if (delimiter === undefined) return undefined;
  if ('\\i\0'.includes(delimiter) || (delimiter >= '0' && delimiter <= '9')) {
    return 'the delimiter, its first character, cannot be a digit, a backslash or i';
  }
  const [expression, replacement, flags, ...more] = split(text, delimiter);
  if (expression === undefined || replacement === undefined || flags === undefined || more.length > 0) {
    return 'it needs its delimiter three times: !expression!replacement!';
  }
  const regexp = new ExtendedRegexp(expression);
  if (regexp.fault !== undefined) return regexp.fault;
  return replacementFault(replacement, regexp) ?? (flags === '' || flags === 'i' ? undefined : 'its only flag is i');
}

/** The parts between delimiters that no backslash escapes. */
function split(text: string, delimiter: string): string[] {
  const parts: string[] = [];
  let start = 1;
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === delimiter) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

function replacementFault(replacement: string, regexp: ExtendedRegexp): string | undefined {
  for (let at = replacement.indexOf('\\'); at >= 0; at = replacement.indexOf('\\', at + 2)) {
    const escaped = replacement[at + 1] ?? '';
    if (escaped >= '0' && escaped <= '9' && !regexp.hasGroup(escaped)) return `it has no group \\${escaped}`;
  }
  return replacement.includes('\0') ? 'it has an octet of zero' : undefined;
}
