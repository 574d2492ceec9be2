import { applyDecorators, HttpCode, UseInterceptors } from '@nestjs/common';
import { ApiExtraModels, ApiHeader, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Operation } from '../operations/dto/operation';
import { LocationInterceptor } from './location.interceptor';
import { Problem, PROBLEM_JSON } from './problem';

const MEANING: Record<number, string> = {
  400: 'The request is not valid; `errors` names the fields.',
  401: 'There is no live session, or the credentials are wrong.',
  403: 'Not allowed, a missing CSRF token, or a foreign origin.',
  404: 'There is no such thing, or the viewer may not see it.',
  409: 'In conflict with the present state.',
  413: 'The body is larger than 256 kB (with the text of a static entry: 4 MB).',
  415: 'The body is not application/json.',
  422: 'What is wanted cannot be served; `detail` says why.',
  429: 'Too many attempts; Retry-After tells when to try again.',
  503: 'The database does not answer; nothing was changed.',
};

/** Documents the problems that an endpoint may answer with. */
export function ApiProblems(...statuses: number[]): MethodDecorator & ClassDecorator {
  const content = { [PROBLEM_JSON]: { schema: { $ref: getSchemaPath(Problem) } } };
  return applyDecorators(
    ApiExtraModels(Problem),
    ...[...statuses, 503].map((status) => ApiResponse({ status, description: MEANING[status] ?? '', content })),
  );
}

/** The problems of every endpoint with a body. */
export const BODY_PROBLEMS = [400, 401, 403, 413, 415] as const;

/** An action: answered with 202, its operation and where to follow it. */
export function AcceptsAction(...problems: number[]): MethodDecorator {
  return applyDecorators(
    HttpCode(202),
    UseInterceptors(LocationInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'Unique per wish: asked again with the same key, the answer is the same operation.',
      schema: { type: 'string', minLength: 1, maxLength: 200 },
    }),
    ApiResponse({
      status: 202,
      description: 'Accepted and recorded; the operation tells how it goes on.',
      type: Operation,
      headers: { Location: { description: 'The path of the operation.', schema: { type: 'string' } } },
    }),
    ApiProblems(...problems),
  );
}
