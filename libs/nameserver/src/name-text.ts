import { NameError } from './name-error';

const BACKSLASH = 0x5c;
const DOT = 0x2e;
/** Characters that zone-file text gives a meaning of their own: . " ; ( ) @ $; not the backslash, whose pair NSD misreads before a dot. */
const SPECIAL = new Set([...'.";()@$'].map((character) => character.charCodeAt(0)));
/** What stands for itself in every reader of zone files: Knot takes no other character bare, BIND no `[` behind a backslash. */
const PLAIN = new Set(
  [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_*/'].map((character) => character.charCodeAt(0)),
);

/** Splits presentation form into raw labels: `\X` is X itself, `\DDD` an octet in decimal (RFC 1035 §5.1). */
export function parseLabels(text: string): { labels: Buffer[]; absolute: boolean } {
  if (text === '') throw new NameError('empty-name', 'the name is empty');
  const labels: Buffer[] = [];
  let label: number[] = [];
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    if (code === DOT) {
      labels.push(Buffer.from(label));
      label = [];
      at += 1;
    } else if (code === BACKSLASH) {
      const escape = readEscape(text, at + 1);
      label.push(escape.octet);
      at = escape.next;
    } else {
      if (code < 0x21 || code > 0x7e) {
        throw new NameError(
          'bad-character',
          `character U+${code.toString(16).padStart(4, '0')} must be written as \\DDD`,
        );
      }
      label.push(code);
      at += 1;
    }
  }
  // A text that ends in an unescaped dot has just closed its last label.
  const absolute = label.length === 0 && labels.length > 0;
  if (!absolute) labels.push(Buffer.from(label));
  return { labels, absolute };
}

function readEscape(text: string, at: number): { octet: number; next: number } {
  const digits = text.slice(at, at + 3);
  if (/^\d{3}$/.test(digits)) {
    const octet = Number(digits);
    if (octet > 255) throw new NameError('bad-escape', `\\${digits} is no octet`);
    return { octet, next: at + 3 };
  }
  const code = text.charCodeAt(at);
  // NaN (the text ends in a backslash) fails both comparisons.
  if (!(code >= 0x20 && code <= 0x7e) || /^\d/.test(digits))
    throw new NameError('bad-escape', 'a backslash needs a printable character or three digits');
  return { octet: code, next: at + 1 };
}

/** Writes raw labels in presentation form, so that parsing gives the same octets back (RFC 4343 §2.1). */
export function formatLabels(labels: readonly Uint8Array[]): string {
  if (labels.length === 0) return '.';
  return labels.map((label) => `${Array.from(label, formatOctet).join('')}.`).join('');
}

function formatOctet(octet: number): string {
  if (PLAIN.has(octet)) return String.fromCharCode(octet);
  return SPECIAL.has(octet) ? `\\${String.fromCharCode(octet)}` : `\\${octet.toString().padStart(3, '0')}`;
}
