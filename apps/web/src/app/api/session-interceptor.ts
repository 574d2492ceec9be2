import { HttpErrorResponse, HttpInterceptorFn, HttpResponse } from '@angular/common/http';
import { inject } from '@angular/core';
import { tap } from 'rxjs';
import { SessionStore } from '../session/session.store';
import { faultOf } from './problem';
import { ServerClock } from './server-clock';

/** A 401 anywhere means that the session is over; the session's own requests handle theirs. */
export const sessionInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(SessionStore);
  const clock = inject(ServerClock);
  const own = request.url.endsWith('/api/session');
  return next(request).pipe(
    tap({
      next: (event) => {
        if (event instanceof HttpResponse && request.url.includes('/api/session'))
          clock.heard(event.headers.get('Date'));
      },
      error: (error: unknown) => {
        if (own || !(error instanceof HttpErrorResponse)) return;
        if (error.status === 401) session.expire();
        if (error.status === 403 && faultOf(error).code === 'not-approved') session.suspended();
      },
    }),
  );
};
