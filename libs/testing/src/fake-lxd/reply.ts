import type { FakeOperation } from './operation-store';

/** What goes back over the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** LXD's sync answer. */
export function sync(metadata: unknown, options: { readonly status?: number; readonly etag?: string } = {}): Reply {
  const envelope = {
    type: 'sync',
    status: 'Success',
    status_code: 200,
    operation: '',
    error_code: 0,
    error: '',
    metadata,
  };
  return json(options.status ?? 200, envelope, options.etag === undefined ? {} : { etag: `"${options.etag}"` });
}

/** LXD's 202 with the operation that has begun. */
export function accepted(operation: FakeOperation): Reply {
  const url = `/1.0/operations/${operation.id}`;
  const envelope = {
    type: 'async',
    status: 'Operation created',
    status_code: 100,
    operation: url,
    error_code: 0,
    error: '',
    metadata: operation,
  };
  return json(202, envelope, { location: url });
}

/** LXD's refusal. */
export function refusal(status: number, error: string): Reply {
  return json(status, {
    type: 'error',
    status: '',
    status_code: 0,
    operation: '',
    error_code: status,
    error,
    metadata: null,
  });
}

/** A file or a log, without envelope. */
export function bytes(body: Buffer, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status: 200, headers: { 'content-type': 'application/octet-stream', ...headers }, body };
}

function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(`${JSON.stringify(value)}\n`),
  };
}
