import { histogram } from '@lxdm/runtime';
import type { NextFunction, Request, Response } from 'express';

const seconds = histogram(
  'lxdm_http_request_seconds',
  'How long HTTP requests took, by route pattern',
  ['method', 'route', 'status'],
  [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
);
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Measures every request except the event streams, whose length says nothing. */
export function httpMetrics(request: Request, response: Response, next: NextFunction): void {
  const begun = process.hrtime.bigint();
  response.on('finish', () => {
    const route = routeOf(request);
    if (route === '/api/events') return;
    // Labels come from fixed sets only: a stranger must not be able to make new ones.
    const method = METHODS.has(request.method) ? request.method : 'other';
    seconds.observe({ method, route, status: response.statusCode }, Number(process.hrtime.bigint() - begun) / 1e9);
  });
  next();
}

function routeOf(request: Request): string {
  const { route } = request as { route?: { path?: unknown } };
  if (typeof route?.path === 'string') return route.path;
  return request.path.startsWith('/api') ? 'unmatched' : 'console';
}
