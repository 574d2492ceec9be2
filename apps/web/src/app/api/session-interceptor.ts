import { HttpErrorResponse, HttpInterceptorFn } from '@angular/common/http';
import { inject } from '@angular/core';
import { tap } from 'rxjs';
import { SessionStore } from '../session/session.store';

/** A 401 anywhere means that the session is over; the session's own requests handle theirs. */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(SessionStore);
  if (request.url.endsWith('/api/session')) return next(request);
  return next(request).pipe(
    tap({
      error: (error: unknown) => {
        if (error instanceof HttpErrorResponse && error.status === 401) session.expire();
      },
    }),
  );
};
