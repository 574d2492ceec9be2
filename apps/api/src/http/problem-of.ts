import { DomainError, ErrorCode, FieldFault, ZoneTextRefusal } from '@lxdm/domain';
import { isPassingDatabaseFault } from '@lxdm/entities';
import { HttpException } from '@nestjs/common';
import type { Problem } from './problem';
import { RequestFault } from './request-fault';

/** A problem and the headers that go with it. */
export interface Answer {
  problem: Problem;
  headers: Record<string, string>;
  /** True when nobody expected this error: it is logged with its stack, and nothing of it is told. */
  unexpected: boolean;
}

const STATUS: Record<ErrorCode, number> = {
  invalid: 400,
  'name-reserved': 400,
  'bad-credentials': 401,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'changed-meanwhile': 409,
  'unservable-text': 422,
  'host-has-containers': 409,
  'key-exists': 409,
  'last-owner': 409,
  'name-taken': 409,
  'rate-limited': 429,
  'not-ready': 503,
};

const TITLES: Record<number, string> = {
  400: 'The request is not valid',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict with the present state',
  413: 'The request is too large',
  415: 'The media type is not supported',
  421: 'Wrong host name',
  422: 'The text cannot be served',
  429: 'Too many requests',
  500: 'Something went wrong here',
  503: 'Not ready',
};

const CODES: Record<number, string> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
  413: 'too-large',
  415: 'unsupported-media-type',
  429: 'rate-limited',
  503: 'not-ready',
};

/** What an error looks like on the wire. */
export function problemOf(error: unknown, requestId: string): Answer {
  if (error instanceof DomainError) {
    const headers: Record<string, string> =
      error.retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(error.retryAfter)) };
    const answer = expected(STATUS[error.code], error.code, error.message, requestId, headers, error.faults);
    if (error instanceof ZoneTextRefusal) answer.problem.problems = [...error.problems];
    return answer;
  }
  if (error instanceof RequestFault)
    return expected(error.status, error.code, error.message, requestId, { ...error.headers });
  const parser = bodyParserFault(error);
  if (parser) return expected(parser.status, codeOf(parser.status), parser.message, requestId);
  if (error instanceof URIError) return expected(400, 'invalid', 'The path is not properly encoded.', requestId);
  if (error instanceof HttpException && error.getStatus() < 500)
    return expected(error.getStatus(), codeOf(error.getStatus()), wordsOf(error), requestId);
  if (isPassingDatabaseFault(error)) {
    const message =
      'The database does not answer at the moment, so it is not certain whether this was accepted. Look again in a few seconds; repeat an action with the same Idempotency-Key.';
    return { ...expected(503, 'not-ready', message, requestId, { 'Retry-After': '5' }), unexpected: true };
  }
  const message = `This was not foreseen. The log has the details under ${requestId}.`;
  return { ...expected(500, 'internal', message, requestId), unexpected: true };
}

function expected(
  status: number,
  code: string,
  detail: string,
  requestId: string,
  headers: Record<string, string> = {},
  faults: readonly FieldFault[] = [],
): Answer {
  return {
    problem: {
      type: `urn:lxdm:problem:${code}`,
      title: TITLES[status] ?? 'The request failed',
      status,
      detail,
      code,
      requestId,
      ...(faults.length > 0 ? { errors: [...faults] } : {}),
    },
    headers,
    unexpected: false,
  };
}

function codeOf(status: number): string {
  return CODES[status] ?? 'refused';
}

function wordsOf(error: HttpException): string {
  return error.getStatus() === 404 ? 'There is nothing at this path.' : error.message;
}

/** body-parser's errors carry a `type`; their messages may quote the body, so none is passed on. */
function bodyParserFault(error: unknown): { status: number; message: string } | undefined {
  if (!(error instanceof Error) || !('type' in error) || typeof error.type !== 'string') return undefined;
  switch (error.type) {
    case 'entity.too.large':
      return {
        status: 413,
        message: 'A request body may have 256 kB at most, one with the text of a static entry 4 MB.',
      };
    case 'entity.parse.failed':
      return { status: 400, message: 'The body is not valid JSON.' };
    case 'charset.unsupported':
    case 'encoding.unsupported':
      return { status: 415, message: 'Send JSON in UTF-8, without a content encoding.' };
    case 'request.aborted':
    case 'request.size.invalid':
    case 'entity.verify.failed':
    case 'stream.encoding.set':
      return { status: 400, message: 'The body did not arrive as its headers said.' };
    default:
      return undefined;
  }
}
