import { Name } from '../name';
import { quote } from '../records/field-encoders';
import { NameScope, resolveName } from './name-scope';
import { placeBehind, Token } from './token';
import { readTtl } from './ttl-reader';
import { EntryFault } from './zone-file-problem';

/** What a directive sets. */
export type Directive =
  { readonly origin: Name; readonly ttl?: undefined } | { readonly ttl: number; readonly origin?: undefined };

/** Reads $ORIGIN and $TTL (RFC 1035 §5.1, RFC 2308 §4); nothing else is followed. */
export function readDirective(name: Token, fields: readonly Token[], scope: NameScope): Directive {
  switch (name.text.toUpperCase()) {
    case '$ORIGIN':
      return { origin: resolveName(only(name, fields, 'a name'), scope) };
    case '$TTL':
      return { ttl: readTtl(only(name, fields, 'a TTL')) };
    case '$INCLUDE':
      throw new EntryFault('include-refused', name, '$INCLUDE is not followed: put the records themselves here');
    case '$GENERATE':
      throw new EntryFault('unknown-directive', name, '$GENERATE is not followed: write the records out');
    default:
      throw new EntryFault(
        'unknown-directive',
        name,
        `${quote(name.text)} is no directive: there are $ORIGIN and $TTL; a name is written \\$`,
      );
  }
}

function only(name: Token, [field, extra]: readonly Token[], what: string): Token {
  if (!field) throw new EntryFault('bad-directive', placeBehind(name), `here is missing: ${what}`);
  if (extra)
    throw new EntryFault(
      'bad-directive',
      extra,
      `${name.text.toUpperCase()} takes ${what} and no more: delete what follows`,
    );
  return field;
}
