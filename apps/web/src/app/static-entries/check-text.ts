import type { CheckedText, TextProblem } from '@lxdm/api-client';

/** The result of a check in one sentence, for the eye and for screen readers. */
export function checkText(check: CheckedText | null): string {
  if (check === null) return '';
  const errors = check.problems.filter(({ severity }) => severity === 'error').length;
  const warnings = check.problems.length - errors;
  const served = `${count(check.total, 'record')} will be served`;
  if (errors > 0)
    return `${count(errors, 'error')}${warnings > 0 ? ` and ${count(warnings, 'warning')}` : ''}: nothing of it can be saved`;
  return warnings > 0 ? `${count(warnings, 'warning')}; ${served}` : `No problems; ${served}`;
}

/** Problems that came with a refusal to save. */
export function problemsIn(body: unknown): TextProblem[] {
  if (typeof body !== 'object' || body === null || !('problems' in body) || !Array.isArray(body.problems)) return [];
  return body.problems.filter(isProblem);
}

function isProblem(value: unknown): value is TextProblem {
  return typeof value === 'object' && value !== null && 'line' in value && 'column' in value && 'message' in value;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
