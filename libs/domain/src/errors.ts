/** What went wrong, as a code that every room understands; HTTP status codes exist in the api's filter only. */
export type ErrorCode =
  | 'invalid'
  | 'not-found'
  | 'forbidden'
  | 'unauthenticated'
  | 'bad-credentials'
  | 'name-taken'
  | 'name-reserved'
  | 'key-exists'
  | 'conflict'
  | 'changed-meanwhile'
  | 'unservable-text'
  | 'host-has-containers'
  | 'last-owner'
  | 'rate-limited'
  | 'not-ready';

/** One fault of one field, in words for the person who sent it. */
export interface FieldFault {
  field: string;
  message: string;
}

/** An error with a code and a sentence that says what to do. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly faults: FieldFault[] = [],
    /** Seconds until another try makes sense; only for `rate-limited`. */
    readonly retryAfter?: number,
  ) {
    super(message);
    this.name = 'DomainError';
  }
}

/** An `invalid` error about one field. */
export function invalid(field: string, message: string): DomainError {
  return new DomainError('invalid', message, [{ field, message }]);
}

/** Foreign and missing look the same: this is the one answer for both. */
export function notFound(what: string): DomainError {
  return new DomainError('not-found', `There is no such ${what}, or you may not see it.`);
}
