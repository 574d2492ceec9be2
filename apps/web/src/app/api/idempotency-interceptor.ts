import { HttpErrorResponse, HttpInterceptorFn } from '@angular/common/http';
import { retry, throwError, timer } from 'rxjs';
import { randomKey } from './random-key';

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/**
 * Gives every action a key, so that a request whose answer was lost may be sent once more: the server recognises it and
 * does nothing twice.
 */
export const idempotencyInterceptor: HttpInterceptorFn = (request, next) => {
  if (!unsafe.has(request.method) || request.url.endsWith('/api/session')) return next(request);
  const keyed = request.clone({ setHeaders: { 'Idempotency-Key': randomKey() } });
  return next(keyed).pipe(
    retry({
      count: 1,
      delay: (error: unknown) =>
        error instanceof HttpErrorResponse && error.status === 0 ? timer(1000) : throwError(() => error),
    }),
  );
};
