import { HttpErrorResponse } from '@angular/common/http';
import type { Problem } from '@lxdm/api-client';

/** What a page needs to know about a failed request, whoever answered it. */
export interface Fault {
  status: number;
  code: string;
  title: string;
  detail: string;
  requestId: string | null;
  fields: Record<string, string>;
}

const unreachable: Fault = {
  status: 0,
  code: 'unreachable',
  title: 'The server does not answer',
  detail: 'Check your connection; the console tries again when you do.',
  requestId: null,
  fields: {},
};

/** Reads problem+json (RFC 9457); a proxy's HTML page or a dead line still gives a sentence to show. */
export function faultOf(error: unknown): Fault {
  if (!(error instanceof HttpErrorResponse)) {
    return { ...unreachable, status: -1, code: 'console', title: 'The console failed', detail: String(error) };
  }
  if (error.status === 0) return unreachable;
  const problem = problemOf(error.error);
  return {
    status: error.status,
    code: problem?.code ?? `http-${error.status}`,
    title: problem?.title ?? `The server answered ${error.status}`,
    detail: problem?.detail ?? problem?.title ?? `The server answered ${error.status}.`,
    requestId: problem?.requestId ?? null,
    fields: Object.fromEntries((problem?.errors ?? []).map(({ field, message }) => [field, message])),
  };
}

/** Requests that expect no body hand the problem over as text. */
function problemOf(body: unknown): Partial<Problem> | null {
  const value = typeof body === 'string' ? parsed(body) : body;
  return typeof value === 'object' && value !== null ? value : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
