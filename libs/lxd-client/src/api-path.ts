import { LxdError } from './errors';

/** `/1.0/instances/NAME?project=…`: every segment encoded, so that no name can reach another resource. */
export function apiPath(segments: readonly string[], query: Readonly<Record<string, string | undefined>> = {}): string {
  for (const segment of segments) {
    // RFC 3986 section 5.2.4: dot segments survive percent-encoding and would be resolved by the server.
    if (segment === '' || segment === '.' || segment === '..') {
      throw new LxdError('bad-request', `Not a name of anything on a host: ${JSON.stringify(segment)}`);
    }
  }
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    value === undefined ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(value)}`],
  );
  const path = ['/1.0', ...segments.map(encodeURIComponent)].join('/');
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}
