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
