import { ArgumentsHost, Catch, ExceptionFilter, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { PROBLEM_JSON } from './problem';
import { problemOf } from './problem-of';
import { requestIdOf } from './request-id';

/** The only place where an error becomes an HTTP answer. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { problem, headers, unexpected } = problemOf(error, requestIdOf(response));
    if (unexpected) this.log.error({ err: error, requestId: problem.requestId }, 'a request failed');
    if (response.headersSent) {
      // Half an answer is out: cutting it off is the only honest way to say that it is not whole.
      response.destroy();
      return;
    }
    response.status(problem.status).set(headers).type(PROBLEM_JSON).send(JSON.stringify(problem));
  }
}
