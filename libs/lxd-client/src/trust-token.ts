import { LxdError } from './errors';

/** What a trust token (`lxc config trust add`) says; the secret in it is spent by its first use. */
export interface TrustToken {
  readonly clientName: string;
  /** sha256 of the certificate of the server that made it: the pin. */
  readonly fingerprint: string;
  /** host:port pairs where the server says it can be reached. */
  readonly addresses: readonly string[];
  readonly secret: string;
  /** undefined: never. */
  readonly expiresAt: Date | undefined;
}

/** Reads a token without asking anybody; says in plain words what is wrong with it, never its text. */
export function decodeTrustToken(token: string): TrustToken {
  const compact = token.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/_-]+=*$/.test(compact)) throw notAToken('it is not base64');
  const fields = parseObject(Buffer.from(compact, 'base64').toString('utf8'));
  const { client_name: clientName, fingerprint, addresses, secret, expires_at: expiresAt } = fields;
  if (typeof fingerprint !== 'string' || !/^[0-9a-fA-F]{64}$/.test(fingerprint))
    throw notAToken('no fingerprint in it');
  if (typeof secret !== 'string' || secret === '') throw notAToken('no secret in it');
  return {
    clientName: typeof clientName === 'string' ? clientName : '',
    fingerprint: fingerprint.toLowerCase(),
    addresses: Array.isArray(addresses) ? addresses.filter((entry) => typeof entry === 'string') : [],
    secret,
    expiresAt: parseExpiry(expiresAt),
  };
}

/** Whether the token's time has passed; the server decides in the end. */
export function isTrustTokenExpired(token: TrustToken, now: Date): boolean {
  return token.expiresAt !== undefined && token.expiresAt.getTime() <= now.getTime();
}

function parseExpiry(value: unknown): Date | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const time = new Date(value);
  // Go's zero time, the year 0001, means never.
  return Number.isNaN(time.getTime()) || time.getUTCFullYear() <= 1 ? undefined : time;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed };
  } catch (cause) {
    // The parser's own message would quote the token.
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw notAToken('there is no JSON object in it');
}

function notAToken(why: string): LxdError {
  return new LxdError('bad-request', `This is not a trust token of LXD or Incus: ${why}`);
}
