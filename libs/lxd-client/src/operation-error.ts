import { kindOfWords } from './envelope';
import { isLxdError, LxdError } from './errors';
import type { Operation } from './wire/operation';

/** Whether a stop or restart failed because the container did not react in time: force, or ask again later. */
export function didNotShutDown(error: unknown): boolean {
  return isLxdError(error) && /^failed shutting down instance/i.test(error.lxdMessage ?? '');
}

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
