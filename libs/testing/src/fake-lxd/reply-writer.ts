import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from './faults';
import type { Reply } from './reply';

/** Faults that answer instead of the daemon; true if this one did (or never will). */
export async function answerWithFault(fault: Fault | undefined, response: ServerResponse): Promise<boolean> {
  switch (fault?.kind) {
    case 'hang':
      return true;
    case 'reset':
      response.socket?.destroy();
      return true;
    case 'slow':
      await sleep(fault.ms);
      return false;
    case 'html':
      response.writeHead(fault.status, { 'content-type': 'text/html' });
      response.end('<html><head><title>Bad Gateway</title></head><body><h1>nginx</h1></body></html>');
      return true;
    case 'status':
      response.writeHead(fault.status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          type: 'error',
          status: '',
          status_code: 0,
          error_code: fault.status,
          error: fault.error,
          metadata: null,
        }),
      );
      return true;
    case 'huge':
      await writeHuge(response, fault.bytes);
      return true;
    case undefined:
    case 'hang-after-effect':
    case 'lose-reply':
    case 'drip':
    case 'truncate':
      return false;
  }
}

/** Writes the daemon's answer, or what the fault leaves of it. */
export async function writeReply(reply: Reply, fault: Fault | undefined, response: ServerResponse): Promise<void> {
  if (fault?.kind === 'hang-after-effect') return;
  if (fault?.kind === 'lose-reply') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(reply.body.length) });
  if (fault?.kind === 'truncate') {
    response.write(reply.body.subarray(0, fault.bytes), () => response.socket?.destroy());
    return;
  }
  if (fault?.kind === 'drip') {
    for (let at = 0; at < reply.body.length && !response.destroyed; at += fault.bytes) {
      response.write(reply.body.subarray(at, at + fault.bytes));
      await sleep(fault.everyMs);
    }
  }
  response.end(fault?.kind === 'drip' ? undefined : reply.body);
}

async function writeHuge(response: ServerResponse, size: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{"type":"sync","status_code":200,"metadata":"');
  const block = Buffer.alloc(64 * 1024, 'a');
  for (let sent = 0; sent < size && !response.destroyed; sent += block.length) {
    if (!response.write(block)) await drained(response);
  }
  response.end('"}');
}

/** Until there is room again, or nobody to write to any more. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}
