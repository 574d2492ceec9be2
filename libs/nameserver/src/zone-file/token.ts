import { TextPlace } from './zone-file-problem';

/** One field of an entry. Its escapes are sound: `\DDD` up to 255, or `\X` with printable ASCII. */
export interface Token extends TextPlace {
  /** As written, escapes and all, without quotation marks. */
  readonly text: string;
  /** `whole`: "…"; `value`: key="…", whose text is key=…  (RFC 9460 §2.1). */
  readonly quotes: 'none' | 'whole' | 'value';
  /** Where the next character stands. */
  readonly end: number;
  /** A comment follows without a space between, as in an unquoted `v=DKIM1;`. */
  touchesComment: boolean;
}

/** A directive or record: the tokens of one line, or of several in parentheses. */
export interface Entry {
  /** The line begins with a blank: the owner is the one before (RFC 1035 §5.1). */
  readonly startsBlank: boolean;
  readonly tokens: Token[];
  /** Something in it could not be read and has been told. */
  broken: boolean;
}

/** The place behind a token: where something that is missing belongs. */
export function placeBehind({ line, end }: Token): TextPlace {
  return { line, column: end };
}

/** Octets of a token's text from an index on, with the index that each came from. */
export function tokenOctets({ text }: Token, from = 0): { octets: Buffer; origins: number[] } {
  const octets: number[] = [];
  const origins: number[] = [];
  for (let at = from; at < text.length;) {
    origins.push(at);
    if (text[at] !== '\\') {
      octets.push(text.charCodeAt(at));
      at += 1;
    } else if (isDigit(text.charCodeAt(at + 1))) {
      octets.push(Number(text.slice(at + 1, at + 4)));
      at += 4;
    } else {
      octets.push(text.charCodeAt(at + 1));
      at += 2;
    }
  }
  return { octets: Buffer.from(octets), origins };
}

/** True for 0-9. */
export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
