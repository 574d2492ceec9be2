import { TextPlace, ZoneFileProblem, ZoneFileProblemCode } from './zone-file-problem';

/** So many problems are told; a text with more is no zone file at all. */
export const MAX_PROBLEMS = 100;

/** Gathers problems while a text is read, up to a bound. */
export class ProblemLog {
  private readonly items: ZoneFileProblem[] = [];

  /** True when reading on is of no use. */
  get full(): boolean {
    return this.items.length >= MAX_PROBLEMS;
  }

  get empty(): boolean {
    return this.items.length === 0;
  }

  add(code: ZoneFileProblemCode, { line, column }: TextPlace, message: string): void {
    if (!this.full) this.items.push({ code, line, column, message });
  }

  /** In the order of the text, with a last one that says so when there may be more. */
  inOrder(): readonly ZoneFileProblem[] {
    const sorted = this.items.toSorted((a, b) => a.line - b.line || a.column - b.column);
    const last = sorted.at(-1);
    if (!last || !this.full) return sorted;
    const message = `there may be more: only ${MAX_PROBLEMS} problems are told at once`;
    return [...sorted, { code: 'too-many-problems', line: last.line, column: last.column, message }];
  }
}
