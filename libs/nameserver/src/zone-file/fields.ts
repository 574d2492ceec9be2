import { isIPv4, isIPv6 } from 'node:net';
import { quote } from '../records/field-encoders';
import { NameScope, resolveTarget } from './name-scope';
import { placeBehind, Token, tokenOctets } from './token';
import { ttlSeconds } from './ttl-text';
import { EntryFault } from './zone-file-problem';

/** The fields of one record's RDATA, read from the left; a fault says which field and what belongs there. */
export class Fields {
  private next = 0;

  constructor(
    private readonly tokens: readonly Token[],
    /** What stands before the fields: where a missing one belongs. */
    private readonly before: Token,
    private readonly scope: NameScope,
  ) {}

  get done(): boolean {
    return this.next >= this.tokens.length;
  }

  take(what: string): Token {
    const token = this.tokens[this.next];
    if (!token)
      throw new EntryFault('missing-field', placeBehind(this.tokens.at(-1) ?? this.before), `here is missing: ${what}`);
    this.next += 1;
    return token;
  }

  /** Nothing may follow. */
  end(): void {
    const token = this.tokens[this.next];
    if (token)
      throw new EntryFault(
        'extra-field',
        token,
        `the record is complete before ${quote(token.text)}: delete what follows`,
      );
  }

  /** A name, made absolute. */
  name(what: string): string {
    return this.nameOf(this.take(what));
  }

  nameOf(token: Token): string {
    return resolveTarget(token, this.scope).toString();
  }

  /** A decimal number. */
  integer(what: string, max: number): number {
    const token = this.bare(what);
    const number = /^[0-9]{1,10}$/.test(token.text) ? Number(token.text) : Number.NaN;
    return number <= max ? number : this.refuse(token, what, `a number from 0 to ${max}`);
  }

  uint8(what: string): number {
    return this.integer(what, 0xff);
  }

  uint16(what: string): number {
    return this.integer(what, 0xffff);
  }

  /** One of a few numbers. */
  oneOf(what: string, numbers: readonly string[]): number {
    const token = this.bare(what);
    return numbers.includes(token.text) ? Number(token.text) : this.refuse(token, what, `one of ${numbers.join(', ')}`);
  }

  /** Seconds, with or without units. */
  seconds(what: string): number {
    const token = this.bare(what);
    const seconds = ttlSeconds(token.text) ?? Number.NaN;
    return seconds <= 0xffffffff ? seconds : this.refuse(token, what, 'seconds, or a number with s, m, h, d or w');
  }

  ipv4(): string {
    const token = this.bare('the IPv4 address');
    return isIPv4(token.text) ? token.text : this.refuse(token, 'the IPv4 address', 'four numbers as in 192.0.2.1');
  }

  ipv6(): string {
    const token = this.bare('the IPv6 address');
    const isAddress = isIPv6(token.text) && !token.text.includes('%');
    return isAddress ? token.text : this.refuse(token, 'the IPv6 address', 'groups as in 2001:db8::1');
  }

  /** A character-string of at most 255 octets; as text where it is ASCII. */
  string(what: string): string | Uint8Array {
    return this.text(this.take(what), 255);
  }

  /** The octets of a quoted or bare field. */
  text(token: Token, max: number): string | Uint8Array {
    if (token.quotes === 'value') throw new EntryFault('stray-quote', token, 'put the whole string in quotation marks');
    const { octets, origins } = tokenOctets(token);
    if (octets.length > max) {
      const column = token.column + (origins[max] ?? 0) + (token.quotes === 'whole' ? 1 : 0);
      const remedy = max === 255 ? 'end the string here and begin another: " "' : 'shorten it';
      const message = `the string has ${octets.length} octets, at most ${max} fit: ${remedy}`;
      throw new EntryFault('string-too-long', { line: token.line, column }, message);
    }
    if (token.touchesComment && token.quotes === 'none') {
      const message = 'the ; begins a comment: put the whole string in quotation marks (or a space before a comment)';
      throw new EntryFault('comment-in-text', placeBehind(token), message);
    }
    return octets.every((octet) => octet < 0x80) ? octets.toString('latin1') : octets;
  }

  /** Hexadecimal digits to the end of the record, in one or several fields. */
  hex(what: string, octets?: number): string {
    const parts = [this.take(what)];
    while (!this.done) parts.push(this.take(what));
    for (const part of parts) this.checkHex(part, what);
    const digits = parts
      .map(({ text }) => text)
      .join('')
      .toLowerCase();
    const found = digits.length / 2;
    if (octets === undefined ? digits.length % 2 !== 0 : found !== octets) {
      const message =
        octets === undefined
          ? `${what} has an odd number of digits`
          : `${what} has ${2 * octets} digits here, not ${digits.length}`;
      throw new EntryFault('bad-field', parts[0] ?? this.before, message);
    }
    return digits;
  }

  /** Throws a fault about a field that is not what belongs there. */
  refuse(token: Token, what: string, expected: string): never {
    throw new EntryFault('bad-field', token, `${quote(token.text)} is not ${what}: write ${expected}`);
  }

  /** A field without quotation marks. */
  bare(what: string): Token {
    const token = this.take(what);
    if (token.quotes !== 'none') throw new EntryFault('bad-field', token, `${what} stands without quotation marks`);
    return token;
  }

  private checkHex(token: Token, what: string): void {
    if (token.quotes !== 'none') throw new EntryFault('bad-field', token, `${what} stands without quotation marks`);
    const at = token.text.search(/[^0-9A-Fa-f]/);
    if (at < 0) return;
    const place = { line: token.line, column: token.column + at };
    throw new EntryFault('bad-field', place, `${what} is written in hexadecimal: 0-9 and a-f`);
  }
}
