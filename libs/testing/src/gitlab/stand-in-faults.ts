import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** What may go wrong with an answer. */
export type StandInFault =
  | { readonly kind: 'down' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'drip'; readonly ms: number }
  | { readonly kind: 'truncate' }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: string;
      readonly headers?: Record<string, string>;
    }
  | { readonly kind: 'html' }
  | { readonly kind: 'json'; readonly body: string }
  | { readonly kind: 'huge' }
  | { readonly kind: 'redirect'; readonly to: string };

/** Which requests it befalls: all, or those whose method and path match, and how often. */
export interface StandInFaultScope {
  /** A regular expression on `GET /api/v4/user`, without prefix and query. */
  readonly on?: string;
  readonly times?: number;
}

const page = '<!DOCTYPE html><html><head><title>GitLab</title></head><body>GitLab is not responding</body></html>';

/** Faults that are waiting for their request. */
export class StandInFaults {
  private faults: { fault: StandInFault; on: RegExp; left: number }[] = [];

  inject(fault: StandInFault, { on = '', times = Infinity }: StandInFaultScope = {}): void {
    this.faults.push({ fault, on: new RegExp(on), left: times });
  }

  heal(): void {
    this.faults = [];
  }

  /** Does what is to befall this request; true if it is answered by that (or never will be). */
  async befall(call: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const found = this.faults.find(({ on, left }) => left > 0 && on.test(call));
    if (found === undefined) return false;
    found.left -= 1;
    const { fault } = found;
    switch (fault.kind) {
      case 'down':
        request.socket.destroy();
        return true;
      case 'hang':
        return true;
      case 'slow':
        await delay(fault.ms);
        return false;
      case 'drip':
        await drip(response, fault.ms);
        return true;
      case 'truncate':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"id": 1, ', () => request.socket.destroy());
        return true;
      case 'status':
        response.writeHead(fault.status, {
          'content-type': fault.body?.startsWith('{') ? 'application/json' : 'text/html',
          ...fault.headers,
        });
        response.end(fault.body ?? page);
        return true;
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
        response.end(page);
        return true;
      case 'json':
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(fault.body);
        return true;
      case 'huge':
        await flood(response);
        return true;
      case 'redirect':
        response.writeHead(302, { location: fault.to });
        response.end();
        return true;
    }
  }
}

/** One byte at a time, so that no pause is long and no end comes. */
async function drip(response: ServerResponse, ms: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  while (!response.destroyed) {
    response.write(' ');
    await delay(ms);
  }
}

/** Sixty-four megabytes, or as many as are taken. */
async function flood(response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  const piece = `"${'x'.repeat(1024 * 1024)}",`;
  for (let megabyte = 0; megabyte < 64 && !response.destroyed; megabyte += 1)
    if (!response.write(piece))
      await Promise.race([new Promise((resolve) => response.once('drain', resolve)), delay(1000)]);
  response.end();
}
