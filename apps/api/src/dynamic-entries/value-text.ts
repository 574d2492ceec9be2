import type { Hole } from './template-hole';

/** Octets that one character-string holds (RFC 1035 §3.3). */
const STRING_OCTETS = 255;

/** What a bare field may hold as it is: letters, digits and what addresses, names and numbers are written with. */
const BARE = /[A-Za-z0-9._:/+=,*~-]/;

/**
 * A value as the text that stands for exactly it in a zone file: whatever could mean something there becomes `\DDD` (RFC 1035 §5.1).
 * @param split whether it may become several character-strings, as in a TXT record
 */
export function valueText(value: string, { quoted, octetsBefore, octetsAfter }: Hole, split: boolean): string {
  const pieces: string[] = [''];
  let octets = octetsBefore;
  for (const octet of Buffer.from(value, 'utf8')) {
    if (split && octets >= STRING_OCTETS) {
      pieces.push('');
      octets = 0;
    }
    pieces[pieces.length - 1] += escaped(octet, quoted);
    octets += 1;
  }
  // What stands behind the hole needs room, too.
  if (split && octets > 0 && octets + octetsAfter > STRING_OCTETS) pieces.push('');
  return pieces.join(quoted ? '" "' : ' ');
}

function escaped(octet: number, quoted: boolean): string {
  const character = String.fromCharCode(octet);
  const plain = quoted
    ? octet >= 0x20 && octet <= 0x7e && character !== '"' && character !== '\\'
    : BARE.test(character);
  return plain ? character : `\\${octet.toString().padStart(3, '0')}`;
}
