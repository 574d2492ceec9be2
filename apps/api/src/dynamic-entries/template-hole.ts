/** Where the value of a dynamic entry goes in its template. */
export const HOLE = '%s';

/** The place of the hole among the characters of a template's line (RFC 1035 §5.1). */
export interface Hole {
  before: string;
  after: string;
  /** Whether it stands inside quotation marks. */
  quoted: boolean;
  /** Octets of the string that the hole is in which stand before and behind it. */
  octetsBefore: number;
  octetsAfter: number;
}

/** Finds the hole of a template, or says in words what keeps it from being one. */
export function holeOf(template: string): Hole | string {
  const at = template.indexOf(HOLE);
  if (at < 0) return 'A template has one %s, where the value goes.';
  if (template.indexOf(HOLE, at + 1) >= 0) return 'A template has one %s and no second one.';
  let quoted = false;
  let octetsBefore = 0;
  for (let index = 0; index < at;) {
    const character = template[index];
    const length = character === '\\' ? escapeLength(template, index) : 1;
    if (index + length > at) return 'The %s of a template cannot stand behind a backslash.';
    if (character === ';' && !quoted) return 'The %s of this template stands in a comment.';
    if (character === '"') quoted = !quoted;
    octetsBefore = character === '"' || (!quoted && /\s/.test(character ?? '')) ? 0 : octetsBefore + 1;
    index += length;
  }
  const after = template.slice(at + HOLE.length);
  return { before: template.slice(0, at), after, quoted, octetsBefore, octetsAfter: octetsUpToEnd(after, quoted) };
}

function octetsUpToEnd(text: string, quoted: boolean): number {
  let octets = 0;
  for (let index = 0; index < text.length; octets += 1) {
    const character = text[index] ?? '';
    if (quoted ? character === '"' : /[\s;"()]/.test(character)) break;
    index += character === '\\' ? escapeLength(text, index) : 1;
  }
  return octets;
}

/** An octet as three digits, or one character taken as it is. */
function escapeLength(text: string, at: number): number {
  return /^\d/.test(text.slice(at + 1)) ? 4 : 2;
}
