import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import { catchError, from, Observable, switchMap, throwError } from 'rxjs';
import type { ActingRequest } from '../session/actor';
import { Audit } from './audit.service';
import { Refusal } from './refusal';

/** Writes down what was refused; outside the transaction that was given up for it. */
@Injectable()
export class RefusalInterceptor implements NestInterceptor {
  constructor(private readonly audit: Audit) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        const { actor } = context.switchToHttp().getRequest<ActingRequest>();
        if (!(error instanceof Refusal) || !actor) return throwError(() => error);
        return from(this.audit.refused(actor, error.act)).pipe(switchMap(() => throwError(() => error)));
      }),
    );
  }
}
