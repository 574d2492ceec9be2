import type { NestExpressApplication } from '@nestjs/platform-express';
import compression from 'compression';
import type { NextFunction, Request, Response } from 'express';
import helmet from 'helmet';
import { acmeDnsBody } from './acme/acme-dns-body';
import { serveApiDocument } from './api-document';
import type { ApiSettings } from './api-settings';
import { consoleFiles, isApiPath } from './http/console';
import { hostCheck } from './http/host-check';
import { httpMetrics } from './http/http-metrics';
import { jsonOnly, plainBody, readJson } from './http/json-body';
import { originCheck } from './http/origin-check';
import { ProblemFilter } from './http/problem.filter';
import { requestId } from './http/request-id';
import { validationPipe } from './http/validation.pipe';

/** Everything that stands before the routes, in the order in which a request meets it. */
export function configureApp(app: NestExpressApplication, settings: ApiSettings): void {
  app.disable('x-powered-by');
  // A hash over a large list costs more than it saves: lists change all the time.
  app.set('etag', false);
  app.set('trust proxy', settings.trustedProxies);
  app.set('query parser', 'simple');
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(validationPipe());
  app.use(requestId, httpMetrics, securityHeaders(), hostCheck({ listed: settings.publicHosts, bind: settings.bind }));
  app.use(compression({ level: 1, threshold: 2_048, filter: isCompressible }));
  app.use(consoleFiles(settings.webDir));
  app.use(noStore, originCheck, acmeDnsBody, jsonOnly, readJson, plainBody);
  serveApiDocument(app);
}

function securityHeaders(): ReturnType<typeof helmet> {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        // Angular writes the styles of its components into the page.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        // The monitoring pages of hosts are shown in a frame.
        frameSrc: ["'self'", 'https:', 'http:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}

/** An event stream must leave at once, not when a block is full. */
function isCompressible(request: Request, response: Response): boolean {
  const type = response.getHeader('Content-Type');
  return !(typeof type === 'string' && type.startsWith('text/event-stream')) && compression.filter(request, response);
}

function noStore(request: Request, response: Response, next: NextFunction): void {
  if (isApiPath(request.path)) response.setHeader('Cache-Control', 'no-store');
  next();
}
