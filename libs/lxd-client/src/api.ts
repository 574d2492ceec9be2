import { apiPath } from './api-path';
import { openEnvelope, type Answer } from './envelope';
import { LxdError } from './errors';
import type { CallOptions } from './timeouts';
import type { HttpReply, HttpRequest, Transport } from './transport';
import type { Operation } from './wire/operation';

/** One call as the resources write it. */
export interface ApiCall extends CallOptions {
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly ifMatch?: string;
}

type Method = HttpRequest['method'];

/** The verbs under the resources: path, project, JSON and envelope. */
export class Api {
  constructor(
    private readonly transport: Transport,
    readonly origin: string,
    readonly project: string,
  ) {}

  /** A sync answer; its metadata is trusted to have the wire type of the resource. */
  async read<T>(
    method: Method,
    segments: readonly string[],
    call: ApiCall = {},
  ): Promise<{ value: T; etag: string | undefined }> {
    const answer = await this.call(method, segments, call);
    return { value: answer.metadata as T, etag: answer.etag };
  }

  async get<T>(segments: readonly string[], call: ApiCall = {}): Promise<T> {
    return (await this.read<T>('GET', segments, call)).value;
  }

  /** A 202 answer: the operation as it was when it began. */
  async begin(method: Method, segments: readonly string[], call: ApiCall = {}): Promise<Operation> {
    const answer = await this.call(method, segments, call);
    if (answer.type === 'async' && isOperation(answer.metadata)) return answer.metadata;
    throw new LxdError('garbage', `${this.origin} should have begun an operation (${method} ${apiPath(segments)})`);
  }

  async call(method: Method, segments: readonly string[], call: ApiCall = {}): Promise<Answer> {
    const reply = await this.raw(method, segments, {
      ...call,
      headers: {
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(call.ifMatch === undefined ? {} : { 'if-match': call.ifMatch }),
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
    });
    return openEnvelope(reply, this.origin, `${method} ${apiPath(segments)}`);
  }

  /** For the few resources that speak something else than JSON, like files. */
  async raw(
    method: Method,
    segments: readonly string[],
    request: CallOptions & Pick<HttpRequest, 'headers' | 'body'> & Pick<ApiCall, 'query'>,
  ): Promise<HttpReply> {
    const { query, headers, body, signal, timeouts } = request;
    const path = apiPath(segments, { project: this.project, ...query });
    return this.transport.send({ method, path, headers, body, signal, timeouts });
  }
}

function isOperation(value: unknown): value is Operation {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';
}
