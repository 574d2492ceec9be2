import { json, NextFunction, Request, Response } from 'express';
import { isUnsafe } from './origin-check';
import { RequestFault } from './request-fault';

const MAX_DEPTH = 16;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** What makes a parsed body unfit for any endpoint, or undefined. */
export function bodyFault(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'The body must be a JSON object.';
  const open: { value: object; depth: number }[] = [{ value: body, depth: 1 }];
  for (let entry = open.pop(); entry; entry = open.pop()) {
    if (entry.depth > MAX_DEPTH) return 'The body is nested too deeply.';
    for (const [key, value] of Object.entries(entry.value) as [string, unknown][]) {
      if (FORBIDDEN_KEYS.has(key) || key.includes('\0')) return 'The body has a property of a forbidden name.';
      // Postgres cannot store it, so it is no text.
      if (typeof value === 'string' && value.includes('\0')) return 'A text may not contain the character U+0000.';
      if (typeof value === 'object' && value !== null) open.push({ value, depth: entry.depth + 1 });
    }
  }
  return undefined;
}

/** Only JSON gets in: a form of another site cannot send it without asking first (Fetch, CORS-safelisted content types). */
export function jsonOnly(request: Request, _response: Response, next: NextFunction): void {
  if (!isUnsafe(request.method)) return next();
  const { 'content-type': type, 'content-length': length, 'transfer-encoding': chunked } = request.headers;
  const hasBody = chunked !== undefined || (length !== undefined && length !== '0');
  if (!hasBody && type === undefined) return next();
  if (/^application\/json\s*(;|$)/i.test(type ?? '')) return next();
  next(new RequestFault(415, 'unsupported-media-type', 'Send application/json.'));
}

const body = (limit: number) => json({ limit, inflate: false, type: 'application/json', strict: false });
const readSmall = body(256 * 1024);
/** A text of 1 MB, in which JSON may need more than one character for one. */
const readText = body(4 * 1024 * 1024);

/** Reads a JSON body of at most 256 kB, or 4 MB where it carries zone-file text. */
export function readJson(request: Request, response: Response, next: NextFunction): void {
  const read = /^\/api\/static-entries(\/|$)/i.test(request.path) ? readText : readSmall;
  read(request, response, next);
}

/** Refuses what no endpoint takes. */
export function plainBody(request: Request, _response: Response, next: NextFunction): void {
  const body: unknown = request.body;
  const fault = body === undefined ? undefined : bodyFault(body);
  if (fault) return next(new RequestFault(400, 'invalid', fault));
  if (Object.keys(request.query).some((key) => FORBIDDEN_KEYS.has(key)))
    return next(new RequestFault(400, 'invalid', 'The query has a property of a forbidden name.'));
  if (/%00/.test(request.url))
    return next(new RequestFault(400, 'invalid', 'A text may not contain the character U+0000.'));
  next();
}
