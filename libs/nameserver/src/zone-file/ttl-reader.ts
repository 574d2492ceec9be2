import { MAX_TTL } from '../rdata';
import { quote } from '../records/field-encoders';
import { Token } from './token';
import { ttlSeconds } from './ttl-text';
import { EntryFault } from './zone-file-problem';

/** A TTL in seconds or with units. */
export function readTtl(token: Token): number {
  const seconds = token.quotes === 'none' ? ttlSeconds(token.text) : undefined;
  if (seconds === undefined)
    throw new EntryFault(
      'bad-ttl',
      token,
      `${quote(token.text)} is no TTL: write seconds, or a number with s, m, h, d or w`,
    );
  if (seconds > MAX_TTL)
    throw new EntryFault('bad-ttl', token, `a TTL is at most ${MAX_TTL} seconds (RFC 2181): write less`);
  return seconds;
}
