import { CallHandler, ExecutionContext, Injectable, NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { map, Observable } from 'rxjs';

/** Tells in `Location` where an accepted operation can be read. */
@Injectable()
export class LocationInterceptor implements NestInterceptor<{ id: string }, { id: string }> {
  intercept(context: ExecutionContext, next: CallHandler<{ id: string }>): Observable<{ id: string }> {
    const response = context.switchToHttp().getResponse<Response>();
    return next.handle().pipe(
      map((operation) => {
        response.setHeader('Location', `/api/operations/${operation.id}`);
        return operation;
      }),
    );
  }
}
