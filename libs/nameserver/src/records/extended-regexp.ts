const REPEAT = '*+?{';
const CLASSES = new Set('alnum alpha blank cntrl digit graph lower print punct space upper xdigit'.split(' '));

/**
 * Reads a POSIX extended regular expression as far as to know that name servers take it: groups and brackets closed, nothing empty,
 * nothing repeated twice. One pass, nothing is matched.
 */
export class ExtendedRegexp {
  /** How many groups it has; what replacements may refer to. */
  groups = 0;
  /** Why it is none. */
  readonly fault: string | undefined;
  private at = 0;

  constructor(private readonly text: string) {
    this.fault = this.read();
  }

  private read(): string | undefined {
    let open = 0;
    // What the next character may be: something is needed after ( and | and at the start; ^ and $ cannot be repeated.
    let last: 'nothing' | 'anchor' | 'atom' | 'repeated' = 'nothing';
    while (this.at < this.text.length) {
      const character = this.text[this.at] ?? '';
      if (character === '(') {
        open += 1;
        this.groups += 1;
        last = 'nothing';
        this.at += 1;
      } else if (character === ')' || character === '|') {
        if (last === 'nothing') return `nothing stands before its ${character}`;
        if (character === ')' && open-- === 0) return 'its ) has no (';
        last = character === ')' ? 'atom' : 'nothing';
        this.at += 1;
      } else if (REPEAT.includes(character)) {
        if (last !== 'atom') return `nothing that can be repeated stands before its ${character}`;
        if (!this.readRepeat(character)) return 'its { is no {3}, {3,} or {3,5}';
        last = 'repeated';
      } else if (character === '^' || character === '$') {
        last = 'anchor';
        this.at += 1;
      } else {
        const fault = this.readAtom(character);
        if (fault !== undefined) return fault;
        last = 'atom';
      }
    }
    if (open > 0) return 'its ( has no )';
    return last === 'nothing' ? 'something of it is empty' : undefined;
  }

  private readRepeat(character: string): boolean {
    this.at += 1;
    if (character !== '{') return true;
    const end = this.text.indexOf('}', this.at);
    // No sound bound is longer; looking no further keeps this linear.
    if (end < 0 || end - this.at > 7) return false;
    const bound = /^([0-9]{1,3})(,([0-9]{0,3}))?$/.exec(this.text.slice(this.at, end));
    this.at = end + 1;
    const least = Number(bound?.[1]);
    return bound !== null && least <= 255 && (!bound[3] || (Number(bound[3]) <= 255 && Number(bound[3]) >= least));
  }

  private readAtom(character: string): string | undefined {
    this.at += 1;
    if (character === '\0') return 'it has an octet of zero';
    if (character === '[') return this.readBracket();
    if (character !== '\\') return undefined;
    const escaped = this.text[this.at] ?? '';
    this.at += 1;
    if (escaped === '' || escaped === '\0') return 'it ends in a backslash';
    return escaped >= '0' && escaped <= '9' && !this.hasGroup(escaped) ? `it has no group \\${escaped}` : undefined;
  }

  /** True for a digit that a reference to a group may have. */
  hasGroup(digit: string): boolean {
    return digit >= '1' && Number(digit) <= this.groups;
  }

  /** From behind [ to behind its ]: a ] that comes first, and all inside [: :], are part of it. */
  private readBracket(): string | undefined {
    if (this.text[this.at] === '^') this.at += 1;
    const start = this.at;
    for (; this.at < this.text.length; this.at++) {
      const character = this.text[this.at] ?? '';
      if (character === '\0') return 'it has an octet of zero';
      if (character === ']' && this.at > start) {
        this.at += 1;
        return undefined;
      }
      if (character === '-' && this.isRangeBackwards(start)) return 'a range in its [ ] runs backwards';
      if (character === '[' && '.=:'.includes(this.text[this.at + 1] ?? ' ') && !this.skipClass()) {
        return 'its [ ] holds a class that is none: [:digit:], [:alpha:] …';
      }
    }
    return 'its [ has no ]';
  }

  /** From the [ of a class to its last ]. */
  private skipClass(): boolean {
    const end = this.text.indexOf(':]', this.at + 2);
    if (end < 0 || !CLASSES.has(this.text.slice(this.at + 2, end)) || this.text[this.at + 1] !== ':') return false;
    this.at = end + 1;
    return true;
  }

  private isRangeBackwards(start: number): boolean {
    const [low, high] = [this.text[this.at - 1] ?? '', this.text[this.at + 1] ?? ''];
    return this.at > start && high !== ']' && low > high;
  }
}
