import { createServer, Server } from 'node:http';
import { metrics } from './metrics';

/** One part that a process needs, and whether it answers. */
export interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

/** What the health server is made of; `port` 0 lets the system choose. */
export interface HealthOptions {
  host: string;
  port: number;
  checks: () => Promise<Check[]>;
  /** The text of the metrics; those of this process unless given. */
  metrics?: () => Promise<string>;
}

/** A health server that is running. */
export interface RunningHealthServer {
  port: number;
  close: () => Promise<void>;
}

/** Serves /health/live, /health/ready and /metrics for one process; rejects when the port is not to be had. */
export async function startHealthServer(options: HealthOptions): Promise<RunningHealthServer> {
  const server = createServer((request, response) => {
    answer(request.url ?? '/', options).then(
      ({ status, type, body }) =>
        response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body),
      (error: unknown) =>
        response
          .writeHead(500, { 'Content-Type': 'text/plain' })
          .end(error instanceof Error ? error.message : 'failed'),
    );
  });
  server.requestTimeout = 5_000;
  await listen(server, options);
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : options.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(url: string, options: HealthOptions): Promise<{ status: number; type: string; body: string }> {
  switch (url.split('?')[0]) {
    case '/health/live':
      return { status: 200, type: 'application/json', body: JSON.stringify({ status: 'ok' }) };
    case '/health/ready': {
      const checks = await options.checks();
      const ready = checks.every((check) => check.ok);
      return {
        status: ready ? 200 : 503,
        type: 'application/json',
        body: JSON.stringify({ status: ready ? 'ready' : 'not-ready', checks }),
      };
    }
    case '/metrics':
      return { status: 200, type: metrics.contentType, body: await (options.metrics?.() ?? metrics.metrics()) };
    default:
      return { status: 404, type: 'text/plain', body: 'There is /health/live, /health/ready and /metrics.\n' };
  }
}

function listen(server: Server, options: HealthOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
