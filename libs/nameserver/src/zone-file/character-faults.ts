import { ZoneFileProblemCode } from './zone-file-problem';

const SUBSTITUTE = 0xfffd;
const hints = new Map<number, string>([
  ...[0x201c, 0x201d, 0x201e, 0x00ab, 0x00bb].map((code) => [code, 'use the straight quotation mark "'] as const),
  ...[0x00a0, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff].map((code) => [code, 'it cannot be seen: delete it'] as const),
  [SUBSTITUTE, 'it stands for octets that are no UTF-8: write octets as \\DDD'],
]);

/** Why a character cannot stand outside a comment, or undefined when it can: all but a tab and printable ASCII. */
export function characterFault(text: string, at: number): { code: ZoneFileProblemCode; message: string } | undefined {
  const code = text.charCodeAt(at);
  if ((code >= 0x20 && code <= 0x7e) || code === 0x09) return undefined;
  if (isControl(code)) return controlFault(code);
  const character = String.fromCodePoint(text.codePointAt(at) ?? code);
  const escapes = [...Buffer.from(character)].map((octet) => `\\${octet}`).join('');
  const hint = hints.get(code) ?? `in a name write its xn-- form, in a string ${escapes}`;
  return { code: 'non-ascii', message: `${unicode(character.codePointAt(0) ?? code)} is not ASCII: ${hint}` };
}

/** Why a character cannot stand in a comment: controls hide what is written, the rest is for readers. */
export function commentFault(text: string, at: number): { code: ZoneFileProblemCode; message: string } | undefined {
  const code = text.charCodeAt(at);
  return code !== 0x09 && isControl(code) ? controlFault(code) : undefined;
}

/** C0, DEL and C1, and what turns the direction of text around. */
function isControl(code: number): boolean {
  if (code < 0x20 || (code >= 0x7f && code <= 0x9f)) return true;
  return (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069);
}

function controlFault(code: number): { code: ZoneFileProblemCode; message: string } {
  const hint = code <= 0xff ? `delete it, or write \\${String(code).padStart(3, '0')} in a string` : 'delete it';
  return { code: 'control-character', message: `${unicode(code)} is a control character: ${hint}` };
}

function unicode(code: number): string {
  return `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
