import { CallClock } from './call-clock';
import { GitlabError } from './gitlab-error';
import type { GitlabTimeouts } from './timeouts';

/** One request; `call` names it in errors and holds no query. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly call: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal | undefined;
}

/** What came back, read to its end. */
export interface HttpReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

/** Sends one request and reads the whole answer, within its deadlines and the cap. */
export async function send(request: HttpRequest, timeouts: GitlabTimeouts, maxBodyBytes: number): Promise<HttpReply> {
  const { method, url, call, headers, body, signal } = request;
  const clock = new CallClock(call, timeouts, signal);
  let answered = false;
  try {
    // A redirect would carry the token to whoever it names.
    const reply = await fetch(url, { method, headers, body, redirect: 'manual', signal: clock.signal });
    answered = true;
    clock.heard();
    return { status: reply.status, headers: reply.headers, body: await read(reply, clock, maxBodyBytes, call) };
  } catch (error) {
    if (error instanceof GitlabError) throw error;
    // The error of fetch may hold what was sent: only the code of the socket is passed on.
    throw (
      clock.verdict ??
      (answered
        ? new GitlabError('garbage', `GitLab broke off in the middle of its answer (${call})`)
        : new GitlabError('unreachable', `GitLab cannot be reached at ${url.origin}: ${codeOf(error)} (${call})`))
    );
  } finally {
    clock.end();
  }
}

async function read(reply: Response, clock: CallClock, most: number, call: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by an error cancels the body and with it the connection.
  for await (const chunk of (reply.body ?? []) as AsyncIterable<Uint8Array>) {
    clock.heard();
    size += chunk.length;
    if (size > most) throw new GitlabError('garbage', `GitLab answered more than ${most} bytes (${call})`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' && /^[\w-]{1,64}$/.test(code) ? code : 'no connection';
}
