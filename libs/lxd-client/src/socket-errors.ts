import { LxdError } from './errors';

const plainWords: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection: nothing listens there',
  ECONNRESET: 'cut the connection',
  EPIPE: 'cut the connection',
  UND_ERR_SOCKET: 'closed the connection without an answer',
  EHOSTUNREACH: 'is unreachable: no route to the host',
  ENETUNREACH: 'is unreachable: no route to its network',
  ETIMEDOUT: 'did not answer',
  ENOTFOUND: 'has a name that does not exist in the DNS',
  EAI_AGAIN: 'has a name that the DNS could not look up just now',
};

const verificationCodes = /CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|HOSTNAME_MISMATCH/;

/** The `code` of a Node or undici error, of its cause, or of the first of several attempts. */
export function errorCode(error: unknown): string | undefined {
  // Not `instanceof Error`: a test runner has an Error of its own beside Node's.
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code;
  if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0) return errorCode(error.errors[0]);
  return 'cause' in error ? errorCode(error.cause) : undefined;
}

/** A failure before or during the exchange, in plain words; messages of libraries carry no secrets but little sense. */
export function connectionError(origin: string, cause: unknown, call?: string): LxdError {
  if (cause instanceof LxdError) return cause;
  const code = errorCode(cause) ?? '';
  if (verificationCodes.test(code)) {
    return new LxdError(
      'certificate-changed',
      `The certificate of ${origin} cannot be verified (${code}) and no fingerprint is pinned. Nothing was sent.`,
      { cause, call },
    );
  }
  if (code.startsWith('HPE_') || code === 'UND_ERR_HEADERS_OVERFLOW') {
    return new LxdError('garbage', `${origin} answered something that is not HTTP (${code})`, { cause, call });
  }
  if (code.startsWith('ERR_SSL') || code === 'EPROTO') {
    return new LxdError('unreachable', `${origin} does not speak TLS as we need it (${code})`, { cause, call });
  }
  const words = plainWords[code] ?? `failed (${code === '' ? 'no code' : code})`;
  return new LxdError('unreachable', `${origin} ${words}`, { cause, call });
}
