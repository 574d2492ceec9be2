import { kindOfWords } from './envelope';
import { LxdError } from './errors';
import type { Operation } from './wire/operation';

/** A failed operation as an error: the words decide, as an operation carries no better code than 400. */
export function operationError(operation: Operation, origin: string): LxdError {
  const words = operation.err;
  const kind = kindOfWords(words) ?? 'operation-failed';
  return new LxdError(
    kind,
    `${origin}: "${operation.description}" failed: ${words === '' ? 'no reason given' : words}`,
    {
      status: operation.status_code,
      lxdMessage: words,
    },
  );
}
