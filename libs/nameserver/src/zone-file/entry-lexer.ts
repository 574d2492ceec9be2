import { characterFault, commentFault } from './character-faults';
import { ProblemLog } from './problem-log';
import { Entry, isDigit, Token } from './token';
import { TextPlace, ZoneFileProblemCode } from './zone-file-problem';

/** A line of this many characters or more is no line of a zone file. */
export const MAX_LINE = 32_768;
/** More fields than any record that can be served has. */
export const MAX_FIELDS = 4_096;

/**
 * Cuts a text into entries (RFC 1035 §5.1). Every character is passed once, and an entry that cannot be read is told once and ends where
 * it would have ended, so that those after it are read.
 */
export class EntryLexer {
  private at = 0;
  private line = 1;
  private lineStart = 0;
  private lineEnd = 0;
  /** Where the line ends without the carriage return of CRLF. */
  private contentEnd = 0;
  /** Where the open parenthesis stands. */
  private open: TextPlace | undefined;
  private entry: Entry = { startsBlank: false, tokens: [], broken: false };

  constructor(
    private readonly text: string,
    private readonly problems: ProblemLog,
  ) {}

  /** The entries that are not empty. */
  *entries(): Generator<Entry> {
    this.findLineEnd();
    while (this.at < this.text.length && !this.problems.full) {
      this.entry = { startsBlank: isBlank(this.text.charCodeAt(this.at)), tokens: [], broken: false };
      this.readEntry();
      if (this.entry.tokens.length > 0 || this.entry.broken) yield this.entry;
    }
  }

  private readEntry(): void {
    if (this.isLineTooLong()) return this.skipLine();
    for (;;) {
      if (this.at >= this.contentEnd) {
        if (this.lineEnd >= this.text.length) break;
        this.nextLine();
        if (!this.open) return;
        if (this.isLineTooLong()) return this.skipLine();
        continue;
      }
      const code = this.text.charCodeAt(this.at);
      if (isBlank(code)) this.at += 1;
      else if (code === 0x3b) this.readComment();
      else if (code === 0x28) this.openParenthesis();
      else if (code === 0x29) this.closeParenthesis();
      else if (code === 0x22) this.readQuoted();
      else this.readBare();
    }
    this.at = this.text.length;
    if (this.open) {
      this.faultAt('unclosed-parenthesis', this.open, 'the parenthesis is not closed: end the record with )');
      this.open = undefined;
    }
  }

  private openParenthesis(): void {
    if (this.open) {
      this.fault(
        'nested-parenthesis',
        this.at,
        `the parenthesis of line ${this.open.line} is still open: close it with ) first`,
      );
    } else this.open = this.placeOf(this.at);
    this.at += 1;
  }

  private closeParenthesis(): void {
    if (!this.open) this.fault('stray-parenthesis', this.at, 'no parenthesis is open here: delete the ), or write \\)');
    this.open = undefined;
    this.at += 1;
  }

  private readComment(): void {
    const last = this.entry.tokens.at(-1);
    if (last && last.line === this.line && last.end === this.at - this.lineStart + 1) last.touchesComment = true;
    for (; this.at < this.contentEnd; this.at++) {
      const fault = commentFault(this.text, this.at);
      if (fault) this.fault(fault.code, this.at, fault.message);
    }
  }

  private readBare(): void {
    const start = this.at;
    while (this.at < this.contentEnd) {
      const code = this.text.charCodeAt(this.at);
      if (isBlank(code) || code === 0x3b || code === 0x28 || code === 0x29) break;
      if (code === 0x22) {
        if (this.text[this.at - 1] === '=') return this.readQuotedValue(start);
        this.fault('stray-quote', this.at, 'a quotation mark inside a field: put a space before it, or write \\"');
        break;
      }
      this.readCharacter(code);
    }
    this.push(start, this.text.slice(start, this.at), 'none');
  }

  private readQuoted(): void {
    const start = this.at;
    const content = this.readUpToQuote();
    this.push(start, content, 'whole');
  }

  private readQuotedValue(start: number): void {
    const key = this.text.slice(start, this.at);
    this.push(start, key + this.readUpToQuote(), 'value');
  }

  /** From one quotation mark to behind the other, which stands on the same line. */
  private readUpToQuote(): string {
    const quote = this.at;
    this.at += 1;
    while (this.at < this.contentEnd) {
      const code = this.text.charCodeAt(this.at);
      if (code === 0x22) {
        this.at += 1;
        if (!this.isAtFieldEnd())
          this.fault('stray-quote', this.at, 'a string has ended here: put a space behind its quotation mark');
        return this.text.slice(quote + 1, this.at - 1);
      }
      this.readCharacter(code);
    }
    this.fault('unclosed-quote', quote, 'the string is not closed: end it with " on the same line');
    return '';
  }

  private isAtFieldEnd(): boolean {
    if (this.at >= this.contentEnd) return true;
    const code = this.text.charCodeAt(this.at);
    return isBlank(code) || code === 0x3b || code === 0x28 || code === 0x29 || code === 0x22;
  }

  /** One character or escape of a field. */
  private readCharacter(code: number): void {
    if (code === 0x5c) return this.readEscape();
    const fault = characterFault(this.text, this.at);
    if (fault) this.fault(fault.code, this.at, fault.message);
    this.at += 1;
  }

  private readEscape(): void {
    const code = this.at + 1 < this.contentEnd ? this.text.charCodeAt(this.at + 1) : Number.NaN;
    if (isDigit(code)) {
      const digits = this.text.slice(this.at + 1, Math.min(this.at + 4, this.contentEnd));
      const isOctet = digits.length === 3 && [...digits].every((digit) => isDigit(digit.charCodeAt(0)));
      if (isOctet && Number(digits) <= 255) {
        this.at += 4;
        return;
      }
      this.fault('bad-escape', this.at, 'a backslash and a digit begin an octet of three digits: \\000 to \\255');
    } else if (code >= 0x20 && code <= 0x7e) {
      this.at += 2;
      return;
    } else {
      this.fault(
        'bad-escape',
        this.at,
        'a backslash needs a printable character or three digits behind it; \\\\ is a backslash',
      );
    }
    this.at += 1;
  }

  private push(start: number, text: string, quotes: Token['quotes']): void {
    const { tokens } = this.entry;
    if (tokens.length >= MAX_FIELDS) {
      return this.fault('too-many-fields', start, `a record has at most ${MAX_FIELDS} fields: is a ) missing before?`);
    }
    const { line, lineStart } = this;
    tokens.push({
      line,
      column: start - lineStart + 1,
      text,
      quotes,
      end: this.at - lineStart + 1,
      touchesComment: false,
    });
  }

  private nextLine(): void {
    this.at = this.lineStart = this.lineEnd + 1;
    this.line += 1;
    this.findLineEnd();
  }

  private findLineEnd(): void {
    const end = this.text.indexOf('\n', this.at);
    this.lineEnd = end < 0 ? this.text.length : end;
    const hasReturn = this.lineEnd > this.at && this.text.charCodeAt(this.lineEnd - 1) === 0x0d;
    this.contentEnd = hasReturn ? this.lineEnd - 1 : this.lineEnd;
  }

  private isLineTooLong(): boolean {
    return this.lineEnd - this.lineStart >= MAX_LINE;
  }

  /** A line that is too long ends its entry, whatever was open. */
  private skipLine(): void {
    this.fault(
      'line-too-long',
      this.lineStart + MAX_LINE - 1,
      `the line is too long: break it in parentheses before ${MAX_LINE} characters`,
    );
    this.open = undefined;
    this.nextLine();
  }

  private placeOf(index: number): TextPlace {
    return { line: this.line, column: index - this.lineStart + 1 };
  }

  private fault(code: ZoneFileProblemCode, index: number, message: string): void {
    this.faultAt(code, this.placeOf(index), message);
  }

  /** The first fault of an entry is told; what follows it is often its consequence. */
  private faultAt(code: ZoneFileProblemCode, place: TextPlace, message: string): void {
    if (!this.entry.broken) this.problems.add(code, place, message);
    this.entry.broken = true;
  }
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
