import { isIP } from 'node:net';
import { LxdError } from './errors';

/** Where a host listens, taken apart once. */
export interface HostAddress {
  readonly origin: string;
  readonly hostname: string;
  readonly port: number;
  /** For SNI; RFC 6066 section 3 allows no IP address there. */
  readonly servername: string | undefined;
}

/** Reads `https://name:8443`; anything else, credentials or a path included, is refused. */
export function parseHostUrl(url: string): HostAddress {
  if (!URL.canParse(url)) throw new LxdError('bad-request', `Not a URL of a host: ${JSON.stringify(url)}`);
  const parsed = new URL(url);
  const bare = parsed.pathname === '/' && parsed.search === '' && parsed.hash === '' && parsed.username === '';
  if (parsed.protocol !== 'https:' || !bare || parsed.password !== '') {
    throw new LxdError('bad-request', 'The URL of a host looks like https://name:8443, without path or password');
  }
  const hostname = parsed.hostname.replace(/^\[|\]$/g, '');
  return {
    origin: parsed.origin,
    hostname,
    port: parsed.port === '' ? 443 : Number(parsed.port),
    servername: isIP(hostname) === 0 ? hostname : undefined,
  };
}
