import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DynamicModule } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';

/** Nest's logger, writing JSON lines. */
export { Logger as ProcessLogger } from 'nestjs-pino';

/** What must never be written to a log, wherever it stands in an object. */
const SECRETS = [
  'req.headers.cookie',
  'req.headers.authorization',
  'req.headers["x-xsrf-token"]',
  'res.headers["set-cookie"]',
  '*.password',
  '*.trustPassword',
  '*.trustToken',
  '*.trustSecret',
  '*.token',
  '*.privateKey',
];

/** JSON lines with the process's name; in an HTTP process every line of a request carries its id. */
export class LoggingModule {
  static forRoot(options: { process: string; level?: string }): DynamicModule {
    return LoggerModule.forRoot({
      pinoHttp: {
        name: options.process,
        level: options.level ?? 'info',
        redact: { paths: SECRETS, censor: '[secret]' },
        genReqId: (request: IncomingMessage, response: ServerResponse) => {
          const given = request.headers['x-request-id'];
          // A caller's id is taken only in a form that can neither forge a log line nor fill the log.
          const id = typeof given === 'string' && /^[A-Za-z0-9._-]{8,64}$/.test(given) ? given : randomUUID();
          response.setHeader('X-Request-Id', id);
          return id;
        },
        customLogLevel: (_request, response, error) =>
          error || response.statusCode >= 500 ? 'error' : response.statusCode >= 400 ? 'warn' : 'debug',
        serializers: {
          req: (request: { id: string; method: string; url: string; remoteAddress?: string }) => ({
            id: request.id,
            method: request.method,
            url: request.url.split('?')[0],
            remoteAddress: request.remoteAddress,
          }),
        },
      },
    });
  }
}
