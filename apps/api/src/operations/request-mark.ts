import { createHash } from 'node:crypto';
import { invalid } from '@lxdm/domain';
import { createParamDecorator, ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { requestIdOf } from '../http/request-id';

/** What is remembered of the request that an operation was accepted with. */
export interface RequestMark {
  requestId: string;
  idempotency: { key: string; digest: string } | null;
}

/** The mark of the request at hand. */
export const Mark = createParamDecorator((_data: unknown, context: ExecutionContext): RequestMark => {
  const http = context.switchToHttp();
  const { method, originalUrl, headers, body } = http.getRequest<Request>();
  const key = idempotencyKey(headers['idempotency-key']);
  const digest = key === null ? '' : requestDigest(method, originalUrl, body);
  return { requestId: requestIdOf(http.getResponse<Response>()), idempotency: key === null ? null : { key, digest } };
});

/**
 * The caller's key for this wish, if there is one.
 * @throws DomainError `invalid`
 */
export function idempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  if (typeof header === 'string' && /^[\x21-\x7e]{1,200}$/.test(header)) return header;
  throw invalid('Idempotency-Key', 'An Idempotency-Key has 1 to 200 visible ASCII characters.');
}

/** SHA-256 of what is asked for; the order of a body's properties does not matter. */
export function requestDigest(method: string, url: string, body: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify([method, url, sorted(body) ?? null]))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return ['list', ...value.map(sorted)];
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return ['object', ...entries.map(([key, inner]) => [key, sorted(inner)])];
}
