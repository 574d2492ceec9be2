import { join } from 'node:path';
import express, { NextFunction, Request, Response, Router } from 'express';
import { RequestFault } from './request-fault';

const MISSING = `<!doctype html><meta charset="utf-8"><title>LXD Manager</title><h1>The console is not built</h1>
<p>The API is running. Build the console with <code>npm run build</code>, then reload this page.</p>`;

/** Whether a path belongs to the API, or to signing in by way of GitLab, and never to the console. */
export function isApiPath(path: string): boolean {
  return /^\/(api|social-auth)(\/|$)/.test(path);
}

/** Serves the built console: files as they are, and index.html for every path that a person can open. */
export function consoleFiles(webDir: string): Router {
  const router = express.Router();
  router.use((request: Request, _response: Response, next: NextFunction) =>
    next(isApiPath(request.path) ? 'router' : undefined),
  );
  router.use(
    express.static(webDir, {
      index: false,
      redirect: false,
      setHeaders: (response, path) => response.setHeader('Cache-Control', cacheControlOf(path)),
    }),
  );
  router.use((request: Request, response: Response, next: NextFunction) => {
    const page = request.method === 'GET' || request.method === 'HEAD';
    if (!page || !request.accepts('html'))
      return next(new RequestFault(404, 'not-found', 'There is nothing at this path.'));
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(webDir, 'index.html'), (error?: Error) => {
      if (!error) return;
      if (response.headersSent) return next(error);
      response.status(503).set('Retry-After', '30').type('html').send(MISSING);
    });
  });
  return router;
}

/** A name with a hash in it never changes its content; everything else is asked for again. */
export function cacheControlOf(path: string): string {
  return /-[A-Z0-9]{8}\.(js|css|woff2?|png|svg|webp|ico)$/.test(path)
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';
}
