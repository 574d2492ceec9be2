import { ZoneProblemCode } from '../zone-problem';

/** A place in a text: lines and columns count from 1, columns in UTF-16 units as editors do. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Why a text is no zone file that can be served: what is wrong with its characters, its entries, or its records together. */
export type ZoneFileProblemCode =
  | 'text-too-long'
  | 'line-too-long'
  | 'control-character'
  | 'non-ascii'
  | 'bad-escape'
  | 'unclosed-quote'
  | 'stray-quote'
  | 'unclosed-parenthesis'
  | 'nested-parenthesis'
  | 'stray-parenthesis'
  | 'too-many-fields'
  | 'unknown-directive'
  | 'include-refused'
  | 'bad-directive'
  | 'no-owner'
  | 'missing-dot'
  | 'bad-class'
  | 'missing-type'
  | 'unknown-type'
  | 'missing-field'
  | 'extra-field'
  | 'bad-field'
  | 'string-too-long'
  | 'comment-in-text'
  | 'duplicate-record'
  | 'too-many-records'
  | 'ttl-differs'
  | 'misplaced-soa'
  | 'misplaced-ds'
  | 'too-many-problems'
  | ZoneProblemCode;

/** One reason with its place; the message says what to do about it. */
export interface ZoneFileProblem extends TextPlace {
  readonly code: ZoneFileProblemCode;
  readonly message: string;
}

/** Thrown by readZoneFile: lists every problem that was found, in the order of the text. */
export class ZoneFileError extends Error {
  override readonly name = 'ZoneFileError';

  constructor(readonly problems: readonly ZoneFileProblem[]) {
    super(problems.map(({ line, column, message }) => `line ${line}, column ${column}: ${message}`).join('\n'));
  }
}

/** A problem on its way out of an entry; the entry is left out and reading goes on after it. */
export class EntryFault extends Error {
  constructor(
    readonly code: ZoneFileProblemCode,
    readonly place: TextPlace,
    message: string,
  ) {
    super(message);
  }
}
