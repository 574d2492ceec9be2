import { DomainError } from '../errors';
import type { TextProblem } from './zone-fact';

/** A text that cannot be saved, with every problem and its place. */
export class ZoneTextRefusal extends DomainError {
  constructor(readonly problems: readonly TextProblem[]) {
    super('unservable-text', sentence(problems.filter(({ severity }) => severity === 'error')));
    this.name = 'ZoneTextRefusal';
  }
}

function sentence(errors: readonly TextProblem[]): string {
  const [first] = errors;
  if (!first) return 'The text cannot be served.';
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return `Line ${first.line}, column ${first.column}: ${first.message}${more}`;
}

/** All that is wrong, in the order of the text. Beside faults of reading, warnings would speak of records that are only missing because of them. */
export function allProblems(faults: readonly TextProblem[], found: readonly TextProblem[]): TextProblem[] {
  if (faults.length === 0) return [...found];
  const errors = [...faults, ...found.filter(({ severity }) => severity === 'error')];
  return errors.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** @throws ZoneTextRefusal when there are errors */
export function refuseErrors(problems: readonly TextProblem[]): void {
  if (problems.some(({ severity }) => severity === 'error')) throw new ZoneTextRefusal(problems);
}
