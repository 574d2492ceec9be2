import { LxdError, type LxdErrorKind } from './errors';
import type { HttpReply } from './transport';

/** LXD's answer around every reply (https://documentation.ubuntu.com/lxd/stable-5.0/rest-api/#return-values). */
interface Envelope {
  readonly type: string;
  readonly metadata?: unknown;
  readonly operation?: string;
  readonly error?: string;
  readonly error_code?: number;
}

/** A good answer: what it carried, and the ETag for a later If-Match. */
export interface Answer {
  readonly type: 'sync' | 'async';
  readonly metadata: unknown;
  readonly etag: string | undefined;
}

/** Takes the envelope off, or throws what LXD says, or that this is not LXD. */
export function openEnvelope(reply: HttpReply, origin: string, call: string): Answer {
  const envelope = parseEnvelope(reply, origin, call);
  if (envelope.type === 'error' || reply.status >= 400) {
    const status = envelope.error_code === undefined || envelope.error_code === 0 ? reply.status : envelope.error_code;
    throw answerError(status, envelope.error ?? '', origin, call);
  }
  const { etag } = reply.headers;
  return {
    type: envelope.type === 'async' ? 'async' : 'sync',
    metadata: envelope.metadata,
    etag: typeof etag === 'string' ? etag : undefined,
  };
}

/** Turns LXD's error answer into ours. */
export function answerError(status: number, words: string, origin: string, call: string): LxdError {
  const kind = kindOfAnswer(status, words);
  const said = words === '' ? `HTTP ${status}` : `${words} (${status})`;
  const lead = kind === 'not-trusted' ? `${origin} does not trust our certificate` : `${origin} refused ${call}`;
  return new LxdError(kind, `${lead}: ${said}`, { status, lxdMessage: words, call });
}

/** LXD's status, and where that is too coarse its words, as one of our kinds. */
export function kindOfAnswer(status: number, words: string): LxdErrorKind {
  const byWords = kindOfWords(words);
  if (byWords !== undefined && status !== 403) return byWords;
  if (status === 401 || status === 403) return 'not-trusted';
  if (status === 404) return 'not-found';
  if (status === 409 || status === 412) return 'conflict';
  if (status === 423 || status === 429) return 'busy';
  if (status >= 500) return 'server';
  if (status >= 400) return 'bad-request';
  return 'garbage';
}

/** Several refusals of LXD 5.0 come as 400 or 500; only the words tell them apart. */
export function kindOfWords(words: string): LxdErrorKind | undefined {
  if (/is busy running a|database is locked|is being (created|deleted)/i.test(words)) return 'busy';
  if (
    /already exists|already in use|already (running|stopped|frozen)|is not running|is running|is not stopped/i.test(
      words,
    )
  ) {
    return 'conflict';
  }
  if (
    /unknown configuration key|failed to load config file|invalid (config|devices)|requested profile .* doesn't exist/i.test(
      words,
    )
  )
    return 'bad-request';
  return undefined;
}

function parseEnvelope(reply: HttpReply, origin: string, call: string): Envelope {
  const text = reply.body.toString('utf8');
  const parsed = parseJson(text);
  if (isEnvelope(parsed)) return parsed;
  // A proxy in front of a dead daemon answers 502 with a page of its own: that is a server's fault, not nonsense.
  const kind = reply.status >= 500 ? 'server' : 'garbage';
  const shape = text.trimStart().startsWith('<')
    ? 'a web page'
    : parsed === undefined
      ? 'no JSON'
      : "JSON that is not LXD's";
  throw new LxdError(
    kind,
    `${origin} answered ${shape} to ${call} (HTTP ${reply.status}, ${reply.body.length} bytes)`,
    {
      status: reply.status,
      call,
    },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // The reason is of no use to anybody: the caller reports what kind of text it was instead.
    return cause instanceof SyntaxError ? undefined : null;
  }
}

const envelopeTypes: ReadonlySet<unknown> = new Set(['sync', 'async', 'error']);

function isEnvelope(value: unknown): value is Envelope {
  return typeof value === 'object' && value !== null && 'type' in value && envelopeTypes.has(value.type);
}
