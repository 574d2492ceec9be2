import type { NextFunction, Request, Response } from 'express';

/**
 * Clients of acme-dns send JSON and call it a form, or nothing at all. Theirs is taken as what it is where the request carries a
 * header that no page of another site can make a browser send without asking first (Fetch, CORS-safelisted request headers).
 */
export function acmeDnsBody(request: Request, _response: Response, next: NextFunction): void {
  const { authorization } = request.headers;
  const isMeant = authorization !== undefined || request.headers['x-api-key'] !== undefined;
  if (isMeant && request.method === 'POST' && /^\/api\/acme-dns\/(register|update)\/?$/.test(request.path))
    request.headers['content-type'] = 'application/json';
  next();
}
