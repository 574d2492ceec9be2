import { Name } from '../name';
import { MAX_TTL } from '../rdata';
import { readDirective } from './directive-reader';
import { resolveName, UnresolvedName } from './name-scope';
import { ProblemLog } from './problem-log';
import { RecordBody, readRecordBody } from './record-reader';
import { isTypeWord, readType } from './record-type';
import { Entry, isDigit, placeBehind, Token } from './token';
import { readTtl } from './ttl-reader';
import { EntryFault, TextPlace } from './zone-file-problem';

/** One record of the text, made absolute. */
export interface ZoneFileRecord {
  readonly owner: Name;
  readonly ttl: number;
  readonly body: RecordBody;
  readonly place: TextPlace;
}

/** Makes records of entries, and keeps what one entry means for the next. */
export class EntryReader {
  /** Undefined after an $ORIGIN that could not be read. */
  private origin: Name | undefined;
  private directiveTtl: number | undefined;
  private lastTtl: number | undefined;
  private soaMinimum: number | undefined;
  /** The owner of the entry before: undefined when there was none, 'unsound' when it could not be read. */
  private owner: Name | 'unsound' | undefined;

  constructor(
    private readonly zone: Name,
    private readonly fallbackTtl: number,
    private readonly problems: ProblemLog,
  ) {
    this.origin = zone;
  }

  /** The record of an entry; undefined for a directive, and where a problem has been told. */
  read(entry: Entry): ZoneFileRecord | undefined {
    try {
      return this.readEntry(entry);
    } catch (error) {
      if (error instanceof EntryFault) {
        if (!entry.broken) this.problems.add(error.code, error.place, error.message);
      } else if (!(error instanceof UnresolvedName)) throw error;
      return undefined;
    }
  }

  private readEntry(entry: Entry): ZoneFileRecord | undefined {
    const [first] = entry.tokens;
    if (!first) return undefined;
    if (!entry.startsBlank && first.quotes === 'none' && first.text.startsWith('$')) return this.direct(first, entry);
    if (!entry.startsBlank) this.readOwner(first);
    if (entry.broken) return undefined;
    if (this.owner === 'unsound') return undefined;
    if (!this.owner)
      throw new EntryFault('no-owner', first, 'the first record begins with its name in the first column');
    return this.readRecord(this.owner, first, entry.tokens.slice(entry.startsBlank ? 0 : 1), entry.startsBlank);
  }

  private readOwner(token: Token): void {
    this.owner = 'unsound';
    const owner = resolveName(token, { zone: this.zone, origin: this.origin });
    if (!owner.isWithin(this.zone)) {
      throw new EntryFault(
        'outside-zone',
        token,
        `${owner.toString()} is not within ${this.zone.toString()}: write a name that ends in it`,
      );
    }
    this.owner = owner;
  }

  private readRecord(owner: Name, first: Token, tokens: readonly Token[], startsBlank: boolean): ZoneFileRecord {
    const { ttl, typeAt } = this.readTtlAndClass(first, tokens, startsBlank);
    const typeToken = tokens[typeAt] as Token;
    const type = this.hinting(startsBlank ? undefined : first, () => readType(typeToken));
    const scope = { zone: this.zone, origin: this.origin };
    const body = readRecordBody(type, typeToken, tokens.slice(typeAt + 1), scope);
    if (body.type === 'SOA') this.soaMinimum ??= Math.min(body.data.minimum, MAX_TTL);
    this.lastTtl = ttl ?? this.lastTtl;
    return { owner, ttl: ttl ?? this.defaultTtl(), body, place: { line: first.line, column: first.column } };
  }

  /** $TTL (RFC 2308 §4), else the TTL last stated (RFC 1035 §5.1), else as BIND does the SOA's MINIMUM. */
  private defaultTtl(): number {
    return this.directiveTtl ?? this.lastTtl ?? this.soaMinimum ?? this.fallbackTtl;
  }

  /** TTL and class, each at most once, in either order (RFC 1035 §5.1). */
  private readTtlAndClass(
    first: Token,
    tokens: readonly Token[],
    startsBlank: boolean,
  ): { ttl: number | undefined; typeAt: number } {
    let ttl: number | undefined;
    let classes = 0;
    for (const [index, token] of tokens.entries()) {
      if (looksLikeTtl(token)) {
        if (ttl !== undefined) throw new EntryFault('bad-ttl', token, 'the TTL is given twice: delete one');
        ttl = this.hinting(startsBlank ? undefined : first, () => readTtl(token));
      } else if (isClass(token)) {
        const name = token.text.toUpperCase();
        if (name !== 'IN' && name !== 'CLASS1')
          throw new EntryFault('bad-class', token, `the class ${name} is not served: write IN, or nothing`);
        if (classes++ > 0) throw new EntryFault('bad-class', token, 'the class is given twice: delete one');
      } else return { ttl, typeAt: index };
    }
    throw new EntryFault(
      'missing-type',
      placeBehind(tokens.at(-1) ?? first),
      'here is missing: a type and its data, as in A 192.0.2.1',
    );
  }

  /** A line without an owner that begins in the first column has its type taken for the owner. */
  private hinting<T>(owner: Token | undefined, run: () => T): T {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof EntryFault) || !owner || !isTypeWord(owner.text)) throw error;
      const hint = `${owner.text} in the first column is taken for the name: put a name or a blank before it`;
      throw new EntryFault(error.code, error.place, `${error.message} (${hint})`);
    }
  }

  private direct(first: Token, entry: Entry): undefined {
    const isOrigin = first.text.toUpperCase() === '$ORIGIN';
    const { origin } = this;
    // What is relative to an origin that could not be read is left out, not misplaced.
    if (isOrigin) this.origin = undefined;
    if (entry.broken) return undefined;
    const found = readDirective(first, entry.tokens.slice(1), { zone: this.zone, origin });
    if (found.origin) this.origin = found.origin;
    else this.directiveTtl = found.ttl;
    return undefined;
  }
}

function looksLikeTtl({ text, quotes }: Token): boolean {
  const code = text.charCodeAt(0);
  return quotes === 'none' && (isDigit(code) || ((code === 0x2d || code === 0x2b) && isDigit(text.charCodeAt(1))));
}

function isClass({ text, quotes }: Token): boolean {
  return quotes === 'none' && /^(IN|CH|HS|CS|ANY|NONE|CLASS[0-9]{1,5})$/i.test(text);
}
